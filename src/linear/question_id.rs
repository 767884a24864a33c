//! Identifiers of the questions of linear mode.

use crate::app::{DraftId, LibraryPrompt, OutcomeKind};
use crate::order::FieldId;

/// The identity of a question. Linear mode prints a question whenever this changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QuestionId {
    Field(FieldId),
    Review,
    Confirm {
        hash: String,
    },
    Waiting {
        leaving: bool,
    },
    /// The number of earlier results, and the kind of the current outcome.
    Outcome(usize, Option<OutcomeKind>),
    Setup {
        stage: &'static str,
        line: usize,
    },
    Resume(DraftId),
    PastedPorts,
    Library(LibraryPrompt),
    /// A notice that is printed and closed.
    Read,
}
