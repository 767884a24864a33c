//! What the journal asks of the place in which it is kept. The one production implementation is a
//! folder on the disk; tests plant faults in every call.

use std::fmt::Debug;
use std::io;

/// How the name of a file of a lost record begins; a number follows.
pub(super) const TORN: &str = "journal.torn-";

/// A place for one journal. Every call may fail, and none is repeated after it failed.
pub trait Storage: Debug + Send {
    /// Takes the lock for as long as this lives; `false` if another instance has it.
    fn lock(&mut self) -> io::Result<bool>;

    /// All bytes of the journal; none if there is no journal.
    fn read(&mut self) -> io::Result<Vec<u8>>;

    /// Makes it ready to be written to, and tells whether it is new. Its name is on the disk then.
    fn begin(&mut self) -> io::Result<bool>;

    /// Sees to it that so many bytes can still be written when the disk is full.
    fn reserve(&mut self, bytes: u64) -> io::Result<()>;

    /// Writes some of the bytes at the end, and tells how many.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Returns when everything that was written is on the disk.
    fn sync(&mut self) -> io::Result<()>;

    /// Keeps the bytes of a lost record in a new file of this name, on the disk.
    fn set_aside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// The names and lengths of the files of lost records.
    fn files_set_aside(&mut self) -> io::Result<Vec<(String, u64)>>;

    /// Cuts the journal off behind so many bytes, on the disk.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}
