//! Which question stands: one for each page of the screen and for every overlay that asks something.

use crate::app::{DraftId, LibraryPrompt, Model, OutcomeKind, Overlay, Page, SetupStage};
use crate::form::Step;
use crate::order::FieldId;

use super::outcome;

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

pub(super) fn question_id(model: &Model) -> QuestionId {
    match &model.overlay {
        Some(Overlay::Resume(saved)) => return QuestionId::Resume(saved.id.clone()),
        Some(Overlay::PastedPorts(_)) => return QuestionId::PastedPorts,
        Some(Overlay::Library(page)) => return QuestionId::Library(page.asks.clone()),
        Some(
            Overlay::Keys { .. }
            | Overlay::FieldHelp(_)
            | Overlay::Palette { .. }
            | Overlay::Unresolved { .. }
            | Overlay::Request { .. }
            | Overlay::Inspector(_)
            | Overlay::Changes { .. }
            | Overlay::Export(_)
            | Overlay::Plain { .. }
            | Overlay::Introduction,
        ) => return QuestionId::Read,
        None => {}
    }
    match &model.page {
        Page::Form if model.step == Step::Review => QuestionId::Review,
        Page::Form => QuestionId::Field(model.focus),
        Page::Confirm(confirm) => QuestionId::Confirm { hash: confirm.body.hash().to_owned() },
        Page::Waiting(waiting) => QuestionId::Waiting { leaving: waiting.leaving },
        Page::Result(_) => QuestionId::Outcome(model.past_results.len(), outcome::kind(model)),
        Page::Setup(setup) => {
            let (stage, line) = match &setup.stage {
                SetupStage::Choose => ("who", 0),
                SetupStage::Inputs { at, entries, .. } => (entries.get(*at).map_or("", |entry| entry.label), *at),
                SetupStage::Region => ("region", 0),
                SetupStage::Project(_) => ("project", 0),
                SetupStage::Opening => ("opening", 0),
            };
            QuestionId::Setup { stage, line }
        }
    }
}

/// The step to be named, if the form stands in one.
pub(super) fn step_of_question(model: &Model) -> Option<Step> {
    matches!(question_id(model), QuestionId::Field(_)).then_some(model.step)
}
