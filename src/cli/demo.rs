//! The flags of a command that only reads lists, from a real account or from the demo.

use std::path::PathBuf;

use super::print;
use crate::bootstrap::demo::{DemoArgs, DemoUse, DemoWorld};
use crate::bootstrap::error::AppError;

/// `--demo` with the directory of its world.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DemoListArgs {
    #[command(flatten)]
    pub demo: DemoArgs,
    /// The directory above that of the demo
    #[arg(long, value_name = "DIR", requires = "demo")]
    pub state_dir: Option<PathBuf>,
}

impl DemoListArgs {
    /// Opens the world of the demo for reading; `None` without `--demo`.
    pub fn world(&self) -> Result<Option<DemoWorld>, AppError> {
        Ok(told(self.demo.open(self.state_dir.as_deref(), DemoUse::Lists)?))
    }
}

/// Prints the notice of a world on standard error, and returns the world.
pub fn told(world: Option<DemoWorld>) -> Option<DemoWorld> {
    if let Some(notice) = world.as_ref().and_then(|world| world.notice.as_ref()) {
        print::eprint(notice);
    }
    world
}
