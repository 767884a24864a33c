//! What the journal asks of the place in which it is kept. The one production implementation is a
//! folder on the disk; tests plant faults in every call.

use std::fmt::Debug;
use std::io;

use super::file_identity::JournalMoved;

/// How the name of a file of a lost record begins; a number follows.
pub(super) const TORN_PREFIX: &str = "journal.torn-";

/// A place for one journal. Every call may fail, and none is repeated after it failed.
pub trait Storage: Debug + Send {
    /// Takes the lock for as long as this lives; `false` if another instance has it. The journal
    /// itself is locked too, so that it stays locked when the lock file is removed.
    fn lock(&mut self) -> io::Result<bool>;

    /// All bytes of the journal; none if there is no journal.
    fn read(&mut self) -> io::Result<Vec<u8>>;

    /// Makes it ready to be written to, and tells whether it is new. Its name is on the disk then.
    fn create(&mut self) -> io::Result<bool>;

    /// Checks that everything that is open still is what its path leads to, and that the journal has
    /// exactly so many bytes.
    fn check_identity(&mut self, expected_length: u64) -> Result<(), JournalMoved>;

    /// Sees to it that so many bytes can still be written when the disk is full.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;

    /// Writes some of the bytes at the end, and tells how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Returns when everything that was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// What `journal.last` holds, or as much of it as shows that it is not ours; `None` if there is none.
    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>>;

    /// Puts a new `journal.last` in the place of any other at once, on the disk.
    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Overwrites `journal.last`, which has the same length already, by a single write.
    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns when `journal.last` is on the disk.
    fn sync_last(&mut self) -> io::Result<()>;

    /// Keeps the bytes of a lost record in a new file of this name, on the disk.
    fn quarantine(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// The names and lengths of the files of lost records.
    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>>;

    /// Cuts the journal off behind so many bytes, on the disk.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}
