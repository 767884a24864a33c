//! Loading of the records from the disk, with a check of `journal.last` against them. With the lock, they are read
//! once; without it, another process may be writing, so anything that looks unfinished is read again.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::error::{JournalError, JournalNotice, Obstacle};
use super::history::History;
use super::last_record::{self, LastFileStatus};
use super::parse::{self, ParsedJournal, Remainder};
use super::storage::Storage;
use crate::purchase::intents::Loss;

/// The maximum number of reads without the lock. Between them the writing process gets the time [`PAUSE`].
const READINGS: u32 = 5;
const PAUSE: Duration = Duration::from_millis(1);

/// The content of `journal.last`, or the error of reading it; `None` if there is no such file.
pub(super) type LastFile = Result<Option<Vec<u8>>, UnreadLast>;

/// The error of reading `journal.last`. Two errors are equal if their kind and their OS error code are.
#[derive(Debug, Clone)]
pub(super) struct UnreadLast(Arc<io::Error>);

impl PartialEq for UnreadLast {
    fn eq(&self, other: &Self) -> bool {
        (self.0.kind(), self.0.raw_os_error()) == (other.0.kind(), other.0.raw_os_error())
    }
}

impl fmt::Display for UnreadLast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A journal that was read from its storage.
#[derive(Debug)]
pub(super) struct LoadedJournal {
    pub(super) reading: ParsedJournal,
    /// The bytes after the last record that can be read.
    pub(super) torn: Vec<u8>,
    pub(super) last: Result<LastFileStatus, Loss>,
    /// The error of reading `journal.last`, if that failed.
    pub(super) unread: Option<UnreadLast>,
}

/// Both files, as they were read without the lock.
#[derive(PartialEq)]
struct Snapshot {
    bytes: Vec<u8>,
    last: LastFile,
    /// Set if a record was added during the read: `journal.last` is written after each record, so while it stays the
    /// same, the two files belong together.
    is_moving: bool,
}

impl Snapshot {
    fn take(storage: &mut dyn Storage) -> Result<Self, JournalError> {
        let before = read_last(storage);
        let bytes = storage.read().map_err(JournalError::Read)?;
        let last = read_last(storage);
        let is_moving = before != last;
        Ok(Self { bytes, last, is_moving })
    }

    fn ends_with_a_line(&self) -> bool {
        self.bytes.last().is_none_or(|last| *last == b'\n')
    }
}

impl LoadedJournal {
    pub(super) fn from_bytes(bytes: &[u8], last: &LastFile) -> Self {
        let reading = parse::parse_journal(bytes);
        let torn = bytes.get(reading.end..).unwrap_or_default().to_vec();
        let (last, unread) = match last {
            Ok(last) => (last_record::compare(&reading, last.as_deref()), None),
            Err(why) => (Err(Loss { expected: None, found: reading.records }), Some(why.clone())),
        };
        Self { reading, torn, last, unread }
    }

    /// Reads the journal while its lock is held, so that nobody else can write to it.
    pub(super) fn with_lock(storage: &mut dyn Storage) -> Result<Self, JournalError> {
        let bytes = storage.read().map_err(JournalError::Read)?;
        Ok(Self::from_bytes(&bytes, &read_last(storage)))
    }

    /// Reads a journal that another process may be writing to, up to [`READINGS`] times. Content that is unfinished or
    /// does not match is accepted once it no longer changes or the last attempt is reached.
    pub(super) fn without_lock(storage: &mut dyn Storage) -> Result<Self, JournalError> {
        let mut earlier = None;
        for _ in 1..READINGS {
            let snapshot = Snapshot::take(storage)?;
            if !snapshot.is_moving && snapshot.ends_with_a_line() {
                let found = Self::from_bytes(&snapshot.bytes, &snapshot.last);
                if found.last.is_ok() || earlier.as_ref() == Some(&snapshot) {
                    return Ok(found);
                }
                earlier = Some(snapshot);
            }
            std::thread::sleep(PAUSE);
        }
        let Snapshot { bytes, last, is_moving } = Snapshot::take(storage)?;
        let mut found = Self::from_bytes(&bytes, &last);
        if is_moving {
            // The process that writes has compared them.
            found.last = Ok(LastFileStatus::Current);
        }
        Ok(found)
    }

    /// Returns why nothing can be added to the journal, whoever holds its lock; `None` if it is intact or only its end
    /// is torn.
    pub(super) fn flaw(&self) -> Option<Obstacle> {
        let offset = self.reading.end as u64;
        match &self.reading.rest {
            Remainder::Nothing | Remainder::Torn => None,
            Remainder::Damaged(what) => {
                Some(Obstacle::Damaged { offset, record: self.reading.records + 1, what: what.clone() })
            }
            Remainder::Newer(format) => Some(Obstacle::Newer { offset, format: *format }),
        }
    }

    /// Returns the history without a torn end, which stays in the file. If records may be missing, orders become
    /// doubtful as if the loss had been recorded at the time `at`.
    pub(super) fn into_history(self, at: Timestamp) -> History {
        let notices = match self.reading.rest {
            Remainder::Torn => {
                vec![JournalNotice::Unfinished { offset: self.reading.end as u64, bytes: self.torn.len() as u64 }]
            }
            Remainder::Nothing | Remainder::Damaged(_) | Remainder::Newer(_) => Vec::new(),
        };
        let mut history = History { intents: Arc::new(self.reading.intents), notices };
        if let Err(loss) = self.last {
            history.doubt(loss, at);
        }
        history
    }
}

fn read_last(storage: &mut dyn Storage) -> LastFile {
    storage.read_last().map_err(|error| UnreadLast(Arc::new(error)))
}
