//! The questions of linear mode: one match arm for each page of the screen and for every overlay.

use crate::app::{Model, Page, SetupStage};
use crate::form::Step;

use super::command::CommandName;
use super::output::OutputItem;
use super::overlay::{LinearOverlay, linear_overlay};
use super::question_id::QuestionId;
use super::session::{LinearSession, QuestionContext};
use super::{confirm, field, outcome, overlay, review, setup};

/// Returns the identity of the current question: one for each page of the screen and for every overlay.
pub(super) fn question_id(model: &Model) -> QuestionId {
    match linear_overlay(model) {
        Some(LinearOverlay::Resume(saved)) => return QuestionId::Resume(saved.id.clone()),
        Some(LinearOverlay::PastedPorts(_)) => return QuestionId::PastedPorts,
        Some(LinearOverlay::Library(page)) => return QuestionId::Library(page.asks.clone()),
        Some(LinearOverlay::Notice(_)) => return QuestionId::Read,
        None => {}
    }
    match &model.page {
        Page::Form if model.form.step == Step::Review => QuestionId::Review,
        Page::Form => QuestionId::Field(model.form.focus),
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

/// Returns the step of the current question; `None` unless it asks for a field.
pub(super) fn step_of_question(model: &Model) -> Option<Step> {
    matches!(question_id(model), QuestionId::Field(_)).then_some(model.form.step)
}

/// Returns the current question without its prompt.
pub(super) fn question(session: &LinearSession, model: &Model, asks: QuestionContext) -> Vec<OutputItem> {
    match question_id(model) {
        QuestionId::Field(id) => field::question(session, model, id, asks),
        QuestionId::Review => review::question(model, session.prints_whole_review()),
        QuestionId::Confirm { .. } => confirm::confirmation(model),
        QuestionId::Waiting { leaving } => confirm::waiting(model, leaving),
        QuestionId::Outcome(..) => outcome::outcome_lines(model),
        QuestionId::Setup { .. } => setup::question(session, model, asks),
        QuestionId::Resume(_) | QuestionId::PastedPorts | QuestionId::Library(_) => overlay::question(model),
        QuestionId::Read => Vec::new(),
    }
}

/// Returns the prompt after which the answer is typed; `None` while nothing is asked.
pub(super) fn prompt(session: &LinearSession, model: &Model) -> Option<OutputItem> {
    let mut is_hidden = false;
    let text = match question_id(model) {
        QuestionId::Field(id) => field::prompt(model, id),
        QuestionId::Review => review::prompt(model),
        QuestionId::Confirm { .. } => confirm::prompt(model)?,
        QuestionId::Outcome(..) => outcome::prompt(model),
        QuestionId::Setup { .. } => {
            is_hidden = setup::is_hidden(model);
            setup::prompt(session, model)?
        }
        QuestionId::Resume(_) | QuestionId::PastedPorts | QuestionId::Library(_) => overlay::prompt(model),
        QuestionId::Waiting { .. } | QuestionId::Read => return None,
    };
    Some(OutputItem::Prompt { text, is_hidden })
}

/// Returns whether a command works without the data that is awaited.
pub(super) fn is_urgent(word: CommandName) -> bool {
    matches!(
        word,
        CommandName::Quit
            | CommandName::Back
            | CommandName::Previous
            | CommandName::Goto
            | CommandName::Help
            | CommandName::Keys
            | CommandName::Account
            | CommandName::Calls
    )
}
