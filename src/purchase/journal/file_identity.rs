//! Checks that an open file is still the one at its path. A journal that was moved, removed or replaced in the meantime
//! must not be used for buying: the record would not be found again.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::permissions::shown;
use crate::i18n::tr;

/// A change to a file or directory of the journal while it was in use.
#[derive(Debug, thiserror::Error)]
pub enum JournalMoved {
    #[error("{}", tr!("{path} was moved or removed while the program was using it", path = shown(path)))]
    Gone { path: PathBuf },
    #[error("{}", tr!("{path} was replaced while the program was using it", path = shown(path)))]
    Replaced { path: PathBuf },
    /// The length changed. Both lengths are in bytes.
    #[error("{}", tr!(
        "{path} was changed by another program: it has {found} bytes instead of {expected}",
        path = shown(path),
        found,
        expected
    ))]
    Length { path: PathBuf, expected: u64, found: u64 },
    #[error("{}", tr!("{path} cannot be reached: {why}", path = shown(path), why = source))]
    Unreachable { path: PathBuf, source: io::Error },
}

/// Checks that an open file or directory is still the one at its path, and returns its length in bytes.
pub(super) fn check_same_file(path: &Path, open: &File) -> Result<u64, JournalMoved> {
    let unreachable = |source| JournalMoved::Unreachable { path: path.to_owned(), source };
    let open = open.metadata().map_err(unreachable)?;
    match fs::symlink_metadata(path) {
        Ok(named) if (named.dev(), named.ino()) != (open.dev(), open.ino()) => {
            Err(JournalMoved::Replaced { path: path.to_owned() })
        }
        Ok(_) if open.nlink() == 0 => Err(JournalMoved::Gone { path: path.to_owned() }),
        Ok(_) => Ok(open.len()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(JournalMoved::Gone { path: path.to_owned() })
        }
        Err(source) => Err(unreachable(source)),
    }
}
