//! A conversation without a terminal: lines in, what is said out, lists answered from the simulator's
//! catalogue.

use cph_wizard::app::{Effect, Msg, Page};
use cph_wizard::linear::{LinearSession, OutputItem, UNLIMITED_SIZE, keymap};

use crate::common::Driver;

pub struct LinearDriver {
    pub driver: Driver,
    pub session: LinearSession,
    /// Everything that was said so far, a line each.
    pub printed: Vec<String>,
}

impl LinearDriver {
    pub fn ready() -> Self {
        Self::over(Driver::ready())
    }

    pub fn over(mut driver: Driver) -> Self {
        driver.model.keymap = keymap();
        (driver.model.width, driver.model.height) = UNLIMITED_SIZE;
        let mut linear = Self { driver, session: LinearSession::new(true), printed: Vec::new() };
        linear.print();
        linear
    }

    /// Types a line, a second after the last one.
    pub fn line(&mut self, line: &str) -> Vec<Effect> {
        self.driver.at += 1_000;
        let at = self.driver.at;
        let effects = self.session.handle_line(&mut self.driver.model, line, at).0;
        self.driver.effects.extend(effects.clone());
        self.driver.answer_reads();
        self.print();
        effects
    }

    pub fn lines(&mut self, lines: &[&str]) {
        for line in lines {
            self.line(line);
        }
    }

    /// Prints what is to be said.
    pub fn print(&mut self) {
        let effects = self.session.dismiss_notices(&mut self.driver.model, self.driver.at);
        self.driver.effects.extend(effects);
        for said in self.session.output(&self.driver.model) {
            self.printed.push(match said {
                OutputItem::Text(text) | OutputItem::Verbatim(text) | OutputItem::Prompt { text, .. } => text,
            });
        }
        self.driver.paint();
        // Half a second later a confirmation can be answered.
        if let Some(at) = self.driver.model.next_wake().filter(|_| matches!(self.driver.model.page, Page::Confirm(_))) {
            self.driver.at = self.driver.at.max(at);
            let at = self.driver.at;
            self.driver.send(Msg::Tick { at });
            self.print();
        }
    }

    /// What was said since a moment.
    pub fn since(&self, at: usize) -> String {
        self.printed[at..].join("\n")
    }

    /// What a line leads to.
    pub fn answer(&mut self, line: &str) -> String {
        let at = self.printed.len();
        self.line(line);
        self.since(at)
    }
}
