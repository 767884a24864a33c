//! Handles one typed line: the messages that it becomes, and what the model answers to them.

use crate::app::{Action, ClickTarget, Effects, Millis, Model, Msg, Page, update};
use crate::form::field;
use crate::form::{Edit, Step};
use crate::order::FieldId;
use crate::text::sanitize::is_hidden;

use super::output::{OutputItem, error, text};
use super::session::LinearSession;

/// No field of an order takes a text that is as long.
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

    /// Hands the model a message. What it says to it is said at once: the next message takes it back.
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

    /// Does an action of the screen.
    pub fn act(&mut self, action: Action) {
        let at = self.at;
        self.pass(Msg::Do { action, at });
    }

    /// Does an action whose answer can only be that it cannot be done.
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

    /// Puts a text in the place of the one under the cursor.
    pub fn retype(&mut self, text: &str) {
        self.delete_text();
        let most = if matches!(self.model.page, Page::Form) { MAX_TYPED } else { usize::MAX };
        let text: String = text.chars().filter(|c| !is_hidden(*c)).take(most).collect();
        if !text.is_empty() {
            let at = self.at;
            self.pass(Msg::Typed { text, at });
        }
    }

    /// Puts the focus on a field that is asked for now.
    pub fn focus(&mut self, id: FieldId) {
        let step = field(id).step;
        if self.model.form.step != step {
            self.click(ClickTarget::Step(step));
        }
        if self.model.form.focus != id {
            self.click(ClickTarget::Field(id));
        }
    }

    /// Where an empty line goes on from: behind the last port.
    pub fn leave_cells(&mut self) {
        if self.model.form.step == Step::Ports {
            self.click(ClickTarget::Field(FieldId::Ports));
        }
    }

    /// Puts away what covers the page or asks for a confirmation; goes one step back elsewhere.
    pub fn close(&mut self) {
        let closes = self.model.overlay.is_some() || matches!(self.model.page, Page::Confirm(_));
        self.act(if closes { Action::Close } else { Action::Back });
    }

    pub fn leave(&mut self) {
        self.act(Action::Quit);
    }
}
