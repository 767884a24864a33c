//! The questions of linear mode and where each is asked: one arm for each page of the screen and for every overlay.

use crate::app::Model;

use super::command::CommandName;
use super::output::OutputItem;
use super::question_id::{QuestionId, question_id};
use super::session::{LinearSession, QuestionContext};
use super::{confirm, field, outcome, overlay, review, setup};

/// The question, without its end.
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

/// The end of the question, behind which the answer is typed; nothing while nothing is asked.
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

/// Commands that need nothing of what is awaited.
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
