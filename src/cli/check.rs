//! `check`: says everything that is wrong with an order file, or the hash of what would be sent.

use std::path::PathBuf;

use serde_json::json;

use crate::failure::Failure;
use crate::words::tr;

use super::order_file::{self, Checked, Problem};
use super::say;

#[derive(Debug, clap::Args)]
pub struct Check {
    /// The order file: the operation's JSON body; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub set: super::begin::SetArgs,
    /// Say it in JSON
    #[arg(long)]
    pub json: bool,
}

/// An order that breaks rules.
pub const INVALID: u8 = 3;

pub fn run(args: &Check) -> Result<u8, Failure> {
    Ok(match order_file::read(&args.file, &args.set.answers()?)? {
        Checked::Good { order, notes, .. } => {
            let body = order.body();
            if args.json {
                let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
                say::json(
                    &json!({ "valid": true, "hash": body.hash(), "bytes": body.bytes().len(), "notes": notes, "problems": [] }),
                );
            } else {
                say::result(&tr!(
                    "The order is in order: {bytes} bytes, SHA-256 {hash}",
                    bytes = body.bytes().len(),
                    hash = body.hash()
                ));
                for note in notes {
                    say::aside(&tr!("Note: {note}", note));
                }
            }
            0
        }
        Checked::Bad(problems) => {
            tell(&problems, args.json);
            INVALID
        }
    })
}

/// All problems at once.
pub fn tell(problems: &[Problem], as_json: bool) {
    if as_json {
        let problems: Vec<_> =
            problems.iter().map(|problem| json!({ "place": problem.place, "sentence": problem.sentence })).collect();
        say::json(&json!({ "valid": false, "problems": problems }));
        return;
    }
    for Problem { place, sentence } in problems {
        if sentence.starts_with(place) {
            say::result(sentence);
        } else {
            say::result(&format!("{place}: {sentence}"));
        }
    }
}
