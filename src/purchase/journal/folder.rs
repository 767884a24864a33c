//! The place of a journal on the disk: a directory for one person, the journal, its lock, and the
//! files of lost records. Everything in it is opened below the one directory that was judged.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use super::place::{Kind, Unfit, judge};
use super::reserve::Reserve;
use super::storage::{Storage, TORN};
use crate::faults::is_planted;
use crate::words::tr;

pub(super) const JOURNAL: &str = "journal.jsonl";
const LOCK: &str = "journal.lock";
const BALLAST: &str = "journal.reserve";

/// A directory that was found fit.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    directory: File,
    /// Held open as long as the journal, because the lock goes with it.
    lock: Option<File>,
    journal: Option<File>,
    reserve: Reserve,
}

impl Folder {
    /// Makes the directory if it is not there, and judges it and what is in it.
    pub(super) fn enter(path: &Path) -> Result<Self, Unfit> {
        // A slash at the end would lead through a link.
        let path: PathBuf = path.components().collect();
        let unreachable = |source| Unfit::Unreachable { path: path.clone(), source };
        let us = rustix::process::geteuid().as_raw();
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            make(&path).map_err(unreachable)?;
        }
        judge(&path, Kind::Directory, &fs::symlink_metadata(&path).map_err(unreachable)?, us)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let directory = rustix::fs::open(&path, flags, Mode::empty()).map_err(|errno| unreachable(errno.into()))?;
        for name in [JOURNAL, LOCK, BALLAST] {
            let file = path.join(name);
            match fs::symlink_metadata(&file) {
                Ok(there) => judge(&file, Kind::File, &there, us)?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(source) => return Err(Unfit::Unreachable { path: file, source }),
            }
        }
        Ok(Self { path, directory: directory.into(), lock: None, journal: None, reserve: Reserve::default() })
    }

    /// The same place on a file system that sets no room aside.
    #[cfg(test)]
    pub(super) fn with_ballast(mut self) -> Self {
        self.reserve = Reserve::with_ballast();
        self
    }

    fn open(&self, name: &str, flags: OFlags) -> io::Result<File> {
        open_below(&self.directory, name, flags)
    }

    fn journal(&self) -> io::Result<&File> {
        self.journal.as_ref().ok_or_else(|| io::Error::other(tr!("the journal was not opened to be written to")))
    }
}

/// Opens a file of the directory, never through a link.
fn open_below(directory: &File, name: &str, flags: OFlags) -> io::Result<File> {
    let mode = Mode::from_raw_mode(Kind::File.mode());
    Ok(rustix::fs::openat(directory, name, flags | OFlags::NOFOLLOW | OFlags::CLOEXEC, mode)?.into())
}

impl Storage for Folder {
    fn lock(&mut self) -> io::Result<bool> {
        let file = self.open(LOCK, OFlags::RDWR | OFlags::CREATE)?;
        if is_planted("no-lock") {
            return Ok(true);
        }
        match file.try_lock() {
            Ok(()) => {
                self.lock = Some(file);
                Ok(true)
            }
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self.open(JOURNAL, OFlags::RDONLY) {
            Ok(mut file) => file.read_to_end(&mut bytes)?,
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        Ok(bytes)
    }

    fn begin(&mut self) -> io::Result<bool> {
        let flags = OFlags::WRONLY | OFlags::APPEND;
        let (file, is_new) = match self.open(JOURNAL, flags) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                (self.open(JOURNAL, flags | OFlags::CREATE | OFlags::EXCL)?, true)
            }
            other => (other?, false),
        };
        self.journal = Some(file);
        // Not only for a new journal: a run may have ended between making it and this line.
        self.directory.sync_all()?;
        Ok(is_new)
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        let Self { directory, journal: Some(journal), reserve, .. } = self else {
            return self.journal().map(|_| ());
        };
        reserve.take(journal, || open_below(directory, BALLAST, OFlags::WRONLY | OFlags::CREATE), bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.reserve.release(bytes.len() as u64);
        self.journal()?.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.journal()?.sync_data()
    }

    fn set_aside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.open(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.directory.sync_all()
    }

    fn files_set_aside(&mut self) -> io::Result<Vec<(String, u64)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string()
                && name.starts_with(TORN)
            {
                files.push((name, entry.metadata()?.len()));
            }
        }
        files.sort();
        Ok(files)
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        let journal = self.journal()?;
        journal.set_len(length)?;
        journal.sync_all()
    }
}

/// Makes a directory and those above it, each for one person, each on the disk.
fn make(path: &Path) -> io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Err(ErrorKind::NotFound.into()),
    };
    if !parent.exists() {
        make(parent)?;
    }
    match DirBuilder::new().mode(Kind::Directory.mode()).create(path) {
        // Another instance was a moment faster; the directory is judged in any case.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }?;
    File::open(parent)?.sync_all()
}
