//! The operations that the journal needs from its storage. The one production implementation is a directory on the
//! disk; tests inject faults into every call.

use std::fmt::Debug;
use std::io;

use super::file_identity::JournalMoved;

/// The prefix of the file names for lost records; a number follows.
pub(super) const TORN_PREFIX: &str = "journal.torn-";

/// The storage of one journal. Every call may fail, and none is repeated after it failed.
pub trait Storage: Debug + Send {
    /// Takes the lock for as long as this value lives; `false` if another instance has it. The journal itself is locked
    /// too, so that it stays locked when the lock file is removed.
    fn lock(&mut self) -> io::Result<bool>;

    /// Reads all bytes of the journal; none if there is no journal.
    fn read(&mut self) -> io::Result<Vec<u8>>;

    /// Prepares the journal for writing, and returns whether it is new. Its name is on the disk then.
    fn create(&mut self) -> io::Result<bool>;

    /// Checks that every open file is still the one at its path, and that the journal has exactly `expected_length`
    /// bytes.
    fn check_identity(&mut self, expected_length: u64) -> Result<(), JournalMoved>;

    /// Reserves space so that `bytes` more bytes can be written even when the disk is full.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;

    /// Writes some of the bytes at the end, and returns how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Syncs everything that was written to the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Reads `journal.last`, or as much of it as shows that it is not a valid one; `None` if there is none.
    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>>;

    /// Replaces `journal.last` by a new file in one step, and syncs it to the disk.
    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Overwrites `journal.last`, which has the same length already, with a single write.
    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Syncs `journal.last` to the disk.
    fn sync_last(&mut self) -> io::Result<()>;

    /// Writes the bytes of a lost record to a new file of this name, and syncs it to the disk.
    fn quarantine(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Returns the names of the files of lost records, with their lengths in bytes.
    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>>;

    /// Truncates the journal to `length` bytes, and syncs it to the disk.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}
