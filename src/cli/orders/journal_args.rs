//! The flags with which every command of `orders` selects its journal and its output format.

use std::path::PathBuf;

use crate::bootstrap::error::AppError;
use crate::cli::journal;
use crate::config::StateKind;
use crate::purchase::PurchaseService;

// No comment of documentation: clap would make it the description of the command.
#[derive(Debug, clap::Args)]
pub struct JournalArgs {
    /// Say it in JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// The journal of the demo instead of the one of real accounts
    #[arg(long = "demo", id = "of_demo", global = true)]
    pub of_demo: bool,
    /// The directory of the journal
    #[arg(long = "state-dir", id = "orders_dir", global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
}

impl JournalArgs {
    fn kind(&self) -> StateKind {
        if self.of_demo { StateKind::Demo } else { StateKind::Live }
    }

    pub fn directory(&self) -> Result<PathBuf, AppError> {
        journal::directory(self.state_dir.as_deref(), self.kind())
    }

    /// Opens the journal that the flags select, and concludes the orders that an interrupted run left unfinished.
    pub fn open(&self) -> Result<PurchaseService, AppError> {
        journal::open(self.state_dir.as_deref(), self.kind())
    }
}
