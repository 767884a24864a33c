//! The dialogue: handles a typed line, and returns the output that follows.

use crate::app::{Effects, Millis, Model, Page};
use crate::i18n::tr;

use super::line_handler::LineHandler;
use super::output::{OutputItem, error};
use super::question_id::QuestionId;
use super::session::{LinearSession, QuestionContext, Reprint, ReviewOutput};
use super::wait_reason::{self, WaitReason};
use super::{command, confirm, outcome, overlay, questions, setup};

impl LinearSession {
    /// Handles a typed line: a command, or the answer to the current question.
    pub fn handle_line(&mut self, model: &mut Model, line: &str, at: Millis) -> Effects {
        let is_hidden = setup::is_hidden(model);
        self.reprint = self.reprint.max(Reprint::Prompt);
        let mut handler = LineHandler::new(self, model, at);
        // A secret may begin with the name of a command; what would be said of the rest would show it.
        match command::read(line).filter(|command| !is_hidden || command.rest.is_empty()) {
            None if is_hidden => handler.answer_setup(setup::trim_secret_command(line.trim())),
            Some(command) => handler.run_command(&command),
            None => handler.answer(command::strip_answer_prefix(line), line.trim().is_empty()),
        }
        handler.effects
    }

    /// Returns whether a line takes effect even while a response of the API is awaited. While an order is being sent,
    /// only `quit` does.
    #[must_use]
    pub fn is_urgent(model: &Model, line: &str) -> bool {
        let leaves = command::read(line).is_some_and(|command| command.word == command::CommandName::Quit);
        let is_elsewhere = !matches!(model.page, Page::Waiting(_));
        leaves || (is_elsewhere && command::read(line).is_some_and(|command| questions::is_urgent(command.word)))
    }

    /// Returns whether the answer to the current question must not be echoed.
    #[must_use]
    pub fn is_hidden(&self, model: &Model) -> bool {
        setup::is_hidden(model) || (!self.can_hide && setup::asks_secrets(model))
    }

    /// Asks to leave the form, as Ctrl-C and `quit` do.
    pub fn leave(&mut self, model: &mut Model, at: Millis) -> Effects {
        let mut handler = LineHandler::new(self, model, at);
        handler.leave();
        handler.effects
    }

    /// Queues the text of overlays that are only to be read, and closes them.
    pub fn dismiss_notices(&mut self, model: &mut Model, at: Millis) -> Effects {
        let mut effects = Effects::default();
        while let Some(words) = overlay::notice_lines(model) {
            if matches!(model.overlay, Some(crate::app::Overlay::Introduction(_))) {
                self.is_introduced = true;
            }
            self.replies.extend(words);
            let mut handler = LineHandler::new(self, model, at);
            handler.close();
            effects = effects.and(handler.effects);
        }
        effects
    }

    /// Returns the reason why the next question cannot be asked yet, or `None` if it can.
    #[must_use]
    pub fn awaits(&self, model: &Model) -> Option<WaitReason> {
        wait_reason::wait_reason(model, self.account.as_ref() != Some(&model.account.label))
    }

    /// Returns whether the outcome that the model shows has been printed; also `true` if there is none.
    #[must_use]
    pub fn has_printed_outcome(&self, model: &Model) -> bool {
        !matches!(model.page, Page::Result(_)) || self.question == Some(questions::question_id(model))
    }

    /// Returns the items to print now: replies, news, and the question if it changed. Empty if nothing changed since
    /// the last output.
    pub fn output(&mut self, model: &Model) -> Vec<OutputItem> {
        let mut said = self.opening(model);
        said.extend(std::mem::take(&mut self.replies));
        if let Some(message) = model.message.as_ref().filter(|message| self.printed_message.as_ref() != Some(*message))
        {
            let is_trouble = matches!(model.page, Page::Setup(_));
            said.push(if is_trouble { error(message) } else { OutputItem::Text(message.clone()) });
        }
        self.printed_message.clone_from(&model.message);
        // Another outcome is printed as a whole below.
        let is_same = self.question.as_ref() == Some(&questions::question_id(model));
        if std::mem::take(&mut self.looks) && is_same {
            said.extend(outcome::reconciliation_lines(model));
        }
        if let Page::Setup(setup) = &model.page
            && self.why.as_ref() != Some(&setup.why)
        {
            said.push(OutputItem::Text(setup.why.clone()));
            self.why = Some(setup.why.clone());
        }
        let place = questions::question_id(model);
        let is_elsewhere = self.question.as_ref() != Some(&place);
        if is_elsewhere || self.reprint == Reprint::Rows {
            if is_elsewhere {
                self.top = 0;
            }
            let step = questions::step_of_question(model);
            let asks = QuestionContext { step: step.filter(|step| self.step != Some(*step)), is_again: !is_elsewhere };
            self.step = step.or(self.step);
            self.question = Some(place);
            said.extend(questions::question(self, model, asks));
            if self.question == Some(QuestionId::Review) {
                self.review = ReviewOutput::Once;
            }
            self.reprint = Reprint::Prompt;
        }
        if self.reprint == Reprint::Prompt || !said.is_empty() {
            let prompt = questions::prompt(self, model);
            // The end of a confirmation comes when the answer counts.
            self.reprint = if prompt.is_some() { Reprint::Nothing } else { Reprint::Prompt };
            said.extend(prompt);
        }
        said
    }

    /// Returns the account, if it changed since it was last printed, and once a hint at the help.
    fn opening(&mut self, model: &Model) -> Vec<OutputItem> {
        let mut said = Vec::new();
        if !matches!(model.page, Page::Setup(_)) && self.account.as_ref() != Some(&model.account.label) {
            said.extend(confirm::account(model));
            self.account = Some(model.account.label.clone());
        }
        if !std::mem::replace(&mut self.is_introduced, true) {
            said.push(OutputItem::Text(tr!("Type help for help, keys for all commands.")));
        }
        said
    }
}
