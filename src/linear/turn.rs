//! One typed line at work: the messages that it becomes, and what the model says to them.

use crate::app::{Effect, Key, KeyCode, Millis, Model, Msg, Page, Target, update};
use crate::form::Step;
use crate::form::field;
use crate::order::FieldId;
use crate::order::text::is_hidden;

use super::talk::{Said, Talk, error, text};

/// No field of an order takes a text that is as long.
const MOST_TYPED: usize = 1_000;

pub(super) struct Turn<'a> {
    pub talk: &'a mut Talk,
    pub model: &'a mut Model,
    pub at: Millis,
    pub effects: Vec<Effect>,
}

impl<'a> Turn<'a> {
    pub fn new(talk: &'a mut Talk, model: &'a mut Model, at: Millis) -> Self {
        Self { talk, model, at, effects: Vec::new() }
    }

    pub fn say(&mut self, words: impl Into<String>) {
        self.talk.reply(text(words));
    }

    pub fn say_all(&mut self, said: Vec<Said>) {
        for said in said {
            self.talk.reply(said);
        }
    }

    pub fn error(&mut self, what: &str) {
        self.talk.reply(error(what));
    }

    /// Hands the model a message. What it says to it is said at once: the next message takes it back.
    fn send(&mut self, msg: Msg) -> Option<String> {
        self.effects.extend(update(self.model, msg));
        let message = self.model.message.clone();
        self.talk.has_heard(message.clone());
        message
    }

    fn pass(&mut self, msg: Msg) {
        if let Some(message) = self.send(msg) {
            self.say(message);
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

    pub fn click(&mut self, target: Target) {
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
        let most = if matches!(self.model.page, Page::Form) { MOST_TYPED } else { usize::MAX };
        for c in text.chars().filter(|c| !is_hidden(*c)).take(most) {
            self.key(Key::char(c));
        }
    }

    /// Puts the focus on a field that is asked for now.
    pub fn focus(&mut self, id: FieldId) {
        let step = field(id).step;
        if self.model.step != step {
            self.click(Target::Step(step));
        }
        if self.model.focus != id {
            self.click(Target::Field(id));
        }
    }

    /// Where an empty line goes on from: behind the last port.
    pub fn leave_cells(&mut self) {
        if self.model.step == Step::Ports {
            self.click(Target::Field(FieldId::Ports));
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
