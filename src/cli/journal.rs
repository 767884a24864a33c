//! Locates and opens the journal, for the commands that place orders or manage them.

use std::path::{Path, PathBuf};

use crate::bootstrap::error::AppError;
use crate::config::{StateKind, state_dir};
use crate::i18n::tr;
use crate::purchase::PurchaseService;

/// Returns the state directory that holds the journal: `demo` or `live` below `given`, or below the default state
/// directory. Fails if `given` is `None` and there is no home directory.
pub fn directory(given: Option<&Path>, kind: StateKind) -> Result<PathBuf, AppError> {
    state_dir(given, kind)
        .ok_or_else(|| AppError::Journal(tr!("there is no home directory for the journal: --state-dir names one")))
}

/// Opens the journal, and concludes the orders that an interrupted run left unfinished.
pub fn open(given: Option<&Path>, kind: StateKind) -> Result<PurchaseService, AppError> {
    PurchaseService::open(&directory(given, kind)?).map_err(|error| AppError::Journal(error.to_string()))
}
