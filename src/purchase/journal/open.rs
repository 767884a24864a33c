//! Opening a journal: lock, read, judge, and bring to an end what an earlier run left open. Only
//! then it may be written to.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::error::{Fact, JournalError, Why};
use super::folder::{Folder, JOURNAL};
use super::reader::{self, Reading, Rest};
use super::storage::Storage;
use super::writer::Journal;
use crate::purchase::intents::Intents;

/// What the journal says, and what came to light when it was opened.
#[derive(Debug, Clone)]
pub struct History {
    pub(super) intents: Arc<Intents>,
    pub(super) facts: Vec<Fact>,
}

/// A journal that was opened.
#[derive(Debug)]
pub enum Opened {
    /// Locked, whole, and no other process can buy.
    Writable(Journal),
    /// Nothing can be bought, for this reason.
    ReadOnly(History, Why),
}

impl History {
    pub fn intents(&self) -> &Intents {
        &self.intents
    }

    /// Returns the intents for somebody who keeps them; nothing is copied.
    pub fn shared_intents(&self) -> Arc<Intents> {
        Arc::clone(&self.intents)
    }

    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Adds facts that came to light earlier in this run.
    pub fn remember(&mut self, earlier: &[Fact]) {
        let new: Vec<Fact> = self.facts.drain(..).filter(|fact| !earlier.contains(fact)).collect();
        self.facts = earlier.iter().cloned().chain(new).collect();
    }
}

impl Opened {
    pub fn history(&self) -> &History {
        match self {
            Self::Writable(journal) => journal.history(),
            Self::ReadOnly(history, _) => history,
        }
    }

    pub fn intents(&self) -> &Intents {
        self.history().intents()
    }

    pub fn facts(&self) -> &[Fact] {
        self.history().facts()
    }
}

impl Journal {
    /// Opens the journal in a directory, which is made if it is not there. What an earlier run left
    /// open is concluded in it, with this time.
    pub fn open(directory: &Path, now: Timestamp) -> Result<Opened, JournalError> {
        Self::open_in(Box::new(Folder::enter(directory)?), now)
    }

    /// Opens the journal in any place.
    pub fn open_in(mut storage: Box<dyn Storage>, now: Timestamp) -> Result<Opened, JournalError> {
        let obstacle = match storage.lock() {
            Ok(true) => None,
            Ok(false) => Some(Why::AnotherInstance),
            Err(error) => Some(Why::NoLock { reason: error.to_string() }),
        };
        // Reading comes after locking, so that nothing is added in between.
        let bytes = storage.read().map_err(JournalError::Read)?;
        let reading = reader::read(&bytes);
        let offset = reading.end as u64;
        let torn = bytes.get(reading.end..).unwrap_or_default();
        if let Some(why) = flaw(&reading).or(obstacle) {
            return Ok(Opened::ReadOnly(unfinished(reading, torn), why));
        }
        let mut journal = Self::continuing(storage, reading);
        match journal.put_in_order(offset, torn, now) {
            Ok(()) => Ok(Opened::Writable(journal)),
            // What did get into the journal counts; that a record was torn is told in any case.
            Err(error) => {
                let mut history = journal.into_history();
                if !torn.is_empty() && !history.facts.iter().any(|fact| matches!(fact, Fact::SetAside { .. })) {
                    history.facts.push(Fact::Unfinished { offset, bytes: torn.len() as u64 });
                }
                Ok(Opened::ReadOnly(history, Why::NotWritable { reason: error.to_string() }))
            }
        }
    }
}

/// Reads what a journal says, and why nothing can be bought; nothing is locked, made or concluded.
pub fn look(directory: &Path) -> Result<(History, Option<Why>), JournalError> {
    let path = directory.join(JOURNAL);
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    let bytes = if is_file { fs::read(path).map_err(JournalError::Read)? } else { Vec::new() };
    let reading = reader::read(&bytes);
    let torn = bytes.get(reading.end..).unwrap_or_default();
    let why = flaw(&reading);
    Ok((unfinished(reading, torn), why))
}

fn flaw(reading: &Reading) -> Option<Why> {
    let offset = reading.end as u64;
    match &reading.rest {
        Rest::Nothing | Rest::Torn => None,
        Rest::Damaged(what) => Some(Why::Damaged { offset, record: reading.records + 1, what: what.clone() }),
        Rest::Newer(format) => Some(Why::Newer { offset, format: *format }),
    }
}

/// The history without its torn end, which stays where it is.
fn unfinished(reading: Reading, torn: &[u8]) -> History {
    let facts = match reading.rest {
        Rest::Torn => vec![Fact::Unfinished { offset: reading.end as u64, bytes: torn.len() as u64 }],
        Rest::Nothing | Rest::Damaged(_) | Rest::Newer(_) => Vec::new(),
    };
    History { intents: Arc::new(reading.intents), facts }
}
