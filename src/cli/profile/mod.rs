//! `profile`: manages the accounts in the settings, shows the values that an account resolves to, and diagnoses its
//! connection. No flag takes a secret, and no output shows one.

mod credentials;
mod doctor;
mod edit;
mod firewall;
mod rows;
mod show;
mod values;

use std::path::PathBuf;

use clap::Subcommand;

use crate::bootstrap::error::AppError;
use crate::config::{ResolvedProfile, Settings, SettingsError, Sourced};
use crate::exit_code::ExitCode;
use crate::i18n::Language;

use crate::bootstrap::account::AccountArgs;

#[derive(Debug, clap::Args)]
pub struct ProfileArgs {
    #[command(subcommand)]
    pub what: Option<What>,
    /// Read and write settings in this file
    #[arg(long = "config", id = "profile_config", global = true, value_name = "FILE", display_order = 100)]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum What {
    /// Every profile, the one in use marked
    List {
        /// Say it in JSON
        #[arg(long)]
        json: bool,
    },
    /// What an account comes to, and where each value was taken from
    Show(ProfileSelector),
    /// Set up a profile
    Add(edit::Add),
    /// Change a profile; comments in the file stay
    Edit(edit::Edit),
    /// Remove a profile; orders in the journal stay
    Remove {
        /// The profile
        name: String,
    },
    /// Put a profile in use
    Use {
        /// The profile
        name: String,
    },
    /// Try the way to the cloud step by step, by reading only
    Doctor(ProfileSelector),
}

/// The flags that select an account.
#[derive(Debug, clap::Args)]
pub struct ProfileSelector {
    /// The profile; else the one that a start without flags would take
    pub name: Option<String>,
    /// In place of the profile's region
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// In place of the profile's project
    #[arg(long, value_name = "ID")]
    pub project_id: Option<String>,
    /// Say it in JSON
    #[arg(long)]
    pub json: bool,
}

impl ProfileSelector {
    /// Reads the settings file strictly, and resolves the selected account.
    fn chosen(&self, config: Option<PathBuf>) -> Result<ResolvedProfile, AppError> {
        let args = AccountArgs {
            profile: self.name.clone(),
            region: self.region.clone(),
            project_id: self.project_id.clone(),
            config,
        };
        let settings = Settings::load(args.config.as_deref()).map_err(|error| AppError::settings(&error))?;
        args.chosen(&settings).map_err(|error| match error {
            SettingsError::NoAccount => AppError::NoAccount,
            other => AppError::settings(&other),
        })
    }
}

pub fn run(args: &ProfileArgs, spoken: &Sourced<Language>) -> Result<ExitCode, AppError> {
    let config = args.config.as_deref();
    match &args.what {
        None => show::list(config, false),
        Some(What::List { json }) => show::list(config, *json),
        Some(What::Show(meant)) => show::show(&meant.chosen(args.config.clone())?, spoken, config, meant.json),
        Some(What::Add(add)) => edit::add(add, config),
        Some(What::Edit(edit)) => edit::edit(edit, config),
        Some(What::Remove { name }) => edit::remove(name, config),
        Some(What::Use { name }) => edit::use_profile(name, config),
        Some(What::Doctor(meant)) => doctor::run(&meant.chosen(args.config.clone())?, spoken, meant.json),
    }
}
