//! The journal that may be written to. A record is on the disk before `append` returns. After one failure nothing more
//! is written, because the content of the disk is unknown then.

use std::sync::Arc;

use jiff::Timestamp;

use super::error::{JournalError, JournalNotice, Obstacle};
use super::history::History;
use super::last_record::{self, LastFileStatus};
use super::parse::ParsedJournal;
use super::record_format::{self, Checksum};
use super::storage::{Storage, TORN_PREFIX};
use crate::i18n::tr;
use crate::purchase::intents::{Intents, JournalEntry, Loss, OrderState};
use crate::testing::failpoint;

/// The space in bytes that an intent reserves for later records about its order: enough for a few hundred.
pub const RESERVE: u64 = 64 << 10;

/// A journal with its lock, whose last record is known to be complete.
#[derive(Debug)]
pub struct Journal {
    storage: Box<dyn Storage>,
    history: History,
    records: u64,
    check: Checksum,
    /// The length of the journal in bytes: what was read, and what was written since.
    length: u64,
    /// The reason why nothing more is written, if there is one.
    broken: Option<String>,
}

/// The result of a repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepairResult {
    /// The journal has all of its records; nothing was changed.
    NothingLost,
    /// The journal now records that these records may be missing: orders can be placed again.
    Accepted(Loss),
}

/// The failpoints around a record, at which a test can kill the program.
struct Points {
    written: &'static str,
    synced: &'static str,
    last_written: &'static str,
    last_synced: &'static str,
}

macro_rules! points {
    ($name:literal) => {
        Points {
            written: concat!($name, " written"),
            synced: concat!($name, " synced"),
            last_written: concat!($name, " last written"),
            last_synced: concat!($name, " last synced"),
        }
    };
}

impl Points {
    fn for_entry(entry: &JournalEntry) -> Self {
        match entry {
            JournalEntry::Intent(_) => points!("INTENT"),
            JournalEntry::Sending { .. } => points!("SENDING"),
            JournalEntry::Outcome { .. } => points!("outcome"),
            JournalEntry::Interrupted { .. } => points!("recovery"),
            JournalEntry::Reading { .. } => points!("reading"),
            JournalEntry::RecordsLost { .. } | JournalEntry::Repaired { .. } => points!("repair"),
            JournalEntry::Found { .. }
            | JournalEntry::NotFound { .. }
            | JournalEntry::Conflict { .. }
            | JournalEntry::Resolved { .. }
            | JournalEntry::Quarantined { .. }
            | JournalEntry::Archived(_) => points!("record"),
        }
    }
}

impl Journal {
    /// Creates a journal that continues after what was read, and after `torn` bytes of a torn record.
    pub(super) fn continuing(storage: Box<dyn Storage>, reading: ParsedJournal, torn: u64) -> Self {
        let ParsedJournal { intents, records, check, end, before: _, base: _, format: _, rest: _ } = reading;
        let history = History { intents: Arc::new(intents), notices: Vec::new() };
        Self { storage, history, records, check, length: end as u64 + torn, broken: None }
    }

    pub fn intents(&self) -> &Intents {
        self.history.intents()
    }

    /// Returns why nothing more is written; `None` if the journal can be used.
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// Releases the lock, and returns the content of the journal.
    pub fn into_history(self) -> History {
        self.history
    }

    /// Returns why no order can be placed with this journal although its lock is held: records may be missing from its
    /// end. Everything else can be recorded.
    pub fn buying_obstacle(&self) -> Option<Obstacle> {
        self.intents().loss().map(Obstacle::RecordsLost)
    }

    /// Appends a record. On success, the record is on the disk and, unless records may be missing, so is its number in
    /// `journal.last`. On failure, the caller acts as if the record did not exist, and sends nothing.
    ///
    /// If the open files are no longer those at their paths, no record of an order that is about to be placed is
    /// written. Other records are written all the same, and the error says so ([`JournalError::Astray`]).
    pub fn append(&mut self, entry: &JournalEntry) -> Result<(), JournalError> {
        if let Some(why) = &self.broken {
            return Err(JournalError::Broken(why.clone()));
        }
        let is_purchase = matches!(entry, JournalEntry::Intent(_) | JournalEntry::Sending { .. });
        if let Some(why) = self.buying_obstacle().filter(|_| is_purchase) {
            return Err(JournalError::NoBuying(why));
        }
        let step = self.history.intents.transition(entry)?;
        let (line, check) =
            record_format::encode(self.records + 1, &self.check, entry).map_err(JournalError::Encode)?;
        let displaced = self.storage.check_identity(self.length).err();
        let displaced = match displaced {
            Some(displaced) if is_purchase => return Err(JournalError::JournalMoved(displaced)),
            other => other,
        };
        if matches!(entry, JournalEntry::Intent(_)) {
            self.storage.reserve(line.len() as u64 + RESERVE).map_err(JournalError::Reserve)?;
        }
        // Broken until proven whole, so that a panic in between does not leave it usable.
        self.broken = Some(tr!("a record was begun and not brought to its end"));
        if let Err(error) = self.write_record(entry, &line, &check) {
            self.broken = Some(error.to_string());
            return Err(error);
        }
        self.broken = None;
        self.records += 1;
        self.check = check;
        self.length += line.len() as u64;
        // Nobody else has it while it is written to, so nothing is copied.
        Arc::make_mut(&mut self.history.intents).take(step, entry);
        displaced.map_or(Ok(()), |displaced| Err(JournalError::Astray(displaced)))
    }

    /// Writes and syncs a record, and then its number in `journal.last`.
    fn write_record(&mut self, entry: &JournalEntry, line: &[u8], check: &Checksum) -> Result<(), JournalError> {
        let points = Points::for_entry(entry);
        // While records may be missing it stays as it is, so that this is noticed the next time too.
        let is_last_kept = match entry {
            JournalEntry::RecordsLost { .. } => false,
            JournalEntry::Repaired { .. } => true,
            JournalEntry::Intent(_)
            | JournalEntry::Sending { .. }
            | JournalEntry::Outcome { .. }
            | JournalEntry::Interrupted { .. }
            | JournalEntry::Reading { .. }
            | JournalEntry::Found { .. }
            | JournalEntry::NotFound { .. }
            | JournalEntry::Conflict { .. }
            | JournalEntry::Resolved { .. }
            | JournalEntry::Quarantined { .. }
            | JournalEntry::Archived(_) => self.intents().loss().is_none(),
        };
        let last = last_record::encode(self.records + 1, check);
        self.write(line)?;
        failpoint::hit(points.written);
        self.storage.sync().map_err(JournalError::Sync)?;
        failpoint::hit(points.synced);
        if is_last_kept {
            self.storage.write_last(&last).map_err(JournalError::Last)?;
            failpoint::hit(points.last_written);
            self.storage.sync_last().map_err(JournalError::Last)?;
            failpoint::hit(points.last_synced);
        }
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

    /// Concludes what an earlier run left open: moves a torn record to a file of its own and records that, updates
    /// `journal.last` or records the loss that it shows, and records that a purchase under way was interrupted.
    pub(super) fn put_in_order(
        &mut self,
        torn: &[u8],
        last: Result<LastFileStatus, Loss>,
        now: Timestamp,
    ) -> Result<(), JournalError> {
        if self.storage.create().map_err(JournalError::Write)? {
            self.history.notices.push(JournalNotice::Created);
        }
        self.storage.check_identity(self.length)?;
        // A run that was killed may have left records that were written and not synced. They are
        // believed from here on.
        self.storage.sync().map_err(JournalError::Sync)?;
        if self.intents().loss().is_none() {
            self.bring_up_last(last).map_err(JournalError::Last)?;
        }
        if !torn.is_empty() {
            // Kept before it is cut, so that a crash in between loses nothing.
            let name = self.free_name()?;
            self.storage.quarantine(&name, torn).map_err(JournalError::Write)?;
            let end = self.length - torn.len() as u64;
            self.storage.cut(end).map_err(JournalError::Write)?;
            self.length = end;
        }
        if let Err(Loss { expected, found }) = last
            && self.intents().loss().is_none()
        {
            self.append(&JournalEntry::RecordsLost { at: now, expected, found })?;
        }
        // The record comes last. Files without one are from a run that ended before it.
        for (file, bytes) in self.storage.quarantined_files().map_err(JournalError::Read)? {
            if !self.intents().quarantined_files().contains(&file) {
                self.append(&JournalEntry::Quarantined { at: now, file: file.clone(), bytes })?;
                self.history.notices.push(JournalNotice::SetAside { file, bytes });
            }
        }
        self.conclude_interrupted(now)
    }

    /// Updates `journal.last` to the last record if it is behind or absent. Leaves it as it is after a loss.
    fn bring_up_last(&mut self, last: Result<LastFileStatus, Loss>) -> std::io::Result<()> {
        let current = last_record::encode(self.records, &self.check);
        match last {
            Ok(LastFileStatus::Current) | Err(_) => Ok(()),
            Ok(LastFileStatus::Behind) => self.storage.write_last(&current).and_then(|()| self.storage.sync_last()),
            Ok(LastFileStatus::Absent) => self.storage.renew_last(&current),
        }
    }

    /// Accepts that records may be missing. `journal.last` is renewed first: if the program ends after that, the record
    /// of the loss still applies and nothing is bought.
    pub(super) fn accept_loss(&mut self, now: Timestamp) -> Result<RepairResult, JournalError> {
        let Some(loss) = self.intents().loss() else { return Ok(RepairResult::NothingLost) };
        self.storage.renew_last(&last_record::encode(self.records, &self.check)).map_err(JournalError::Last)?;
        self.append(&JournalEntry::Repaired { at: now })?;
        Ok(RepairResult::Accepted(loss))
    }

    /// Returns a file name that no lost record has or ever had: the history tells lost records apart by their names,
    /// even when somebody removed a file.
    fn free_name(&mut self) -> Result<String, JournalError> {
        let there = self.storage.quarantined_files().map_err(JournalError::Read)?;
        let names = there.iter().map(|(name, _)| name).chain(self.history.intents.quarantined_files());
        let last = names.filter_map(|name| name.strip_prefix(TORN_PREFIX)?.parse::<u32>().ok()).max().unwrap_or(0);
        Ok(format!("{TORN_PREFIX}{}", u64::from(last) + 1))
    }

    fn conclude_interrupted(&mut self, now: Timestamp) -> Result<(), JournalError> {
        let Some(entry) = self.intents().interruption(now) else { return Ok(()) };
        let JournalEntry::Interrupted { id, .. } = entry else { return Ok(()) };
        self.append(&entry)?;
        let state = self.intents().state(id);
        self.history
            .notices
            .push(JournalNotice::Interrupted { id, was_sending: state.is_some_and(OrderState::is_unresolved) });
        Ok(())
    }
}
