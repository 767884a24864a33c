//! The journal of a state directory as the rest of the program uses it: read without a lock, and written in sessions
//! that hold the lock from their first record to their last.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use uuid::Uuid;

use super::intents::{Intents, JournalEntry};
use super::journal::{
    self, Archive, History, Journal, JournalError, JournalNotice, MIN_ARCHIVED_ORDERS, Obstacle, Opened, Storage,
};
use super::log;
use crate::clock;
use crate::i18n::tr;
use crate::text::shared_error::SharedError;

/// The time that a session waits for another process that is writing. It retries every [`LOCK_RETRY_INTERVAL`].
const LOCK_TIMEOUT: Duration = Duration::from_secs(3);
const LOCK_RETRY_INTERVAL: Duration = Duration::from_millis(50);

/// A function that creates the storage of a journal, called each time the journal is opened.
type MakeStorage = Arc<dyn Fn() -> Box<dyn Storage> + Send + Sync>;

/// The place where a journal is kept.
#[derive(Clone)]
enum JournalLocation {
    Directory(PathBuf),
    #[cfg_attr(not(test), expect(dead_code, reason = "tests keep journals in memory"))]
    Storage(MakeStorage),
}

impl JournalLocation {
    fn open(&self) -> Result<Opened, JournalError> {
        match self {
            Self::Directory(directory) => Journal::open(directory, clock::now()),
            Self::Storage(make) => Journal::open_in(make(), clock::now()),
        }
    }
}

/// The journal as it was last read or written.
#[derive(Debug, Clone)]
struct CachedHistory {
    history: Arc<History>,
    /// The reason why nothing can be bought, if there is one.
    obstacle: Option<Obstacle>,
    /// Set once a record of this run could not be written: the content of the disk is unknown then, so this process
    /// writes nothing more.
    is_broken: bool,
}

/// The journal at one location. Clones share the same view and the same turn.
#[derive(Clone)]
pub struct JournalStore {
    location: JournalLocation,
    view: Arc<Mutex<CachedHistory>>,
    /// Allows one session at a time in this process; the lock of the journal excludes other processes.
    turn: Arc<Turn<()>>,
}

impl std::fmt::Debug for JournalStore {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("JournalStore").field("view", &self.view).finish_non_exhaustive()
    }
}

impl JournalStore {
    /// Opens the journal of a directory, concludes what an earlier run left open, moves settled orders to the archive,
    /// and releases the lock.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        let files = Self::new(JournalLocation::Directory(directory.to_owned()))?;
        files.archive(directory);
        Ok(files)
    }

    /// Moves settled orders to the archive, before the first record of this run. A failure becomes a notice and does
    /// not prevent buying.
    fn archive(&self, directory: &Path) {
        let now = clock::now();
        if self.obstacle().is_some() || self.history().intents().archivable(now).len() < MIN_ARCHIVED_ORDERS {
            return;
        }
        let moved = journal::archive(directory, now);
        log::archived(&moved);
        // Whatever became of it: what counts is on the disk.
        let failed = self.refresh().and(moved).err();
        if let Some(error) = failed {
            let mut view = self.view();
            let fact = JournalNotice::NotArchived { why: error.into() };
            Arc::make_mut(&mut view.history).remember(&[fact]);
        }
    }

    /// Opens a journal in the storage that `make` creates.
    #[cfg(test)]
    pub fn in_storage(make: impl Fn() -> Box<dyn Storage> + Send + Sync + 'static) -> Result<Self, JournalError> {
        Self::new(JournalLocation::Storage(Arc::new(make)))
    }

    /// Reads the journal of a directory. Takes no lock and changes nothing.
    pub fn open_read_only(directory: &Path) -> Result<Self, JournalError> {
        let (history, obstacle) = journal::open_read_only(directory)?;
        let view = CachedHistory { history: Arc::new(history), obstacle, is_broken: false };
        Ok(Self::with(JournalLocation::Directory(directory.to_owned()), view))
    }

    fn new(location: JournalLocation) -> Result<Self, JournalError> {
        let view = view_of(location.open()?);
        Ok(Self::with(location, view))
    }

    fn with(location: JournalLocation, view: CachedHistory) -> Self {
        Self { location, view: Arc::new(Mutex::new(view)), turn: Arc::default() }
    }

    /// Opens the archive beside the journal; `None` if the directory is missing or the journal is not in a directory.
    pub fn open_archive(&self) -> Result<Option<Archive>, JournalError> {
        match &self.location {
            JournalLocation::Directory(directory) => Archive::open_read_only(directory),
            JournalLocation::Storage(_) => Ok(None),
        }
    }

    /// Reads the journal again, and concludes what a run that ended left open. Does nothing while a session of this
    /// process is writing, or after a record of this run could not be written.
    pub fn refresh(&self) -> Result<(), JournalError> {
        let Ok(_turn) = self.turn.try_lock() else { return Ok(()) };
        if self.view().is_broken {
            return Ok(());
        }
        let view = view_of(self.location.open()?);
        // What came to light at the start is told for the whole run.
        let mut history = Arc::unwrap_or_clone(view.history);
        history.remember(self.history().notices());
        *self.view() = CachedHistory { history: Arc::new(history), ..view };
        Ok(())
    }

    pub fn history(&self) -> Arc<History> {
        Arc::clone(&self.view().history)
    }

    /// Returns why nothing can be bought; `None` if nothing prevents it.
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.view().obstacle.clone()
    }

    /// Returns why nothing can be written, not even the result of a search. Records that may be missing prevent buying
    /// but not writing.
    pub fn write_obstacle(&self) -> Option<Obstacle> {
        self.obstacle().filter(|why| match why {
            Obstacle::RecordsLost(_) => false,
            Obstacle::AnotherInstance
            | Obstacle::NoLock { .. }
            | Obstacle::NotWritable { .. }
            | Obstacle::Damaged { .. }
            | Obstacle::ArchiveDamaged { .. }
            | Obstacle::Newer { .. } => true,
        })
    }

    /// Starts a session, which holds the lock for as long as it lives, and reads what others wrote. Waits up to 3
    /// seconds for another process, and for as long as another session of this process lives.
    pub async fn session(&self) -> Result<Session, SessionError> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let broken = self.view().obstacle.clone().filter(|_| self.view().is_broken);
        if let Some(why) = broken {
            return Err(SessionError::ReadOnly(why));
        }
        let mut tries = LOCK_TIMEOUT.as_millis() / LOCK_RETRY_INTERVAL.as_millis();
        loop {
            match self.location.open() {
                Ok(Opened::Writable(journal)) => {
                    let records = RecordWriter(Arc::new(Mutex::new(Some(journal))));
                    return Ok(Session { records, files: self.clone(), _turn: turn });
                }
                Ok(Opened::ReadOnly(_, Obstacle::AnotherInstance)) if tries > 0 => {
                    tries -= 1;
                    tokio::time::sleep(LOCK_RETRY_INTERVAL).await;
                }
                Ok(Opened::ReadOnly(history, why)) => {
                    *self.view() = view_of(Opened::ReadOnly(history, why.clone()));
                    return Err(SessionError::ReadOnly(why));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn view(&self) -> MutexGuard<'_, CachedHistory> {
        // Whoever broke down while holding it left it whole: it is replaced in one step.
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes the cached view of an opened journal. Another process that is writing is no obstacle, because its session will
/// end.
fn view_of(opened: Opened) -> CachedHistory {
    match opened {
        Opened::Writable(journal) => {
            let obstacle = journal.buying_obstacle();
            CachedHistory { history: Arc::new(journal.into_history()), obstacle, is_broken: false }
        }
        Opened::ReadOnly(history, why) => {
            let obstacle = (why != Obstacle::AnotherInstance).then_some(why);
            CachedHistory { history: Arc::new(history), obstacle, is_broken: false }
        }
    }
}

/// The reason why nothing can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    #[error(transparent)]
    Journal(SharedError<JournalError>),
    #[error(transparent)]
    ReadOnly(Obstacle),
    /// The archive could not be read, so the orders could not be compared with it.
    #[error(transparent)]
    Archive(SharedError<io::Error>),
    #[error("{}", tr!("the journal was closed meanwhile"))]
    Closed,
}

impl From<JournalError> for SessionError {
    fn from(error: JournalError) -> Self {
        Self::Journal(error.into())
    }
}

/// Writes the records of a session; every attempt fails once the session has ended.
#[derive(Debug, Clone)]
pub struct RecordWriter(Arc<Mutex<Option<Journal>>>);

impl RecordWriter {
    fn journal(&self) -> MutexGuard<'_, Option<Journal>> {
        // A thread that broke down while it held the journal left it whole or marked as broken.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends a record. It is on the disk when this returns `Ok`.
    pub fn append(&self, entry: &JournalEntry) -> Result<(), SessionError> {
        let mut journal = self.journal();
        let Some(journal) = journal.as_mut() else { return Err(SessionError::Closed) };
        match journal.append(entry) {
            Ok(()) => {
                log::record_written(entry, |id: Uuid| journal.intents().state(id).cloned());
                Ok(())
            }
            Err(error) => {
                log::record_not_written(entry, &error);
                Err(error.into())
            }
        }
    }
}

/// A session with the lock of the journal, from the first record to the last. Dropping it concludes an order whose call
/// was abandoned, and releases the lock.
#[derive(Debug)]
pub struct Session {
    records: RecordWriter,
    files: JournalStore,
    _turn: OwnedMutexGuard<()>,
}

impl Session {
    /// Appends a record. It is on the disk when this returns `Ok`.
    pub fn append(&self, entry: &JournalEntry) -> Result<(), SessionError> {
        self.records.append(entry)
    }

    /// Calls `look` with the intents of the journal, without copying them. Returns the default value once the session
    /// has ended.
    pub fn with<T: Default>(&self, look: impl FnOnce(&Intents) -> T) -> T {
        self.records.journal().as_ref().map(|journal| look(journal.intents())).unwrap_or_default()
    }

    /// Records that the call of an order was abandoned before its end. If this cannot be written, the next session does
    /// it.
    fn conclude_interrupted(&self) {
        let id = self.with(|intents| intents.under_way().map(|purchase| purchase.intent().id));
        if let Some(id) = id {
            let _ = self.append(&JournalEntry::Interrupted { id, at: clock::now() });
        }
    }

    /// Returns a handle that writes records, for a step that runs while the session lives.
    pub fn records(&self) -> RecordWriter {
        self.records.clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.conclude_interrupted();
        // Taken out, so that the lock goes even if somebody still holds the records.
        let Some(journal) = self.records.journal().take() else { return };
        let obstacle = journal.broken().map(|reason| Obstacle::NotWritable { reason: reason.to_owned() });
        let is_broken = obstacle.is_some();
        let obstacle = obstacle.or_else(|| journal.buying_obstacle());
        let mut history = journal.into_history();
        history.remember(self.files.history().notices());
        *self.files.view() = CachedHistory { history: Arc::new(history), obstacle, is_broken };
    }
}
