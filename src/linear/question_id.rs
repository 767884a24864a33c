//! The questions of linear mode by what they ask.

use crate::app::{DraftId, LibraryPrompt, OutcomeKind};
use crate::order::FieldId;

/// Where a question is asked. Another place is another question.
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
    /// The how manieth outcome it is, and what became of the order so far.
    Outcome(usize, Option<OutcomeKind>),
    Setup {
        stage: &'static str,
        line: usize,
    },
    Resume(DraftId),
    PastedPorts,
    Library(LibraryPrompt),
    /// Something that is said and put away.
    Read,
}
