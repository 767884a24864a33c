//! The files of the archive on the disk, opened relative to the directory that was checked.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt as _;

use rustix::fs::{OFlags, renameat};

use super::fault::ArchiveFault;
use crate::purchase::intents::Archived;
use crate::purchase::journal::permissions::open_below;
use crate::purchase::journal::record_format::{self, Checksum, TAIL};

pub(in crate::purchase::journal) const ARCHIVE: &str = "archive.jsonl";
pub(in crate::purchase::journal) const INDEX: &str = "archive.index";
/// The file that becomes the index by renaming.
const NEW_INDEX: &str = "archive.index.new";

/// A directory that may contain an archive.
#[derive(Debug)]
pub(in crate::purchase::journal) struct ArchiveFiles {
    directory: File,
}

impl ArchiveFiles {
    pub(in crate::purchase::journal) fn in_directory(directory: File) -> Self {
        Self { directory }
    }

    /// Opens a file for reading; `None` if it does not exist.
    pub(super) fn read(&self, name: &str) -> io::Result<Option<File>> {
        match open_below(&self.directory, name, OFlags::RDONLY) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    /// Opens a file for reading and appending, and creates it if it is missing.
    pub(super) fn append(&self, name: &str) -> io::Result<File> {
        open_below(&self.directory, name, OFlags::RDWR | OFlags::APPEND | OFlags::CREATE)
    }

    /// Creates an empty file that becomes the index by renaming.
    pub(super) fn new_index(&self) -> io::Result<File> {
        open_below(&self.directory, NEW_INDEX, OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC)
    }

    pub(super) fn replace_index(&self) -> io::Result<()> {
        renameat(&self.directory, NEW_INDEX, &self.directory, INDEX)?;
        self.sync()
    }

    /// Syncs the directory, so that the names of the files are on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.directory.sync_all()
    }

    /// Returns how the end of the archive differs from what the journal recorded; `None` if it does not, or if nothing
    /// was archived. Reads only the end.
    pub(in crate::purchase::journal) fn flaw(&self, archived: Option<&Archived>) -> Option<ArchiveFault> {
        let archived = archived?;
        match self.read(ARCHIVE) {
            Err(error) => Some(error.into()),
            Ok(None) => Some(ArchiveFault::Missing),
            Ok(Some(file)) => match check_before(&file, archived.length) {
                Err(error) => Some(error.into()),
                Ok(check) if check.as_ref().map(Checksum::digits) == Some(&archived.check) => None,
                Ok(_) => Some(ArchiveFault::End { number: archived.orders }),
            },
        }
    }
}

/// Returns the checksum of the line that ends at an offset; `None` if none does.
pub(super) fn check_before(file: &File, end: u64) -> io::Result<Option<Checksum>> {
    const LENGTH: usize = TAIL + 1;
    let mut tail = [0; LENGTH];
    let Some(from) = end.checked_sub(LENGTH as u64) else { return Ok(None) };
    match file.read_exact_at(&mut tail, from) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
        Ok(()) => Ok(tail.strip_suffix(b"\n").and_then(record_format::check_at_end)),
    }
}
