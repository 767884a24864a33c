//! Where the conversation can be, and what is asked there: one arm for each page of the screen and
//! for everything that covers one.

use crate::app::{DraftId, Model, Overlay, Page, ShelfAsks, Stage};
use crate::form::Step;
use crate::order::FieldId;

use super::command::Word;
use super::talk::{Asks, Said, Talk};
use super::{buying, field, outcome, overlay, review, setup};

/// Where a question is asked. Another place is another question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Field(FieldId),
    Review,
    Confirm {
        hash: String,
    },
    Waiting {
        leaving: bool,
    },
    /// The how manieth outcome it is.
    Outcome(usize),
    Setup {
        stage: &'static str,
        line: usize,
    },
    Resume(DraftId),
    PastedPorts,
    Shelf(ShelfAsks),
    /// Something that is said and put away.
    Read,
}

pub(super) fn place(model: &Model) -> Place {
    match &model.overlay {
        Some(Overlay::Resume(kept)) => return Place::Resume(kept.id.clone()),
        Some(Overlay::PastedPorts(_)) => return Place::PastedPorts,
        Some(Overlay::Shelf(page)) => return Place::Shelf(page.asks.clone()),
        Some(
            Overlay::Keys { .. }
            | Overlay::FieldHelp(_)
            | Overlay::Goto { .. }
            | Overlay::Unresolved { .. }
            | Overlay::Request { .. }
            | Overlay::Inspector(_)
            | Overlay::Changes { .. }
            | Overlay::Export(_)
            | Overlay::Plain { .. }
            | Overlay::Introduction,
        ) => return Place::Read,
        None => {}
    }
    match &model.page {
        Page::Form if model.step == Step::Review => Place::Review,
        Page::Form => Place::Field(model.focus),
        Page::Confirm(confirm) => Place::Confirm { hash: confirm.body.hash().to_owned() },
        Page::Waiting(waiting) => Place::Waiting { leaving: waiting.leaving },
        Page::Result(_) => Place::Outcome(model.concluded.len()),
        Page::Setup(setup) => {
            let (stage, line) = match &setup.stage {
                Stage::Choose => ("who", 0),
                Stage::Entries { at, entries, .. } => (entries.get(*at).map_or("", |entry| entry.label), *at),
                Stage::Region => ("region", 0),
                Stage::Project(_) => ("project", 0),
                Stage::Opening => ("opening", 0),
            };
            Place::Setup { stage, line }
        }
    }
}

/// The step to be named, if the form stands in one.
pub(super) fn step_said(model: &Model) -> Option<Step> {
    matches!(place(model), Place::Field(_)).then_some(model.step)
}

/// The question, without its end.
pub(super) fn question(talk: &Talk, model: &Model, asks: Asks) -> Vec<Said> {
    match place(model) {
        Place::Field(id) => field::question(talk, model, id, asks),
        Place::Review => review::question(model, talk.reviews_all()),
        Place::Confirm { .. } => buying::confirmation(model),
        Place::Waiting { leaving } => buying::waiting(model, leaving),
        Place::Outcome(_) => outcome::words(model),
        Place::Setup { .. } => setup::question(talk, model, asks),
        Place::Resume(_) | Place::PastedPorts | Place::Shelf(_) => overlay::question(model),
        Place::Read => Vec::new(),
    }
}

/// The end of the question, behind which the answer is typed; nothing while nothing is asked.
pub(super) fn prompt(talk: &Talk, model: &Model) -> Option<Said> {
    let mut is_hidden = false;
    let text = match place(model) {
        Place::Field(id) => field::prompt(model, id),
        Place::Review => review::prompt(model),
        Place::Confirm { .. } => buying::prompt(model)?,
        Place::Outcome(_) => outcome::prompt(model),
        Place::Setup { .. } => {
            is_hidden = setup::is_hidden(model);
            setup::prompt(talk, model)?
        }
        Place::Resume(_) | Place::PastedPorts | Place::Shelf(_) => overlay::prompt(model),
        Place::Waiting { .. } | Place::Read => return None,
    };
    Some(Said::Prompt { text, is_hidden })
}

/// Commands that need nothing of what is awaited.
pub(super) fn is_urgent(word: Word) -> bool {
    matches!(
        word,
        Word::Quit | Word::Back | Word::Previous | Word::Goto | Word::Help | Word::Keys | Word::Account | Word::Calls
    )
}
