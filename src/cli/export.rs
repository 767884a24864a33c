//! `export`: writes an order in the format of another tool. Nothing is sent, and the user is not asked anything.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::bootstrap::error::AppError;
use crate::catalogue::Catalogue;
use crate::config::{ProfileKey, ResolvedProfile, Settings, SettingsError};
use crate::exit_code::ExitCode;
use crate::export::{Format, Target, export};
use crate::text::sanitize::sentence;

use super::check;
use super::order_input::{self, Checked};
use super::print;
use crate::bootstrap::account::{AccountArgs, connection_settings_for_iam};

#[derive(Debug, clap::Args)]
pub struct Export {
    /// The order file: the operation's JSON body, with comments if need be; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What to write it as
    #[arg(long = "as", value_enum, value_name = "TOOL")]
    pub format: Format,
    #[command(flatten)]
    pub set: super::start::SetArgs,
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

pub fn run(args: &Export) -> Result<ExitCode, AppError> {
    let order = match order_input::order_input(&args.file, &args.set.answers()?)?.check(&Catalogue::default()) {
        Checked::Good(order) => order,
        Checked::Bad(problems) => {
            check::tell(&problems, false);
            return Ok(ExitCode::InvalidOrder);
        }
    };
    let target = target(&args.account)?;
    print::text(&export(&order.body(), &target, args.format).map_err(AppError::usage)?);
    Ok(ExitCode::Success)
}

/// Returns the endpoint, region and project that the selected account would order in; an empty target if no account is
/// set up.
fn target(args: &AccountArgs) -> Result<Target, AppError> {
    let usage = |why: String| AppError::Usage(sentence(&why));
    let settings = Settings::load(args.config.as_deref()).map_err(|error| usage(error.to_string()))?;
    match args.chosen(&settings) {
        Ok(chosen) => target_of(&chosen).map_err(usage),
        Err(SettingsError::NoAccount) => Ok(Target::default()),
        Err(other) => Err(usage(other.to_string())),
    }
}

fn target_of(chosen: &ResolvedProfile) -> Result<Target, String> {
    let text = |entry: ProfileKey| chosen.text(entry).map(str::to_owned);
    Ok(Target {
        endpoint: Some(connection_settings_for_iam(chosen, None)?.endpoint()),
        region: text(ProfileKey::Region),
        project: text(ProfileKey::ProjectId),
    })
}
