//! `orders repair`: records that the user accepts missing records at the end of the journal, so that orders can be
//! placed again. Orders that may have been sent since then become UNKNOWN.

use serde_json::json;

use crate::bootstrap::error::AppError;
use crate::clock;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::journal::{RepairResult, repair};

use super::journal_args::JournalArgs;
use super::prompt;
use crate::cli::print;

/// The text that the user types to accept.
const WORD: &str = "ACCEPT";

#[derive(Debug, clap::Args)]
pub struct RepairArgs {
    /// Accept that records may be missing
    #[arg(long, required = true)]
    pub accept: bool,
    /// Do not ask on the terminal
    #[arg(long)]
    pub yes: bool,
}

pub fn run(args: &JournalArgs, repairing: &RepairArgs) -> Result<ExitCode, AppError> {
    if !repairing.yes {
        prompt::needs_terminal()?;
        print::eprint(&tr!("Records may be missing from the end of the journal. Compare it with the console first."));
        if !prompt::is_typed(&tr!("Type {word} to accept that: ", word = WORD), WORD) {
            print::eprint(&tr!("Nothing was recorded."));
            return Ok(ExitCode::Usage);
        }
    }
    let directory = args.directory()?;
    let repaired = repair(&directory, clock::now()).map_err(|error| AppError::Journal(error.to_string()))?;
    let is_accepted = matches!(repaired, RepairResult::Accepted(_));
    if args.json {
        print::json(&json!({ "accepted": is_accepted }));
    } else if is_accepted {
        print::line(&tr!(
            "Accepted. Orders that may have been sent since are UNKNOWN; `orders reconcile` searches for them."
        ));
    } else {
        print::line(&tr!("No records are missing: nothing was changed."));
    }
    Ok(ExitCode::Success)
}
