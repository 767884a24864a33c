//! Handles one typed line: sends the messages that the line becomes, and collects replies and effects.

use crate::app::{Action, ClickTarget, Effects, Millis, Model, Msg, Page, update};
use crate::form::field;
use crate::form::{Edit, Step};
use crate::order::FieldId;
use crate::text::sanitize::is_hidden;

use super::output::{OutputItem, error, text};
use super::session::LinearSession;

/// Maximum number of characters typed into a field of the form; no field accepts that many.
const MAX_TYPED: usize = 1_000;

pub(super) struct LineHandler<'a> {
    pub session: &'a mut LinearSession,
    pub model: &'a mut Model,
    pub at: Millis,
    pub effects: Effects,
}

impl<'a> LineHandler<'a> {
    pub fn new(session: &'a mut LinearSession, model: &'a mut Model, at: Millis) -> Self {
        Self { session, model, at, effects: Effects::default() }
    }

    pub fn print(&mut self, words: impl Into<String>) {
        self.session.reply(text(words));
    }

    pub fn print_all(&mut self, said: Vec<OutputItem>) {
        for said in said {
            self.session.reply(said);
        }
    }

    pub fn error(&mut self, what: &str) {
        self.session.reply(error(what));
    }

    /// Sends a message to the model and returns the sentence that the model then shows. It must be printed at once: the
    /// next message clears it.
    fn send(&mut self, msg: Msg) -> Option<String> {
        let effects = update(self.model, msg);
        self.effects = std::mem::take(&mut self.effects).and(effects);
        let message = self.model.message.clone();
        self.session.set_printed_message(message.clone());
        message
    }

    fn pass(&mut self, msg: Msg) {
        if let Some(message) = self.send(msg) {
            self.print(message);
        }
    }

    /// Runs an action of the screen and prints the sentence that the model then shows.
    pub fn act(&mut self, action: Action) {
        let at = self.at;
        self.pass(Msg::Do { action, at });
    }

    /// Runs an action after which the model shows a sentence only if the action is not possible; prints that sentence
    /// as an error.
    pub fn attempt(&mut self, action: Action) {
        let at = self.at;
        if let Some(message) = self.send(Msg::Do { action, at }) {
            self.error(&message);
        }
    }

    pub fn enter(&mut self) {
        self.act(Action::Accept);
    }

    pub fn click(&mut self, target: ClickTarget) {
        let at = self.at;
        self.pass(Msg::Click { target, at });
    }

    pub fn paste(&mut self, text: &str) {
        let at = self.at;
        self.pass(Msg::paste(text.to_owned(), at));
    }

    /// Deletes the text under the cursor.
    pub fn delete_text(&mut self) {
        self.act(Action::Edit(Edit::DeleteLine));
    }

    /// Replaces the text under the cursor, leaving out hidden characters.
    pub fn retype(&mut self, text: &str) {
        self.delete_text();
        let most = if matches!(self.model.page, Page::Form) { MAX_TYPED } else { usize::MAX };
        let text: String = text.chars().filter(|c| !is_hidden(*c)).take(most).collect();
        if !text.is_empty() {
            let at = self.at;
            self.pass(Msg::Typed { text, at });
        }
    }

    /// Moves the focus to a visible field.
    pub fn focus(&mut self, id: FieldId) {
        let step = field(id).step;
        if self.model.form.step != step {
            self.click(ClickTarget::Step(step));
        }
        if self.model.form.focus != id {
            self.click(ClickTarget::Field(id));
        }
    }

    /// Moves the focus from the cells of the ports to the end of the table, where an empty line moves on from.
    pub fn leave_cells(&mut self) {
        if self.model.form.step == Step::Ports {
            self.click(ClickTarget::Field(FieldId::Ports));
        }
    }

    /// Closes the overlay or the confirmation; elsewhere goes one step back.
    pub fn close(&mut self) {
        let closes = self.model.overlay.is_some() || matches!(self.model.page, Page::Confirm(_));
        self.act(if closes { Action::Close } else { Action::Back });
    }

    pub fn leave(&mut self) {
        self.act(Action::Quit);
    }
}
