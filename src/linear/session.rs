//! A session of linear mode: what was printed last, so that nothing is printed twice without need.

use crate::app::{AccountLabel, Effect, Millis, Model, Page};
use crate::form::Step;
use crate::i18n::tr;

use super::line_handler::LineHandler;
use super::questions::{self, QuestionId};
use super::wait_reason::{self, WaitReason};
use super::{command, confirm, outcome, overlay, setup};

/// Something to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputItem {
    /// A paragraph, to be folded at the width of the terminal.
    Text(String),
    /// A line as it is: of the request, of a command for a shell.
    Verbatim(String),
    /// The end of a question; the answer is typed behind it.
    Prompt {
        text: String,
        /// What is typed must not be seen.
        is_hidden: bool,
    },
}

/// How a question is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuestionContext {
    /// The step, if it is another one than that of the question before.
    pub step: Option<Step>,
    /// It is the same question, with other rows.
    pub is_again: bool,
}

/// How much of the question that stands is printed again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reprint {
    #[default]
    Nothing,
    /// Reprint the prompt only.
    Prompt,
    /// Reprint the rows: they changed.
    Rows,
}

/// What was said of the answers on Review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ReviewOutput {
    #[default]
    NotYet,
    /// All of them: from then on only what is to be known besides is said.
    Once,
    /// All of them are wanted once more.
    Wanted,
}

/// Rows of a list that are said at once.
pub(super) const ROWS: usize = 15;

/// The state of linear mode beside the model.
#[derive(Debug, Default)]
pub struct LinearSession {
    replies: Vec<OutputItem>,
    question: Option<QuestionId>,
    /// The step that was named last.
    step: Option<Step>,
    /// The first row of a list that was said last.
    pub(super) top: usize,
    /// The sentence of the model that was said already.
    printed_message: Option<String>,
    pub(super) reprint: Reprint,
    pub(super) review: ReviewOutput,
    /// Whose money it is, as it was said.
    account: Option<AccountLabel>,
    is_introduced: bool,
    /// What looking has brought is to be said.
    pub(super) looks: bool,
    /// Why it is asked who orders, as it was said.
    why: Option<String>,
    /// Typed secrets can be kept from the eye.
    pub(super) can_hide: bool,
}

impl LinearSession {
    /// A conversation that has not begun. `can_hide`: the answers are typed into a terminal.
    #[must_use]
    pub fn new(can_hide: bool) -> Self {
        Self { can_hide, ..Self::default() }
    }

    /// Handles a typed line: a command, or the answer to the question that was asked.
    pub fn handle_line(&mut self, model: &mut Model, line: &str, at: Millis) -> Vec<Effect> {
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

    /// Whether a line does something even while an answer of the cloud is awaited.
    #[must_use]
    pub fn is_urgent(model: &Model, line: &str) -> bool {
        let leaves = command::read(line).is_some_and(|command| command.word == command::CommandName::Quit);
        let is_elsewhere = !matches!(model.page, Page::Waiting(_));
        leaves || (is_elsewhere && command::read(line).is_some_and(|command| questions::is_urgent(command.word)))
    }

    /// Whether the answer to the question that stands must not be seen.
    #[must_use]
    pub fn is_hidden(&self, model: &Model) -> bool {
        setup::is_hidden(model) || (!self.can_hide && setup::asks_secrets(model))
    }

    /// Ctrl-C, or a command that leaves.
    pub fn leave(&mut self, model: &mut Model, at: Millis) -> Vec<Effect> {
        let mut handler = LineHandler::new(self, model, at);
        handler.leave();
        handler.effects
    }

    /// Says and puts away what only wants to be read.
    pub fn dismiss_notices(&mut self, model: &mut Model, at: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(words) = overlay::notice_lines(model) {
            if matches!(model.overlay, Some(crate::app::Overlay::Introduction)) {
                self.is_introduced = true;
            }
            self.replies.extend(words);
            let mut handler = LineHandler::new(self, model, at);
            handler.close();
            effects.extend(handler.effects);
        }
        effects
    }

    /// What has to come before the next question can be asked.
    #[must_use]
    pub fn awaits(&self, model: &Model) -> Option<WaitReason> {
        wait_reason::wait_reason(model, self.account.as_ref() != Some(&model.account))
    }

    /// Whether somebody asked to have something looked at, and waits for it.
    #[must_use]
    pub fn looks(&self) -> bool {
        self.looks
    }

    /// Whether the outcome that the model shows was said; true if there is none.
    #[must_use]
    pub fn has_printed_outcome(&self, model: &Model) -> bool {
        !matches!(model.page, Page::Result(_)) || self.question == Some(questions::question_id(model))
    }

    /// What is to be printed now: replies, news, and the question if it is another one. Nothing, if
    /// the question that was asked still stands.
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

    /// Whose money it is, before anything is asked for it; and how this works.
    fn opening(&mut self, model: &Model) -> Vec<OutputItem> {
        let mut said = Vec::new();
        if !matches!(model.page, Page::Setup(_)) && self.account.as_ref() != Some(&model.account) {
            said.extend(confirm::account(model));
            self.account = Some(model.account.clone());
        }
        if !std::mem::replace(&mut self.is_introduced, true) {
            said.push(OutputItem::Text(tr!("Type help for help, keys for all commands.")));
        }
        said
    }

    /// The question is asked once more, as if it had not been.
    pub(super) fn repeat_question(&mut self) {
        self.question = None;
    }

    /// Whether Review says every answer.
    pub(super) fn prints_whole_review(&self) -> bool {
        self.review != ReviewOutput::Once
    }

    pub(super) fn reply(&mut self, said: OutputItem) {
        self.replies.push(said);
    }

    pub(super) fn set_printed_message(&mut self, message: Option<String>) {
        self.printed_message = message;
    }
}

/// A problem as it is said everywhere.
#[must_use]
pub(super) fn error(what: &str) -> OutputItem {
    OutputItem::Text(tr!("Error: {what}", what))
}

pub(super) fn text(words: impl Into<String>) -> OutputItem {
    OutputItem::Text(words.into())
}
