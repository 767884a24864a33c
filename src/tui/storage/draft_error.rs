//! The reasons why drafts are not written or not read.

use std::path::{Path, PathBuf};

use crate::fs_private::{PrivateFileError, Quarantined};
use crate::i18n::tr;

/// The reason why a draft is not written or removed. Its text is a part of a sentence.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("{}", tr!("there is no home directory"))]
    NoHome,
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The reason why a draft of an earlier run is not offered. Its text is a sentence.
#[derive(Debug, thiserror::Error)]
pub(super) enum UnreadDraft {
    #[error("{}", tr!("A draft is not read: {error}.", error = .0))]
    File(PrivateFileError),
    #[error("{}", tr!(
        "A draft is of version {version}, which only a newer program knows; {aside}.",
        version,
        aside = notice(aside)
    ))]
    Newer { version: u32, aside: Quarantined },
    #[error("{}", tr!("A draft is damaged; {aside}.", aside = notice(aside)))]
    Damaged { aside: Quarantined },
    #[error("{}", tr!("A draft of an earlier version is not moved over: {why}.", why = .0))]
    NotMoved(DraftError),
    /// The draft was moved to the new format, but its old file could not be removed.
    #[error("{0}.")]
    OldFile(PrivateFileError),
}

impl UnreadDraft {
    /// Quarantines a damaged file.
    pub(super) fn damaged(path: &Path) -> Self {
        Self::Damaged { aside: crate::fs_private::quarantine(path) }
    }
}

/// Returns the result of a quarantine with the file name only, which is enough on one line: the folder is known.
fn notice(aside: &Quarantined) -> String {
    match aside {
        Quarantined::Renamed(path) => {
            Quarantined::Renamed(path.file_name().map(PathBuf::from).unwrap_or_default()).to_string()
        }
        Quarantined::Failed(_) => aside.to_string(),
    }
}
