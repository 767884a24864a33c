//! What linear mode waits for after it was asked to look: answers that are still to come.

use crate::app::{Effect, Msg};

/// Answers that somebody waits for, counted.
#[derive(Default)]
pub struct UnderWay {
    pub followed: usize,
    pub swept: usize,
    pub shelved: usize,
    pub journal: usize,
}

impl UnderWay {
    pub fn asks(&mut self, effect: &Effect) {
        match effect {
            Effect::Follow { .. } => self.followed += 1,
            Effect::Sweep { .. } => self.swept += 1,
            Effect::ReadShelf | Effect::KeepTemplate(_) | Effect::RemoveTemplate(_) => self.shelved += 1,
            Effect::Submit { .. } => self.journal += 1,
            _ => {}
        }
    }

    pub fn hears(&mut self, msg: &Msg) {
        let count = match msg {
            Msg::Followed { .. } => &mut self.followed,
            Msg::Swept { .. } => &mut self.swept,
            Msg::Shelved { .. } => &mut self.shelved,
            Msg::Journal { .. } => &mut self.journal,
            _ => return,
        };
        *count = count.saturating_sub(1);
    }
}
