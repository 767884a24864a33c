//! Private log files, which are opened to append. A log that is too large when it is opened is renamed with a number,
//! and a few of these older files are kept.

use std::ffi::OsString;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock, open, openat};
use rustix::io::Errno;

use super::file::{FileFacts, PrivateFileError, Trust, check_facts, check_folder, folder_of};
use crate::i18n::phrase;

/// Size in bytes from which a log is renamed when it is opened.
const LARGEST: u64 = 5_000_000;
/// Largest number of files of one log, the current one included.
const MOST_FILES: u32 = 5;

/// Opens a private file to append to it, and creates it if it does not exist. A file of 5,000,000 bytes or more is
/// renamed to `NAME.1` first; older ones move up to `NAME.4`. Refuses what `read_private` refuses, except for the size.
/// The folder has to exist.
pub fn append_private(path: &Path) -> Result<File, PrivateFileError> {
    let file = at_its_end(path)?;
    let failed = |source| PrivateFileError::Write { path: path.to_owned(), source };
    if file.metadata().map_err(failed)?.len() < LARGEST {
        return Ok(file);
    }
    rotate(path, &file);
    at_its_end(path)
}

fn at_its_end(path: &Path) -> Result<File, PrivateFileError> {
    let failed = |source| PrivateFileError::Write { path: path.to_owned(), source };
    let Some(name) = path.file_name() else { return Err(refused(path, Errno::ISDIR)) };
    let of_folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = open(folder_of(path), of_folder, Mode::empty()).map_err(|errno| failed(errno.into()))?;
    // A pipe has no reader, which is not waited for.
    let ours = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE | ours;
    let file = openat(&folder, name, flags, Mode::RUSR | Mode::WUSR).map_err(|errno| refused(path, errno))?;
    let file = File::from(file);
    let found = FileFacts { size: 0, ..FileFacts::new(&file.metadata().map_err(failed)?) };
    check_facts(path, found, Trust::Own, rustix::process::geteuid().as_raw())?;
    check_folder(path, &File::from(folder))?;
    Ok(file)
}

fn refused(path: &Path, errno: Errno) -> PrivateFileError {
    let path = path.to_owned();
    match errno {
        Errno::LOOP => PrivateFileError::Link { path },
        Errno::ISDIR => PrivateFileError::NotAFile { path, what: phrase!("a folder") },
        Errno::NXIO => PrivateFileError::NotAFile { path, what: phrase!("a pipe or a socket") },
        errno => PrivateFileError::Write { path, source: errno.into() },
    }
}

/// Renames a log and its older files to the next number each. If several programs find it too large at the same time,
/// only one of them does so. A log that cannot be renamed keeps growing, which is better than no log.
fn rotate(path: &Path, file: &File) {
    if flock(file, FlockOperation::NonBlockingLockExclusive).is_err() || !is_still_there(path, file) {
        return;
    }
    for number in (1..MOST_FILES - 1).rev() {
        let _ = fs::rename(numbered(path, number), numbered(path, number + 1));
    }
    let _ = fs::rename(path, numbered(path, 1));
}

/// Returns whether the path still names the open file: same device and inode, links not followed.
fn is_still_there(path: &Path, file: &File) -> bool {
    let (Ok(named), Ok(open)) = (fs::symlink_metadata(path), file.metadata()) else { return false };
    (named.dev(), named.ino()) == (open.dev(), open.ino())
}

fn numbered(path: &Path, number: u32) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(format!(".{number}"));
    name.into()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_log_grows_at_its_end_and_is_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run.log");
        for line in ["one\n", "two\n"] {
            append_private(&path).unwrap().write_all(line.as_bytes()).unwrap();
        }
        assert_eq!((fs::read_to_string(&path).unwrap(), mode(&path)), ("one\ntwo\n".into(), 0o600));
    }

    #[test]
    fn what_is_no_private_file_of_ours_is_refused_and_stays() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        fs::write(at("shared"), "x").unwrap();
        fs::set_permissions(at("shared"), fs::Permissions::from_mode(0o644)).unwrap();
        symlink(at("shared"), at("link")).unwrap();
        symlink(at("nowhere"), at("dangling")).unwrap();
        fs::create_dir(at("folder")).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, at("pipe"), Mode::from_raw_mode(0o600)).unwrap();
        fs::create_dir(at("open")).unwrap();
        fs::set_permissions(at("open"), fs::Permissions::from_mode(0o777)).unwrap();
        for (name, words) in [
            ("shared", "can be read by others on this machine (mode 0644)"),
            ("link", "is a link"),
            ("dangling", "is a link"),
            ("folder", "is a folder, not a file"),
            ("pipe", "is a pipe or a socket, not a file"),
            ("open/run.log", "the folder "),
            ("none/run.log", "cannot be written: No such file"),
        ] {
            let said = append_private(&at(name)).unwrap_err().to_string();
            assert!(said.contains(words), "{name}: {said}");
        }
        assert_eq!(fs::read_to_string(at("shared")).unwrap(), "x");
        assert!(!at("nowhere").exists());
    }

    #[test]
    fn a_large_log_is_put_aside_and_five_files_are_kept() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run.log");
        let fill = |text: &str, size: u64| {
            let mut file = append_private(&path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.set_len(size).unwrap();
        };
        fill("just below", LARGEST - 1);
        fill("", LARGEST - 1);
        assert!(!numbered(&path, 1).exists(), "it is not large yet");
        fill("", LARGEST);
        for number in 1..=6 {
            fill(&number.to_string(), LARGEST);
        }
        drop(append_private(&path).unwrap());
        let first = |path: PathBuf| char::from(fs::read(path).unwrap()[0]);
        assert_eq!((1..=4).map(|number| first(numbered(&path, number))).collect::<String>(), "6543");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 5);
        assert_eq!((fs::metadata(&path).unwrap().len(), mode(&path), mode(&numbered(&path, 1))), (0, 0o600, 0o600));
    }

    #[test]
    fn another_program_that_is_putting_it_aside_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("run.log");
        let held = append_private(&path).unwrap();
        held.set_len(LARGEST).unwrap();
        flock(&held, FlockOperation::LockExclusive).unwrap();
        drop(append_private(&path).unwrap());
        assert!(!numbered(&path, 1).exists());
        drop(held);
        drop(append_private(&path).unwrap());
        assert!(numbered(&path, 1).exists());
    }
}
