//! `orders repair`: a user accepts that records may be missing from the end of the journal, so that orders can be placed
//! again. What may have been sent since is UNKNOWN.

use serde_json::json;

use crate::clock;
use crate::failure::Failure;
use crate::purchase::journal::{Repaired, repair};
use crate::words::tr;

use super::super::buy::journal_dir;
use super::super::say;
use super::Orders;

/// The word that accepts it.
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

pub fn run(args: &Orders, repairing: &RepairArgs) -> Result<u8, Failure> {
    if !repairing.yes {
        super::needs_terminal()?;
        say::aside(&tr!("Records may be missing from the end of the journal. Compare it with the console first."));
        if !super::typed(&tr!("Type {word} to accept that: ", word = WORD), WORD) {
            say::aside(&tr!("Nothing was recorded."));
            return Ok(2);
        }
    }
    let directory = journal_dir(args.state_dir.as_deref(), args.kind())?;
    let repaired = repair(&directory, clock::now()).map_err(|error| Failure::Journal(error.to_string()))?;
    let is_accepted = matches!(repaired, Repaired::Accepted(_));
    if args.json {
        say::json(&json!({ "accepted": is_accepted }));
    } else if is_accepted {
        say::result(&tr!(
            "Accepted. Orders that may have been sent since are UNKNOWN; `orders reconcile` searches for them."
        ));
    } else {
        say::result(&tr!("No records are missing: nothing was changed."));
    }
    Ok(0)
}
