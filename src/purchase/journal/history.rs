//! The content of a journal: its orders, with the notices from opening it.

use std::sync::Arc;

use jiff::Timestamp;

use super::error::JournalNotice;
use crate::purchase::intents::{Intents, JournalEntry, Loss};

/// The content of the journal, with the notices from opening it.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub(super) intents: Arc<Intents>,
    pub(super) notices: Vec<JournalNotice>,
}

impl History {
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// Returns a shared handle to the intents, without copying them.
    pub fn shared_intents(&self) -> Arc<Intents> {
        Arc::clone(&self.intents)
    }

    pub fn notices(&self) -> &[JournalNotice] {
        &self.notices
    }

    /// Puts notices from earlier in this run before the current ones, without duplicates.
    pub fn remember(&mut self, earlier: &[JournalNotice]) {
        let new: Vec<JournalNotice> = self.notices.drain(..).filter(|fact| !earlier.contains(fact)).collect();
        self.notices = earlier.iter().cloned().chain(new).collect();
    }

    /// Applies a loss to the intents as if it were recorded, unless one is recorded already.
    pub(super) fn doubt(&mut self, Loss { expected, found }: Loss, at: Timestamp) {
        // The only thing that stands against it is an earlier loss, whose doubts are there already.
        let _ = Arc::make_mut(&mut self.intents).apply(&JournalEntry::RecordsLost { at, expected, found });
    }
}
