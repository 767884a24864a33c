//! The conversation: what was said last, so that nothing is said twice without need.

use crate::app::{AccountLabel, Effect, Millis, Model, Page};
use crate::form::Step;
use crate::words::tr;

use super::pages::{self, Place};
use super::turn::Turn;
use super::waiting::{self, Awaited};
use super::{buying, command, outcome, overlay, setup};

/// Something to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
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
pub(super) struct Asks {
    /// The step, if it is another one than that of the question before.
    pub step: Option<Step>,
    /// It is the same question, with other rows.
    pub is_again: bool,
}

/// What is to be said of the question that stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    #[default]
    Nothing,
    /// Its end.
    Prompt,
    /// Its rows: they are others than before.
    Rows,
}

/// What was said of the answers on Review.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Reviewed {
    #[default]
    NotYet,
    /// All of them: from then on only what is to be known besides is said.
    Once,
    /// All of them are wanted once more.
    Wanted,
}

/// Rows of a list that are said at once.
pub(super) const ROWS: usize = 15;

/// Where the conversation stands.
#[derive(Debug, Default)]
pub struct Talk {
    replies: Vec<Said>,
    place: Option<Place>,
    /// The step that was named last.
    step: Option<Step>,
    /// The first row of a list that was said last.
    pub(super) top: usize,
    /// The sentence of the model that was said already.
    heard: Option<String>,
    pub(super) due: Due,
    pub(super) review: Reviewed,
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

impl Talk {
    /// A conversation that has not begun. `can_hide`: the answers are typed into a terminal.
    #[must_use]
    pub fn new(can_hide: bool) -> Self {
        Self { can_hide, ..Self::default() }
    }

    /// Works a typed line off: a command, or the answer to the question that was asked.
    pub fn take(&mut self, model: &mut Model, line: &str, at: Millis) -> Vec<Effect> {
        let is_hidden = setup::is_hidden(model);
        self.due = self.due.max(Due::Prompt);
        let mut turn = Turn::new(self, model, at);
        // A secret may begin with the name of a command; what would be said of the rest would show it.
        match command::read(line).filter(|command| !is_hidden || command.rest.is_empty()) {
            None if is_hidden => turn.answer_setup(setup::secret_of(line.trim())),
            Some(command) => turn.obey(&command),
            None => turn.hear(command::answer_of(line), line.trim().is_empty()),
        }
        turn.effects
    }

    /// Whether a line does something even while an answer of the cloud is awaited.
    #[must_use]
    pub fn is_urgent(model: &Model, line: &str) -> bool {
        let leaves = command::read(line).is_some_and(|command| command.word == command::Word::Quit);
        let is_elsewhere = !matches!(model.page, Page::Waiting(_));
        leaves || (is_elsewhere && command::read(line).is_some_and(|command| pages::is_urgent(command.word)))
    }

    /// Whether the answer to the question that stands must not be seen.
    #[must_use]
    pub fn is_hidden(&self, model: &Model) -> bool {
        setup::is_hidden(model) || (!self.can_hide && setup::asks_secrets(model))
    }

    /// Ctrl-C, or a command that leaves.
    pub fn leave(&mut self, model: &mut Model, at: Millis) -> Vec<Effect> {
        let mut turn = Turn::new(self, model, at);
        turn.leave();
        turn.effects
    }

    /// Says and puts away what only wants to be read.
    pub fn settle(&mut self, model: &mut Model, at: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(words) = overlay::to_be_read(model) {
            if matches!(model.overlay, Some(crate::app::Overlay::Introduction)) {
                self.is_introduced = true;
            }
            self.replies.extend(words);
            let mut turn = Turn::new(self, model, at);
            turn.close();
            effects.extend(turn.effects);
        }
        effects
    }

    /// What has to come before the next question can be asked.
    #[must_use]
    pub fn awaits(&self, model: &Model) -> Option<Awaited> {
        waiting::awaited(model, self.account.as_ref() != Some(&model.account))
    }

    /// Whether somebody asked to have something looked at, and waits for it.
    #[must_use]
    pub fn looks(&self) -> bool {
        self.looks
    }

    /// Whether the outcome that the model shows was said; true if there is none.
    #[must_use]
    pub fn has_said_outcome(&self, model: &Model) -> bool {
        !matches!(model.page, Page::Result(_)) || self.place == Some(pages::place(model))
    }

    /// What is to be printed now: replies, news, and the question if it is another one. Nothing, if
    /// the question that was asked still stands.
    pub fn say(&mut self, model: &Model) -> Vec<Said> {
        let mut said = self.opening(model);
        said.extend(std::mem::take(&mut self.replies));
        if let Some(message) = model.message.as_ref().filter(|message| self.heard.as_ref() != Some(*message)) {
            let is_trouble = matches!(model.page, Page::Setup(_));
            said.push(if is_trouble { error(message) } else { Said::Text(message.clone()) });
        }
        self.heard.clone_from(&model.message);
        if std::mem::take(&mut self.looks) {
            said.extend(outcome::found_out(model));
        }
        if let Page::Setup(setup) = &model.page
            && self.why.as_ref() != Some(&setup.why)
        {
            said.push(Said::Text(setup.why.clone()));
            self.why = Some(setup.why.clone());
        }
        let place = pages::place(model);
        let is_elsewhere = self.place.as_ref() != Some(&place);
        if is_elsewhere || self.due == Due::Rows {
            if is_elsewhere {
                self.top = 0;
            }
            let step = pages::step_said(model);
            let asks = Asks { step: step.filter(|step| self.step != Some(*step)), is_again: !is_elsewhere };
            self.step = step.or(self.step);
            self.place = Some(place);
            said.extend(pages::question(self, model, asks));
            if self.place == Some(Place::Review) {
                self.review = Reviewed::Once;
            }
            self.due = Due::Prompt;
        }
        if self.due == Due::Prompt || !said.is_empty() {
            let prompt = pages::prompt(self, model);
            // The end of a confirmation comes when the answer counts.
            self.due = if prompt.is_some() { Due::Nothing } else { Due::Prompt };
            said.extend(prompt);
        }
        said
    }

    /// Whose money it is, before anything is asked for it; and how this works.
    fn opening(&mut self, model: &Model) -> Vec<Said> {
        let mut said = Vec::new();
        if !matches!(model.page, Page::Setup(_)) && self.account.as_ref() != Some(&model.account) {
            said.extend(buying::account(model));
            self.account = Some(model.account.clone());
        }
        if !std::mem::replace(&mut self.is_introduced, true) {
            said.push(Said::Text(tr!("Type help for help, keys for all commands.")));
        }
        said
    }

    /// The question is asked once more, as if it had not been.
    pub(super) fn ask_anew(&mut self) {
        self.place = None;
    }

    /// Whether Review says every answer.
    pub(super) fn reviews_all(&self) -> bool {
        self.review != Reviewed::Once
    }

    pub(super) fn reply(&mut self, said: Said) {
        self.replies.push(said);
    }

    pub(super) fn has_heard(&mut self, message: Option<String>) {
        self.heard = message;
    }
}

/// A problem as it is said everywhere.
#[must_use]
pub(super) fn error(what: &str) -> Said {
    Said::Text(tr!("Error: {what}", what))
}

pub(super) fn text(words: impl Into<String>) -> Said {
    Said::Text(words.into())
}
