//! The journal that may be written to. A record is on the disk before `append` returns, and after
//! one failure nothing is written any more: what the disk holds then is not known here.

use std::sync::Arc;

use jiff::Timestamp;

use super::error::{Fact, JournalError};
use super::line::{self, Check};
use super::open::History;
use super::reader::Reading;
use super::storage::{Storage, TORN};
use crate::faults::is_planted;
use crate::points;
use crate::purchase::intents::{Entry, Intents, State};
use crate::words::tr;

/// The room in bytes that an intent takes beforehand for what becomes of it: a few hundred records.
pub const RESERVE: u64 = 64 << 10;

/// A journal with its lock, in which the last record is known to be whole.
#[derive(Debug)]
pub struct Journal {
    storage: Box<dyn Storage>,
    history: History,
    records: u64,
    check: Check,
    /// Why nothing is written any more.
    broken: Option<String>,
}

/// Where a test can kill the program around a record.
fn points_of(entry: &Entry) -> (&'static str, &'static str) {
    match entry {
        Entry::Intent(_) => ("INTENT written", "INTENT synced"),
        Entry::Sending { .. } => ("SENDING written", "SENDING synced"),
        Entry::Outcome { .. } => ("outcome written", "outcome synced"),
        Entry::Interrupted { .. } => ("recovery written", "recovery synced"),
        Entry::Swept { .. } => ("sweep written", "sweep synced"),
        Entry::Found { .. }
        | Entry::NotFound { .. }
        | Entry::Conflict { .. }
        | Entry::Resolved { .. }
        | Entry::SetAside { .. } => ("record written", "record synced"),
    }
}

impl Journal {
    pub(super) fn continuing(storage: Box<dyn Storage>, reading: Reading) -> Self {
        let Reading { intents, records, check, .. } = reading;
        let history = History { intents: Arc::new(intents), facts: Vec::new() };
        Self { storage, history, records, check, broken: None }
    }

    pub fn intents(&self) -> &Intents {
        self.history.intents()
    }

    /// Returns why nothing is written any more.
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Gives up the lock, and returns what the journal says.
    pub fn into_history(self) -> History {
        self.history
    }

    /// Adds a record. When this returns, the record is on the disk; when it fails, the caller acts
    /// as if the record had never been, and sends nothing.
    pub fn append(&mut self, entry: &Entry) -> Result<(), JournalError> {
        if let Some(why) = &self.broken {
            return Err(JournalError::Broken(why.clone()));
        }
        let step = self.history.intents.step(entry)?;
        let (line, check) = line::encode(self.records + 1, &self.check, entry).map_err(JournalError::Encode)?;
        if matches!(entry, Entry::Intent(_)) {
            self.storage.reserve(line.len() as u64 + RESERVE).map_err(JournalError::Reserve)?;
        }
        // Broken until proven whole, so that a panic in between does not leave it usable.
        self.broken = Some(tr!("a record was begun and not brought to its end"));
        let (unsynced, synced) = points_of(entry);
        let written = self.write(&line).and_then(|()| {
            points::reach(unsynced);
            if is_planted("no-sync") {
                return Ok(());
            }
            self.storage.sync().map_err(JournalError::Sync)
        });
        if let Err(error) = written {
            self.broken = Some(error.to_string());
            return Err(error);
        }
        points::reach(synced);
        self.broken = None;
        self.records += 1;
        self.check = check;
        // Nobody else has it while it is written to, so nothing is copied.
        Arc::make_mut(&mut self.history.intents).take(step, entry);
        Ok(())
    }

    fn write(&mut self, line: &[u8]) -> Result<(), JournalError> {
        let mut rest = line;
        while !rest.is_empty() {
            let failed = match self.storage.write(rest) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => error,
                Ok(0) => std::io::ErrorKind::WriteZero.into(),
                Ok(count) => {
                    rest = rest.get(count..).unwrap_or_default();
                    continue;
                }
            };
            return Err(JournalError::Write(failed));
        }
        Ok(())
    }

    /// Ends what an earlier run left open: a torn record is moved away and mentioned, and every
    /// purchase in the middle is concluded with what can be said of it.
    pub(super) fn put_in_order(&mut self, end: u64, torn: &[u8], now: Timestamp) -> Result<(), JournalError> {
        if self.storage.begin().map_err(JournalError::Write)? {
            self.history.facts.push(Fact::Created);
        }
        // A run that was killed may have left records that were written and not synced. They are
        // believed from here on.
        self.storage.sync().map_err(JournalError::Sync)?;
        if !torn.is_empty() {
            // Kept before it is cut, so that a crash in between loses nothing.
            let name = self.free_name()?;
            self.storage.set_aside(&name, torn).map_err(JournalError::Write)?;
            self.storage.cut(end).map_err(JournalError::Write)?;
        }
        // The record comes last. Files without one are from a run that ended before it.
        for (file, bytes) in self.storage.files_set_aside().map_err(JournalError::Read)? {
            if !self.intents().files_set_aside().contains(&file) {
                self.append(&Entry::SetAside { at: now, file: file.clone(), bytes })?;
                self.history.facts.push(Fact::SetAside { file, bytes });
            }
        }
        self.conclude_interrupted(now)
    }

    /// A name that no lost record has, nor ever had: the history tells them apart by it, even when
    /// somebody removed a file.
    fn free_name(&mut self) -> Result<String, JournalError> {
        let there = self.storage.files_set_aside().map_err(JournalError::Read)?;
        let names = there.iter().map(|(name, _)| name).chain(self.history.intents.files_set_aside());
        let last = names.filter_map(|name| name.strip_prefix(TORN)?.parse::<u32>().ok()).max().unwrap_or(0);
        Ok(format!("{TORN}{}", u64::from(last) + 1))
    }

    fn conclude_interrupted(&mut self, now: Timestamp) -> Result<(), JournalError> {
        let Some(entry) = self.intents().interruption(now) else { return Ok(()) };
        let Entry::Interrupted { id, .. } = entry else { return Ok(()) };
        self.append(&entry)?;
        let state = self.intents().state(id);
        self.history.facts.push(Fact::Interrupted { id, was_sending: state.is_some_and(State::is_unresolved) });
        Ok(())
    }
}
