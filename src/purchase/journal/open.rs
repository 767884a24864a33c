//! Opening a journal: lock it, read it, check it, and conclude what an earlier run left open. Only then may it be
//! written to. Opening it read-only just reads and checks it.

use std::path::Path;

use jiff::Timestamp;

use super::directory::JournalDirectory;
use super::error::{JournalError, JournalNotice, Obstacle};
use super::history::History;
use super::load::LoadedJournal;
use super::storage::Storage;
use super::writer::{Journal, RepairResult};
use crate::purchase::intents::Intents;

/// The result of opening a journal.
#[derive(Debug)]
pub enum Opened {
    /// The journal is locked and readable to its end, and no other process can buy. Records can be added;
    /// [`Journal::buying_obstacle`] shows whether an order can be placed too.
    Writable(Journal),
    /// Nothing can be added, for the given reason.
    ReadOnly(History, Obstacle),
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

    /// Returns why no order can be placed; `None` if nothing prevents it.
    pub fn buying_obstacle(&self) -> Option<Obstacle> {
        match self {
            Self::Writable(journal) => journal.buying_obstacle(),
            Self::ReadOnly(_, why) => Some(why.clone()),
        }
    }

    pub fn notices(&self) -> &[JournalNotice] {
        self.history().notices()
    }
}

impl Journal {
    /// Opens the journal in a directory, which is created if it is missing. Concludes what an earlier run left open,
    /// with `now` as the time of the records. The journal is read-only if its archive is damaged.
    pub fn open(directory: &Path, now: Timestamp) -> Result<Opened, JournalError> {
        let folder = JournalDirectory::enter(directory)?;
        let archive_files = folder.archive_files().map_err(JournalError::Read)?;
        let opened = Self::open_in(Box::new(folder), now)?;
        let flaw = archive_files.flaw(opened.intents().archived());
        match (opened, flaw) {
            (Opened::Writable(journal), Some(what)) => {
                Ok(Opened::ReadOnly(journal.into_history(), Obstacle::ArchiveDamaged { what }))
            }
            (opened, _) => Ok(opened),
        }
    }

    /// Opens the journal in any storage, like [`Journal::open`], but without a check of the archive.
    pub fn open_in(storage: Box<dyn Storage>, now: Timestamp) -> Result<Opened, JournalError> {
        Self::open_for(storage, now, false)
    }

    fn open_for(mut storage: Box<dyn Storage>, now: Timestamp, is_repair: bool) -> Result<Opened, JournalError> {
        let obstacle = match storage.lock() {
            Ok(true) => None,
            Ok(false) => Some(Obstacle::AnotherInstance),
            Err(error) => Some(Obstacle::NoLock { reason: error.to_string() }),
        };
        // Reading comes after locking, so that nothing is added in between.
        let read = if obstacle.is_none() { LoadedJournal::with_lock } else { LoadedJournal::without_lock };
        let found = read(&mut *storage)?;
        // What cannot be read just now is not recorded as lost, except by who wants it repaired.
        let unread =
            found.unread.clone().filter(|_| !is_repair).map(|why| Obstacle::NotWritable { reason: why.to_string() });
        if let Some(why) = found.flaw().or(obstacle).or(unread) {
            return Ok(Opened::ReadOnly(found.into_history(now), why));
        }
        let LoadedJournal { reading, torn, last, unread: _ } = found;
        let offset = reading.end as u64;
        let mut journal = Self::continuing(storage, reading, torn.len() as u64);
        match journal.put_in_order(&torn, last, now) {
            Ok(()) => Ok(Opened::Writable(journal)),
            // What did get into the journal counts; that a record was torn is told in any case.
            Err(error) => {
                let mut history = journal.into_history();
                if !torn.is_empty()
                    && !history.notices.iter().any(|fact| matches!(fact, JournalNotice::SetAside { .. }))
                {
                    history.notices.push(JournalNotice::Unfinished { offset, bytes: torn.len() as u64 });
                }
                if let Err(loss) = last {
                    history.doubt(loss, now);
                }
                Ok(Opened::ReadOnly(history, Obstacle::NotWritable { reason: error.to_string() }))
            }
        }
    }
}

/// Reads the journal in a directory, and returns its history with the reason why nothing could be bought with it, if
/// there is one. Takes no lock and changes nothing. A missing directory or journal gives an empty history. A last line
/// without a line end may be one that another process is writing: it is read again a few times, and then becomes a
/// [`JournalNotice::Unfinished`].
pub fn open_read_only(directory: &Path) -> Result<(History, Option<Obstacle>), JournalError> {
    let Some(mut folder) = JournalDirectory::existing(directory)? else { return Ok((History::default(), None)) };
    let found = LoadedJournal::without_lock(&mut folder)?;
    let flaw = found.flaw();
    let history = found.into_history(Timestamp::now());
    let archive_files = folder.archive_files().map_err(JournalError::Read)?;
    let archive_damaged =
        || archive_files.flaw(history.intents.archived()).map(|what| Obstacle::ArchiveDamaged { what });
    let lost = || history.intents.loss().map(Obstacle::RecordsLost);
    let not_writable = || folder.write_obstacle().map(|error| Obstacle::NotWritable { reason: error.to_string() });
    let why = flaw.or_else(lost).or_else(archive_damaged).or_else(not_writable);
    Ok((history, why))
}

/// Accepts that records may be missing from the end of the journal in a directory: takes its lock, records the
/// acceptance and rewrites `journal.last`. Orders that may have been sent in the missing records are UNKNOWN.
pub fn repair(directory: &Path, now: Timestamp) -> Result<RepairResult, JournalError> {
    repair_in(Box::new(JournalDirectory::enter(directory)?), now)
}

pub(super) fn repair_in(storage: Box<dyn Storage>, now: Timestamp) -> Result<RepairResult, JournalError> {
    match Journal::open_for(storage, now, true)? {
        Opened::Writable(mut journal) => journal.accept_loss(now),
        Opened::ReadOnly(_, why) => Err(JournalError::NotRepaired(why)),
    }
}
