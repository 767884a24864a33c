//! Handles one typed line: the messages that it becomes, and what the model answers to them.

use crate::app::{ClickTarget, Effect, Key, KeyCode, Millis, Model, Msg, Page, update};
use crate::form::Step;
use crate::form::field;
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
    pub effects: Vec<Effect>,
}

impl<'a> LineHandler<'a> {
    pub fn new(session: &'a mut LinearSession, model: &'a mut Model, at: Millis) -> Self {
        Self { session, model, at, effects: Vec::new() }
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
        self.effects.extend(update(self.model, msg));
        let message = self.model.message.clone();
        self.session.set_printed_message(message.clone());
        message
    }

    fn pass(&mut self, msg: Msg) {
        if let Some(message) = self.send(msg) {
            self.print(message);
        }
    }

    pub fn key(&mut self, key: Key) {
        let at = self.at;
        self.pass(Msg::Key { key, at });
    }

    pub fn press(&mut self, code: KeyCode) {
        self.key(Key::plain(code));
    }

    /// A key whose answer can only be that it cannot be done.
    pub fn attempt(&mut self, key: Key) {
        let at = self.at;
        if let Some(message) = self.send(Msg::Key { key, at }) {
            self.error(&message);
        }
    }

    pub fn enter(&mut self) {
        self.press(KeyCode::Enter);
    }

    pub fn click(&mut self, target: ClickTarget) {
        let at = self.at;
        self.pass(Msg::Click { target, at });
    }

    pub fn paste(&mut self, text: &str) {
        let at = self.at;
        self.pass(Msg::paste(text.to_owned(), at));
    }

    /// Puts a text in the place of the one under the cursor, key by key. The form weighs the whole order at each.
    pub fn retype(&mut self, text: &str) {
        self.key(Key::ctrl('u'));
        let most = if matches!(self.model.page, Page::Form) { MAX_TYPED } else { usize::MAX };
        for c in text.chars().filter(|c| !is_hidden(*c)).take(most) {
            self.key(Key::char(c));
        }
    }

    /// Puts the focus on a field that is asked for now.
    pub fn focus(&mut self, id: FieldId) {
        let step = field(id).step;
        if self.model.step != step {
            self.click(ClickTarget::Step(step));
        }
        if self.model.focus != id {
            self.click(ClickTarget::Field(id));
        }
    }

    /// Where an empty line goes on from: behind the last port.
    pub fn leave_cells(&mut self) {
        if self.model.step == Step::Ports {
            self.click(ClickTarget::Field(FieldId::Ports));
        }
    }

    /// Puts away what covers the page.
    pub fn close(&mut self) {
        self.press(KeyCode::Esc);
    }

    pub fn leave(&mut self) {
        self.key(Key::ctrl('c'));
    }
}
