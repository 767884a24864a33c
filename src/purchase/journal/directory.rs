//! The storage of a journal on the disk: a directory of one user, with the journal, its lock, and the files of lost
//! records. Everything in it is opened relative to the one directory that was checked.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, ErrorKind, Read as _, Seek as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use rustix::fs::{Access, AtFlags, Mode, OFlags, accessat, linkat, renameat, unlinkat};
use rustix::io::Errno;

use super::archive::{ARCHIVE, ArchiveFiles, INDEX};
use super::error::Obstacle;
use super::file_identity::{JournalMoved, check_same_file};
use super::last_record::LENGTH;
use super::permissions::{PathKind, UnusablePath, check_parents, check_path, open_below};
use super::preallocate::SpaceReserve;
use super::storage::{Storage, TORN_PREFIX};
use crate::i18n::tr;
use crate::testing::failpoint;

const JOURNAL: &str = "journal.jsonl";
const LOCK: &str = "journal.lock";
const RESERVE_FILE: &str = "journal.reserve";
const LAST: &str = "journal.last";
/// The file that becomes `journal.jsonl` by renaming.
const NEW_JOURNAL: &str = "journal.new";
/// The file that becomes `journal.last` by renaming.
const NEW_LAST: &str = "journal.last.new";

const WRITABLE: OFlags = OFlags::RDWR.union(OFlags::APPEND);

/// A directory that passed all checks.
#[derive(Debug)]
pub(super) struct JournalDirectory {
    path: PathBuf,
    directory: File,
    /// The lock file. Held open as long as the journal, because closing it releases the lock.
    lock: Option<File>,
    /// The journal file, which is locked as well.
    journal: Option<File>,
    last: Option<File>,
    reserve: SpaceReserve,
}

impl JournalDirectory {
    /// Creates the directory if it is missing, and checks it, those above it and the files in it.
    pub(super) fn enter(path: &Path) -> Result<Self, UnusablePath> {
        let path = without_slash(path);
        if is_missing(&path) {
            // Nothing is made where it could not stay.
            let above = path.ancestors().skip(1).map(or_here).find(|above| above.exists());
            check_parents(above.unwrap_or(Path::new("/")), us())?;
            make(&path).map_err(|source| UnusablePath::Unreachable { path: path.clone(), source })?;
        }
        Self::judged(path)
    }

    /// Checks the directory, those above it and the files in it, and creates nothing; `None` if it is missing.
    pub(super) fn existing(path: &Path) -> Result<Option<Self>, UnusablePath> {
        let path = without_slash(path);
        if is_missing(&path) { Ok(None) } else { Self::judged(path).map(Some) }
    }

    fn judged(path: PathBuf) -> Result<Self, UnusablePath> {
        let unreachable = |source| UnusablePath::Unreachable { path: path.clone(), source };
        check_path(&path, PathKind::Directory, &fs::symlink_metadata(&path).map_err(unreachable)?, us())?;
        check_parents(&path.join(".."), us())?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let directory = rustix::fs::open(&path, flags, Mode::empty()).map_err(|errno| unreachable(errno.into()))?;
        for name in [JOURNAL, LOCK, RESERVE_FILE, LAST, ARCHIVE, INDEX] {
            let file = path.join(name);
            match fs::symlink_metadata(&file) {
                Ok(there) => check_path(&file, PathKind::File, &there, us())?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(source) => return Err(UnusablePath::Unreachable { path: file, source }),
            }
        }
        let directory = directory.into();
        Ok(Self { path, directory, lock: None, journal: None, last: None, reserve: SpaceReserve::default() })
    }

    /// Returns why nothing can be written here, found out without writing; `None` if nothing prevents it.
    pub(super) fn write_obstacle(&self) -> Option<io::Error> {
        let refused = |name: &&str| match accessat(&self.directory, *name, Access::WRITE_OK, AtFlags::EACCESS) {
            Ok(()) | Err(Errno::NOENT) => None,
            Err(errno) => Some(errno.into()),
        };
        [".", JOURNAL, LOCK, LAST].iter().find_map(refused)
    }

    /// Locks both files, and keeps them if they are still the files at their paths. Returns `false` if another process
    /// holds a lock.
    pub(super) fn take(&mut self, lock: File, journal: Option<File>) -> io::Result<bool> {
        if !try_lock(&lock)? || !journal.as_ref().map_or(Ok(true), try_lock)? {
            return Ok(false);
        }
        check_same_file(&self.path.join(LOCK), &lock).map_err(io::Error::other)?;
        if let Some(journal) = &journal {
            check_same_file(&self.path.join(JOURNAL), journal).map_err(io::Error::other)?;
        }
        (self.lock, self.journal) = (Some(lock), journal);
        Ok(true)
    }

    /// Opens the lock file, which is created if it is missing, and the journal, which is `None` if it cannot be opened
    /// for writing.
    pub(super) fn open_both(&self) -> io::Result<(File, Option<File>)> {
        Ok((self.open(LOCK, OFlags::RDWR | OFlags::CREATE)?, self.open(JOURNAL, WRITABLE).ok()))
    }

    /// Returns access to the files of the archive, which are in the same directory.
    pub(super) fn archive_files(&self) -> io::Result<ArchiveFiles> {
        Ok(ArchiveFiles::in_directory(self.directory.try_clone()?))
    }

    /// Writes and syncs a new journal beside the open one, and locks it.
    pub(super) fn write_beside(&self, bytes: &[u8]) -> io::Result<File> {
        let mut new = self.open(NEW_JOURNAL, WRITABLE | OFlags::CREATE | OFlags::TRUNC)?;
        if !try_lock(&new)? {
            return Err(io::Error::other(Obstacle::AnotherInstance));
        }
        new.write_all(bytes)?;
        failpoint::hit("archive journal written");
        new.sync_all()?;
        failpoint::hit("archive journal synced");
        Ok(new)
    }

    /// Links the journal to a second name. Adds a number to the name rather than replace another file.
    pub(super) fn keep_old(&self, name: &str) -> io::Result<()> {
        let journal = identity(self.journal()?)?;
        let same = |other: &File| Ok::<_, io::Error>(identity(other)? == journal);
        for number in 1_u32.. {
            let name = if number == 1 { format!("{name}.jsonl") } else { format!("{name}-{number}.jsonl") };
            match linkat(&self.directory, JOURNAL, &self.directory, &*name, AtFlags::empty()) {
                Err(Errno::EXIST) if self.open_if_there(&name, OFlags::RDONLY)?.as_ref().map_or(Ok(false), same)? => {
                    break;
                }
                Err(Errno::EXIST) => {}
                other => return Ok(other?),
            }
        }
        Ok(())
    }

    /// Replaces the journal by a new one, and syncs the directory.
    pub(super) fn replace_journal(&mut self, new: File) -> io::Result<()> {
        renameat(&self.directory, NEW_JOURNAL, &self.directory, JOURNAL)?;
        failpoint::hit("archive journal renamed");
        self.journal = Some(new);
        self.directory.sync_all()?;
        failpoint::hit("archive directory synced");
        Ok(())
    }

    /// Makes the storage behave as on a file system that cannot reserve blocks.
    #[cfg(test)]
    pub(super) fn with_reserve_file(mut self) -> Self {
        self.reserve = SpaceReserve::with_reserve_file();
        self
    }

    fn open(&self, name: &str, flags: OFlags) -> io::Result<File> {
        open_below(&self.directory, name, flags)
    }

    fn journal(&self) -> io::Result<&File> {
        self.journal.as_ref().ok_or_else(not_opened)
    }

    /// Opens a file; `None` if it does not exist.
    fn open_if_there(&self, name: &str, flags: OFlags) -> io::Result<Option<File>> {
        match self.open(name, flags) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }
}

fn identity(file: &File) -> io::Result<(u64, u64)> {
    let there = file.metadata()?;
    Ok((there.dev(), there.ino()))
}

fn not_opened() -> io::Error {
    io::Error::other(tr!("the journal was not opened to be written to"))
}

fn us() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Removes a slash at the end of a path, which would make it lead through a symbolic link.
fn without_slash(path: &Path) -> PathBuf {
    path.components().collect()
}

fn is_missing(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Returns `.` for the empty parent of a name without a directory, and any other path as it is.
fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// Number of attempts to lock a file before it is taken to be in use.
const LOCK_ATTEMPTS: u32 = 10;
/// Pause between two attempts.
const LOCK_PAUSE: Duration = Duration::from_millis(5);

/// Locks a file; returns `false` if another process has it locked. A child that this process starts holds a lock that was
/// just released until it runs its own program, so that a lock is tried for a moment.
fn try_lock(file: &File) -> io::Result<bool> {
    for attempt in 1..=LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if attempt < LOCK_ATTEMPTS => thread::sleep(LOCK_PAUSE),
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

impl Storage for JournalDirectory {
    fn lock(&mut self) -> io::Result<bool> {
        let (lock, journal) = self.open_both()?;
        // Another process may have put a new journal in the place of the old one before it let go of the lock.
        self.take(lock, journal).or_else(|_| self.open_both().and_then(|(lock, journal)| self.take(lock, journal)))
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if let Some(mut journal) = self.journal.as_ref() {
            journal.rewind()?;
            journal.read_to_end(&mut bytes)?;
        } else if let Some(mut journal) = self.open_if_there(JOURNAL, OFlags::RDONLY)? {
            journal.read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }

    fn create(&mut self) -> io::Result<bool> {
        let is_new = self.journal.is_none();
        if is_new {
            // One that is there by now, or could not be opened when the lock was taken, is not new.
            let journal = match self.open_if_there(JOURNAL, WRITABLE)? {
                Some(_) => return Err(io::Error::other(JournalMoved::Replaced { path: self.path.join(JOURNAL) })),
                None => self.open(JOURNAL, WRITABLE | OFlags::CREATE | OFlags::EXCL)?,
            };
            if !try_lock(&journal)? {
                return Err(io::Error::other(Obstacle::AnotherInstance));
            }
            self.journal = Some(journal);
        }
        self.last = self.open_if_there(LAST, OFlags::RDWR)?;
        // Not only for a new journal: a run may have ended between making it and this line.
        self.directory.sync_all()?;
        Ok(is_new)
    }

    fn check_identity(&mut self, expected_length: u64) -> Result<(), JournalMoved> {
        let path = self.path.join(JOURNAL);
        let Some(journal) = &self.journal else {
            return Err(JournalMoved::Unreachable { path, source: not_opened() });
        };
        check_same_file(&self.path, &self.directory)?;
        for (name, file) in [(LOCK, &self.lock), (LAST, &self.last)] {
            if let Some(file) = file {
                check_same_file(&self.path.join(name), file)?;
            }
        }
        let found = check_same_file(&path, journal)?;
        if found == expected_length {
            Ok(())
        } else {
            Err(JournalMoved::Length { path, expected: expected_length, found })
        }
    }

    fn reserve(&mut self, bytes: u64) -> io::Result<()> {
        let Self { directory, journal: Some(journal), reserve, .. } = self else {
            return self.journal().map(|_| ());
        };
        reserve.take(journal, || open_below(directory, RESERVE_FILE, OFlags::WRONLY | OFlags::CREATE), bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.reserve.release(bytes.len() as u64);
        self.journal()?.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.journal()?.sync_data()
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        let Some(file) = self.open_if_there(LAST, OFlags::RDONLY)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(LENGTH as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        // What an earlier run left behind of it may have other permissions.
        match unlinkat(&self.directory, NEW_LAST, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => {}
            Err(errno) => return Err(errno.into()),
        }
        let mut file = self.open(NEW_LAST, OFlags::RDWR | OFlags::CREATE | OFlags::EXCL)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        failpoint::hit("new last synced");
        renameat(&self.directory, NEW_LAST, &self.directory, LAST)?;
        self.last = Some(file);
        self.directory.sync_all()
    }

    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = self.last.as_ref().ok_or_else(not_opened)?;
        loop {
            match file.write_at(bytes, 0) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(count) if count == bytes.len() => return Ok(()),
                Ok(_) => return Err(ErrorKind::WriteZero.into()),
            }
        }
    }

    fn sync_last(&mut self) -> io::Result<()> {
        self.last.as_ref().ok_or_else(not_opened)?.sync_data()
    }

    fn quarantine(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.open(name, OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        self.directory.sync_all()
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().into_string()
                && name.starts_with(TORN_PREFIX)
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

/// Creates a directory and those above it, each with the permissions 0700 and synced to the disk.
fn make(path: &Path) -> io::Result<()> {
    let parent = path.parent().map(or_here).ok_or(ErrorKind::NotFound)?;
    if !parent.exists() {
        make(parent)?;
    }
    match DirBuilder::new().mode(PathKind::Directory.mode()).create(path) {
        // Another instance was a moment faster; the directory is judged in any case.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }?;
    File::open(parent)?.sync_all()
}
