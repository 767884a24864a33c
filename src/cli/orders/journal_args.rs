//! The flags with which every command of `orders` selects its journal and its output format.

use std::path::PathBuf;

use crate::bootstrap::demo::{self, DemoArgs, DemoUse, DemoWorld};
use crate::bootstrap::error::AppError;
use crate::cli::{demo as cli_demo, journal};
use crate::purchase::{Buyer, PurchaseService};

// No comment of documentation: clap would make it the description of the command.
#[derive(Debug, clap::Args)]
#[command(mut_arg("demo", |demo| demo.global(true)), mut_arg("demo_reset", |reset| reset.global(true)))]
pub struct JournalArgs {
    /// Say it in JSON
    #[arg(long, global = true)]
    pub json: bool,
    #[command(flatten)]
    pub demo: DemoArgs,
    /// The directory of the journal
    #[arg(long = "state-dir", id = "orders_dir", global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
}

impl JournalArgs {
    /// Returns the directory of the journal that the flags select.
    pub fn directory(&self) -> Result<PathBuf, AppError> {
        journal::directory(self.demo.journal_directory(self.state_dir.as_deref())?)
    }

    /// Opens the journal that the flags select, and concludes the orders that an interrupted run left unfinished.
    pub fn open(&self) -> Result<PurchaseService, AppError> {
        journal::open(&self.directory()?)
    }

    /// Opens the world of the demo, to search for its orders; `None` without `--demo`.
    pub fn world(&self) -> Result<Option<DemoWorld>, AppError> {
        let Some(scene) = self.demo.scene()? else { return Ok(None) };
        Ok(cli_demo::told(Some(DemoWorld::open(scene, self.state_dir.as_deref(), DemoUse::Search))))
    }

    /// Returns the buyer of the demo as it is now. Orders that are not at it went to an earlier demo. `None` without
    /// `--demo`.
    pub fn demo_buyer(&self) -> Result<Option<Buyer>, AppError> {
        let Some(scene) = self.demo.scene()? else { return Ok(None) };
        let world = DemoWorld::open(scene, self.state_dir.as_deref(), DemoUse::Lists);
        Ok(Some(demo::buyer(&world)))
    }
}
