//! The lock file of a resource that one process at a time may use.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::file::{FileFacts, PrivateFileError, Trust, check_facts, check_folder, folder_of, make_folder};

/// Locks a file, which is created with its folders if it is missing. Returns `None` if another process, or another
/// handle of this one, holds the lock. The lock is released when the returned file is closed.
pub fn try_lock_private(path: &Path) -> Result<Option<File>, PrivateFileError> {
    let failed = |source| PrivateFileError::Write { path: path.to_owned(), source };
    let folder = folder_of(path);
    make_folder(folder).map_err(failed)?;
    let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(flags)
        .open(path);
    let file = opened.map_err(|source| match Errno::from_io_error(&source) {
        Some(Errno::LOOP) => PrivateFileError::Link { path: path.to_owned() },
        Some(Errno::ACCESS | Errno::PERM) => PrivateFileError::Denied { path: path.to_owned() },
        _ => failed(source),
    })?;
    let found = FileFacts::new(&file.metadata().map_err(failed)?);
    check_facts(path, found, Trust::Own, rustix::process::geteuid().as_raw())?;
    check_folder(path, &File::open(folder).map_err(failed)?)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_lock_is_held_once_until_it_is_closed() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a").join("lock");
        let held = try_lock_private(&path).unwrap();
        assert!(held.is_some());
        assert!(try_lock_private(&path).unwrap().is_none());
        drop(held);
        assert!(try_lock_private(&path).unwrap().is_some());
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_lock_that_others_can_use_or_that_is_no_file_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let (path, link) = (home.path().join("lock"), home.path().join("link"));
        drop(try_lock_private(&path).unwrap());
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(try_lock_private(&path), Err(PrivateFileError::Shared { .. })));
        symlink(home.path().join("elsewhere"), &link).unwrap();
        assert!(matches!(try_lock_private(&link), Err(PrivateFileError::Link { .. })));
        assert!(try_lock_private(home.path()).is_err());
    }
}
