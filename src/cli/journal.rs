//! Opens the journal, for the commands that place orders or manage them.

use std::path::{Path, PathBuf};

use crate::bootstrap::error::AppError;
use crate::i18n::tr;
use crate::purchase::PurchaseService;

/// Returns the directory of the journal. Fails if there is none, because there is no home directory.
pub fn directory(found: Option<PathBuf>) -> Result<PathBuf, AppError> {
    found.ok_or_else(|| AppError::Journal(tr!("there is no home directory for the journal: --state-dir names one")))
}

/// Opens the journal, and concludes the orders that an interrupted run left unfinished.
pub fn open(directory: &Path) -> Result<PurchaseService, AppError> {
    PurchaseService::open(directory).map_err(|error| AppError::Journal(error.to_string()))
}
