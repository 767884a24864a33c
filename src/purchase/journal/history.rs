//! What a journal says: its orders, with what came to light when it was opened.

use std::sync::Arc;

use jiff::Timestamp;

use super::error::JournalNotice;
use crate::purchase::intents::{Intents, JournalEntry, Loss};

/// What the journal says, and what came to light when it was opened.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub(super) intents: Arc<Intents>,
    pub(super) notices: Vec<JournalNotice>,
}

impl History {
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// Returns the intents for somebody who keeps them; nothing is copied.
    pub fn shared_intents(&self) -> Arc<Intents> {
        Arc::clone(&self.intents)
    }

    pub fn notices(&self) -> &[JournalNotice] {
        &self.notices
    }

    /// Adds facts that came to light earlier in this run.
    pub fn remember(&mut self, earlier: &[JournalNotice]) {
        let new: Vec<JournalNotice> = self.notices.drain(..).filter(|fact| !earlier.contains(fact)).collect();
        self.notices = earlier.iter().cloned().chain(new).collect();
    }

    /// Treats a loss as recorded, unless one is recorded already.
    pub(super) fn doubt(&mut self, Loss { expected, found }: Loss, at: Timestamp) {
        // The only thing that stands against it is an earlier loss, whose doubts are there already.
        let _ = Arc::make_mut(&mut self.intents).apply(&JournalEntry::RecordsLost { at, expected, found });
    }
}
