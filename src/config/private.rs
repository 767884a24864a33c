//! Files that belong to one person: written beside their place, synced and renamed, 0600 in 0700,
//! so that a crash leaves the old file or the new one and nobody else reads either.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Files of ours are small; a larger one is not ours.
const MOST_BYTES: u64 = 4 << 20;

#[derive(Debug, thiserror::Error)]
pub enum PrivateFileError {
    #[error("{path} cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} is larger than 4 MiB: it is not a file of this program", path = path.display())]
    TooLarge { path: PathBuf },
}

/// Writes a file whole, or leaves what was there.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), PrivateFileError> {
    let failed = |source| PrivateFileError::Write { path: path.to_owned(), source };
    let dir = path.parent().ok_or_else(|| failed(ErrorKind::InvalidInput.into()))?;
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(failed)?;
    let beside = dir.join(format!(".{}.{}", uuid::Uuid::new_v4().simple(), "new"));
    let written = write_synced(&beside, bytes).and_then(|()| fs::rename(&beside, path)).and_then(|()| {
        // The name is durable only when its directory is.
        File::open(dir)?.sync_all()
    });
    written.map_err(|error| {
        // The file beside is of no use any more; if it cannot be removed either, nothing is lost.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Reads a file of ours; `None` if there is none.
pub fn read_private(path: &Path) -> Result<Option<Vec<u8>>, PrivateFileError> {
    let failed = |source| PrivateFileError::Read { path: path.to_owned(), source };
    let file = match File::open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(failed)?,
    };
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(PrivateFileError::TooLarge { path: path.to_owned() });
    }
    Ok(Some(bytes))
}

/// Removes a file of ours, if there is one.
pub fn remove_private(path: &Path) -> Result<(), PrivateFileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(PrivateFileError::Write { path: path.to_owned(), source: error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_is_written_whole_and_for_its_owner_only() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a").join("b.json");
        assert!(read_private(&path).unwrap().is_none());
        write_private(&path, b"one").unwrap();
        write_private(&path, b"two").unwrap();
        assert_eq!(read_private(&path).unwrap().unwrap(), b"two");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        remove_private(&path).unwrap();
        remove_private(&path).unwrap();
        assert!(read_private(&path).unwrap().is_none());
    }
}
