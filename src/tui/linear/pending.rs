//! Counts the results that linear mode waits for after a command that reads something.

use crate::app::{Effect, Msg};

/// The number of results that are awaited, by kind.
#[derive(Default)]
pub struct Pending {
    pub server_polls: usize,
    pub reconciliations: usize,
    pub library_reads: usize,
    pub journal: usize,
}

impl Pending {
    pub fn on_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::PollServers { .. } => self.server_polls += 1,
            Effect::ReconcileOrder { .. } => self.reconciliations += 1,
            Effect::ReadLibrary | Effect::SaveTemplate(_) | Effect::RemoveTemplate(_) => self.library_reads += 1,
            Effect::Submit { .. } => self.journal += 1,
            _ => {}
        }
    }

    pub fn on_message(&mut self, msg: &Msg) {
        let count = match msg {
            Msg::ServersPolled { .. } => &mut self.server_polls,
            Msg::OrderReconciled { .. } => &mut self.reconciliations,
            Msg::LibraryRead { .. } => &mut self.library_reads,
            Msg::Journal { .. } => &mut self.journal,
            _ => return,
        };
        *count = count.saturating_sub(1);
    }
}
