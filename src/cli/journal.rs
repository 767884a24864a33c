//! The journal of the commands that place orders or look after them: where it is, and opening it.

use std::path::{Path, PathBuf};

use crate::bootstrap::error::AppError;
use crate::config::{StateKind, state_dir};
use crate::i18n::tr;
use crate::purchase::PurchaseService;

/// The directory of a journal, or why there is none.
pub fn directory(given: Option<&Path>, kind: StateKind) -> Result<PathBuf, AppError> {
    state_dir(given, kind)
        .ok_or_else(|| AppError::Journal(tr!("there is no home directory for the journal: --state-dir names one")))
}

/// Opens a journal, and concludes what a run that ended left open.
pub fn open(given: Option<&Path>, kind: StateKind) -> Result<PurchaseService, AppError> {
    PurchaseService::open(&directory(given, kind)?).map_err(|error| AppError::Journal(error.to_string()))
}
