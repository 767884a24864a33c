//! `export`: writes an order as a text that another tool runs. Nothing is sent and nobody is asked.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::catalogue::Catalogue;
use crate::config::{Chosen, Entry, Settings, SettingsError};
use crate::export::{Format, Target, export};
use crate::failure::Failure;
use crate::order::text::sentence;

use super::account::{AccountArgs, way_of};
use super::order_file::{self, Checked};
use super::{check, say};

#[derive(Debug, clap::Args)]
pub struct Export {
    /// The order file: the operation's JSON body, with comments if need be; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to write it as
    #[arg(long = "as", value_enum, value_name = "TOOL")]
    pub format: Format,
    #[command(flatten)]
    pub set: super::begin::SetArgs,
    #[command(flatten)]
    pub account: AccountArgs,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}

pub fn run(args: &Export) -> Result<u8, Failure> {
    let order = match order_file::material(&args.file, &args.set.answers()?)?.check(&Catalogue::default()) {
        Checked::Good(order) => order,
        Checked::Bad(problems) => {
            check::tell(&problems, false);
            return Ok(check::INVALID);
        }
    };
    let target = target(&args.account)?;
    say::text(&export(&order.body(), &target, args.format).map_err(Failure::Usage)?);
    Ok(0)
}

/// Where the account in use would order; nothing of it if there is none.
fn target(args: &AccountArgs) -> Result<Target, Failure> {
    let usage = |why: String| Failure::Usage(sentence(&why));
    let settings = Settings::load(args.config.as_deref()).map_err(|error| usage(error.to_string()))?;
    match args.chosen(&settings) {
        Ok(chosen) => target_of(&chosen).map_err(usage),
        Err(SettingsError::NoAccount) => Ok(Target::default()),
        Err(other) => Err(usage(other.to_string())),
    }
}

fn target_of(chosen: &Chosen) -> Result<Target, String> {
    let text = |entry: Entry| chosen.text(entry).map(str::to_owned);
    Ok(Target {
        endpoint: Some(way_of(chosen, None)?.endpoint()),
        region: text(Entry::Region),
        project: text(Entry::ProjectId),
    })
}
