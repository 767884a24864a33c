//! The state of linear mode besides the model: what was printed last, so that nothing is repeated without need.

use crate::app::AccountLabel;
use crate::form::Step;

use super::output::OutputItem;
use super::question_id::QuestionId;

/// Columns and rows of the screen that linear mode stands for: everything is printed, so that nothing is cut.
pub const UNLIMITED_SIZE: (u16, u16) = (1_000, 10_000);

/// The circumstances in which a question is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct QuestionContext {
    /// The step, if it differs from that of the previous question.
    pub step: Option<Step>,
    /// True if the same question is repeated with other rows.
    pub is_again: bool,
}

/// The part of the current question to print again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reprint {
    #[default]
    Nothing,
    /// The prompt only.
    Prompt,
    /// The rows, since they changed.
    Rows,
}

/// The extent to which Review lists the answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum ReviewOutput {
    #[default]
    NotYet,
    /// All of them were listed; from now on the list is left out.
    Once,
    /// The user asked to list all of them again.
    Wanted,
}

/// The state of linear mode besides the model.
#[derive(Debug, Default)]
pub struct LinearSession {
    pub(super) replies: Vec<OutputItem>,
    pub(super) question: Option<QuestionId>,
    /// The step that was named last.
    pub(super) step: Option<Step>,
    /// Index of the first list row on the current page.
    pub(super) top: usize,
    /// The sentence of the model that was printed last.
    pub(super) printed_message: Option<String>,
    pub(super) reprint: Reprint,
    pub(super) review: ReviewOutput,
    /// The account as it was printed last.
    pub(super) account: Option<AccountLabel>,
    pub(super) is_introduced: bool,
    /// Set by `look`, until its result has been printed.
    pub(super) looks: bool,
    /// The reason given for asking for an account, as it was printed last.
    pub(super) why: Option<String>,
    /// True if typed secrets can be hidden from the screen.
    pub(super) can_hide: bool,
}

impl LinearSession {
    /// Creates a session with nothing printed yet. `can_hide` is true if the answers are typed into a terminal.
    #[must_use]
    pub fn new(can_hide: bool) -> Self {
        Self { can_hide, ..Self::default() }
    }

    /// Returns whether the user ran `look` and its result is still to be printed.
    #[must_use]
    pub fn looks(&self) -> bool {
        self.looks
    }

    /// Makes `output` print the current question again in full.
    pub(super) fn repeat_question(&mut self) {
        self.question = None;
    }

    /// Returns whether Review lists every answer.
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
