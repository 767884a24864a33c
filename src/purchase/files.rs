//! The journal of a state directory as the rest of the program uses it: read without a lock, and written to in sessions
//! that hold the lock from their first record to their last.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, OwnedMutexGuard};
use uuid::Uuid;

use super::intents::{Entry, Intents};
use super::journal::{self, Archive, Fact, History, Journal, JournalError, LEAST_ARCHIVED, Opened, Storage, Why};
use super::log;
use crate::clock;
use crate::words::tr;

/// How long a session waits for another process that writes, and how often it looks.
const PATIENCE: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(50);

/// Makes the storage of a journal, anew for each session.
type MakeStorage = Arc<dyn Fn() -> Box<dyn Storage> + Send + Sync>;

/// Where a journal is kept.
#[derive(Clone)]
enum Place {
    Directory(PathBuf),
    #[cfg_attr(not(test), expect(dead_code, reason = "tests keep journals in memory"))]
    Storage(MakeStorage),
}

impl Place {
    fn open(&self) -> Result<Opened, JournalError> {
        match self {
            Self::Directory(directory) => Journal::open(directory, clock::now()),
            Self::Storage(make) => Journal::open_in(make(), clock::now()),
        }
    }
}

/// What was read or written last.
#[derive(Debug, Clone)]
struct View {
    history: Arc<History>,
    /// Why nothing can be bought.
    obstacle: Option<Why>,
    /// A record of this run failed: what the disk holds is not known here, so this process writes nothing more.
    is_broken: bool,
}

/// The journal of one place.
#[derive(Clone)]
pub struct Files {
    place: Place,
    view: Arc<Mutex<View>>,
    /// One session at a time in this process; the lock of the journal keeps other processes out.
    turn: Arc<Turn<()>>,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Files").field("view", &self.view).finish_non_exhaustive()
    }
}

impl Files {
    /// Opens the journal of a directory, concludes what an earlier run left open, and lets go of the lock.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        let files = Self::of(Place::Directory(directory.to_owned()))?;
        files.archive(directory);
        Ok(files)
    }

    /// Moves settled orders to the archive, before the first record of this run. If that fails, buying goes on.
    fn archive(&self, directory: &Path) {
        let now = clock::now();
        if self.obstacle().is_some() || self.history().intents().archivable(now).len() < LEAST_ARCHIVED {
            return;
        }
        let moved = journal::archive(directory, now);
        log::archived(&moved);
        // Whatever became of it: what counts is on the disk.
        let failed = self.refresh().and(moved).err();
        if let Some(error) = failed {
            let mut view = self.view();
            let fact = Fact::NotArchived { why: error.to_string() };
            Arc::make_mut(&mut view.history).remember(&[fact]);
        }
    }

    /// Opens a journal that is kept anywhere.
    #[cfg(test)]
    pub fn in_storage(make: impl Fn() -> Box<dyn Storage> + Send + Sync + 'static) -> Result<Self, JournalError> {
        Self::of(Place::Storage(Arc::new(make)))
    }

    /// Reads the journal of a directory, and does nothing else.
    pub fn look(directory: &Path) -> Result<Self, JournalError> {
        let (history, obstacle) = journal::look(directory)?;
        let view = View { history: Arc::new(history), obstacle, is_broken: false };
        Ok(Self::with(Place::Directory(directory.to_owned()), view))
    }

    fn of(place: Place) -> Result<Self, JournalError> {
        let view = view_of(place.open()?);
        Ok(Self::with(place, view))
    }

    fn with(place: Place, view: View) -> Self {
        Self { place, view: Arc::new(Mutex::new(view)), turn: Arc::default() }
    }

    /// The archive beside the journal, if there can be one.
    pub fn archive_beside(&self) -> Result<Option<Archive>, JournalError> {
        match &self.place {
            Place::Directory(directory) => Archive::look(directory),
            Place::Storage(_) => Ok(None),
        }
    }

    /// Reads the journal again. While a session of this process writes, what was read last stands.
    pub fn refresh(&self) -> Result<(), JournalError> {
        let Ok(_turn) = self.turn.try_lock() else { return Ok(()) };
        if self.view().is_broken {
            return Ok(());
        }
        let view = view_of(self.place.open()?);
        // What came to light at the start is told for the whole run.
        let mut history = Arc::unwrap_or_clone(view.history);
        history.remember(self.history().facts());
        *self.view() = View { history: Arc::new(history), ..view };
        Ok(())
    }

    pub fn history(&self) -> Arc<History> {
        Arc::clone(&self.view().history)
    }

    /// Returns why nothing can be bought.
    pub fn obstacle(&self) -> Option<Why> {
        self.view().obstacle.clone()
    }

    /// Returns why nothing can be written, not even what a search finds.
    pub fn write_obstacle(&self) -> Option<Why> {
        self.obstacle().filter(|why| match why {
            Why::RecordsLost(_) => false,
            Why::AnotherInstance
            | Why::NoLock { .. }
            | Why::NotWritable { .. }
            | Why::Damaged { .. }
            | Why::ArchiveDamaged { .. }
            | Why::Newer { .. } => true,
        })
    }

    /// Takes the lock and reads what others wrote, for as long as the session lives. Waits a few seconds for another process.
    pub async fn session(&self) -> Result<Session, SessionError> {
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let broken = self.view().obstacle.clone().filter(|_| self.view().is_broken);
        if let Some(why) = broken {
            return Err(SessionError::ReadOnly(why));
        }
        let mut tries = PATIENCE.as_millis() / PAUSE.as_millis();
        loop {
            match self.place.open() {
                Ok(Opened::Writable(journal)) => {
                    let records = Records(Arc::new(Mutex::new(Some(journal))));
                    return Ok(Session { records, files: self.clone(), _turn: turn });
                }
                Ok(Opened::ReadOnly(_, Why::AnotherInstance)) if tries > 0 => {
                    tries -= 1;
                    tokio::time::sleep(PAUSE).await;
                }
                Ok(Opened::ReadOnly(history, why)) => {
                    *self.view() = view_of(Opened::ReadOnly(history, why.clone()));
                    return Err(SessionError::ReadOnly(why));
                }
                Err(error) => return Err(SessionError::Journal(error)),
            }
        }
    }

    fn view(&self) -> MutexGuard<'_, View> {
        // Whoever broke down while holding it left it whole: it is replaced in one step.
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Another process that writes at the moment is no obstacle: its session ends.
fn view_of(opened: Opened) -> View {
    match opened {
        Opened::Writable(journal) => {
            let obstacle = journal.buying_obstacle();
            View { history: Arc::new(journal.into_history()), obstacle, is_broken: false }
        }
        Opened::ReadOnly(history, why) => {
            let obstacle = (why != Why::AnotherInstance).then_some(why);
            View { history: Arc::new(history), obstacle, is_broken: false }
        }
    }
}

/// Why nothing can be written.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error(transparent)]
    ReadOnly(Why),
}

/// The records of a session; empty once it is over.
#[derive(Debug, Clone)]
pub struct Records(Arc<Mutex<Option<Journal>>>);

impl Records {
    fn journal(&self) -> MutexGuard<'_, Option<Journal>> {
        // A thread that broke down while it held the journal left it whole or marked as broken.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a record; on the disk when this returns.
    pub fn append(&self, entry: &Entry) -> Result<(), String> {
        let mut journal = self.journal();
        let Some(journal) = journal.as_mut() else { return Err(tr!("the journal was closed meanwhile")) };
        match journal.append(entry) {
            Ok(()) => {
                log::kept(entry, |id: Uuid| journal.intents().state(id).cloned());
                Ok(())
            }
            Err(error) => {
                log::not_kept(entry, &error);
                Err(error.to_string())
            }
        }
    }
}

/// The lock of the journal, from the first record to the last. Dropping it lets go of the lock.
#[derive(Debug)]
pub struct Session {
    records: Records,
    files: Files,
    _turn: OwnedMutexGuard<()>,
}

impl Session {
    /// Adds a record; on the disk when this returns.
    pub fn append(&self, entry: &Entry) -> Result<(), String> {
        self.records.append(entry)
    }

    /// Looks at what the journal says, nothing being copied.
    pub fn with<T: Default>(&self, look: impl FnOnce(&Intents) -> T) -> T {
        self.records.journal().as_ref().map(|journal| look(journal.intents())).unwrap_or_default()
    }

    /// Concludes an order whose call was given up before its end. If that cannot be kept, the next session does it.
    fn conclude_interrupted(&self) {
        let id = self.with(|intents| intents.under_way().map(|purchase| purchase.intent().id));
        if let Some(id) = id {
            let _ = self.append(&Entry::Interrupted { id, at: clock::now() });
        }
    }

    /// The records, for a step that is taken while the session lives.
    pub fn records(&self) -> Records {
        self.records.clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.conclude_interrupted();
        // Taken out, so that the lock goes even if somebody still holds the records.
        let Some(journal) = self.records.journal().take() else { return };
        let obstacle = journal.broken().map(|reason| Why::NotWritable { reason: reason.to_owned() });
        let is_broken = obstacle.is_some();
        let obstacle = obstacle.or_else(|| journal.buying_obstacle());
        let mut history = journal.into_history();
        history.remember(self.files.history().facts());
        *self.files.view() = View { history: Arc::new(history), obstacle, is_broken };
    }
}
