//! Why drafts are not written, or not read.

use std::path::{Path, PathBuf};

use crate::fs_private::{PrivateFileError, Quarantined};
use crate::i18n::tr;

/// Why a draft is not written or removed. Displayed as a part of a sentence.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    #[error("{}", tr!("there is no home directory"))]
    NoHome,
    #[error(transparent)]
    File(#[from] PrivateFileError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Why a draft of an earlier run is not offered. Displayed as a sentence.
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
    /// The draft is moved over, and its old file is still there.
    #[error("{0}.")]
    OldFile(PrivateFileError),
}

impl UnreadDraft {
    /// Sets a file aside that is damaged.
    pub(super) fn damaged(path: &Path) -> Self {
        Self::Damaged { aside: crate::fs_private::quarantine(path) }
    }
}

/// The folder is known; the name is what matters on one line.
fn notice(aside: &Quarantined) -> String {
    match aside {
        Quarantined::Renamed(path) => {
            Quarantined::Renamed(path.file_name().map(PathBuf::from).unwrap_or_default()).to_string()
        }
        Quarantined::Failed(_) => aside.to_string(),
    }
}
