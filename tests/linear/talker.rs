//! A conversation without a terminal: lines in, what is said out, lists answered from the simulator's
//! catalogue.

use cph_wizard::app::{Effect, Msg, Page};
use cph_wizard::linear::{Said, Talk, keymap};

use crate::common::Driver;

pub struct Talker {
    pub driver: Driver,
    pub talk: Talk,
    /// Everything that was said so far, a line each.
    pub said: Vec<String>,
}

impl Talker {
    pub fn ready() -> Self {
        Self::over(Driver::ready())
    }

    pub fn over(mut driver: Driver) -> Self {
        driver.model.keymap = keymap();
        let mut talker = Self { driver, talk: Talk::new(true), said: Vec::new() };
        talker.hear();
        talker
    }

    /// Types a line, a second after the last one.
    pub fn line(&mut self, line: &str) -> Vec<Effect> {
        self.driver.at += 1_000;
        let at = self.driver.at;
        let effects = self.talk.take(&mut self.driver.model, line, at);
        self.driver.effects.extend(effects.clone());
        self.driver.answer_reads();
        self.hear();
        effects
    }

    pub fn lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.line(line);
        }
    }

    /// Prints what is to be said.
    pub fn hear(&mut self) {
        let effects = self.talk.settle(&mut self.driver.model, self.driver.at);
        self.driver.effects.extend(effects);
        for said in self.talk.say(&self.driver.model) {
            self.said.push(match said {
                Said::Text(text) | Said::Verbatim(text) | Said::Prompt { text, .. } => text,
            });
        }
        self.driver.paint();
        // Half a second later a confirmation can be answered.
        if let Some(at) = self.driver.model.next_wake().filter(|_| matches!(self.driver.model.page, Page::Confirm(_))) {
            self.driver.at = self.driver.at.max(at);
            let at = self.driver.at;
            self.driver.send(Msg::Tick { at });
            self.hear();
        }
    }

    /// What was said since a moment.
    pub fn since(&self, at: usize) -> String {
        self.said[at..].join("\n")
    }

    /// What a line leads to.
    pub fn answer(&mut self, line: &str) -> String {
        let at = self.said.len();
        self.line(line);
        self.since(at)
    }
}
