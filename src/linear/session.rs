//! The state of linear mode beside the model: what was printed last, so that nothing is printed twice without need.

use crate::app::AccountLabel;
use crate::form::Step;

use super::output::OutputItem;
use super::question_id::QuestionId;

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

/// The state of linear mode beside the model.
#[derive(Debug, Default)]
pub struct LinearSession {
    pub(super) replies: Vec<OutputItem>,
    pub(super) question: Option<QuestionId>,
    /// The step that was named last.
    pub(super) step: Option<Step>,
    /// The first row of a list that was said last.
    pub(super) top: usize,
    /// The sentence of the model that was said already.
    pub(super) printed_message: Option<String>,
    pub(super) reprint: Reprint,
    pub(super) review: ReviewOutput,
    /// Whose money it is, as it was said.
    pub(super) account: Option<AccountLabel>,
    pub(super) is_introduced: bool,
    /// What looking has brought is to be said.
    pub(super) looks: bool,
    /// Why it is asked who orders, as it was said.
    pub(super) why: Option<String>,
    /// Typed secrets can be kept from the eye.
    pub(super) can_hide: bool,
}

impl LinearSession {
    /// A conversation that has not begun. `can_hide`: the answers are typed into a terminal.
    #[must_use]
    pub fn new(can_hide: bool) -> Self {
        Self { can_hide, ..Self::default() }
    }

    /// Whether somebody asked to have something looked at, and waits for it.
    #[must_use]
    pub fn looks(&self) -> bool {
        self.looks
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
