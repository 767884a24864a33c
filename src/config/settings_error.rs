//! The errors of the settings: a file that cannot be read, a change that is refused, or settings that name no account. No
//! sentence repeats a value.

use std::path::PathBuf;

use super::settings::Settings;
use crate::fs_private::PrivateFileError;
use crate::i18n::tr;
use crate::text::path::shown;
use crate::text::sanitize::brief;
use crate::text::suggest::did_you_mean;

/// Why settings are not read, not changed, or name no account. No sentence repeats a value.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{}", tr!("the settings in {path} cannot be read: {why}", path = shown(path), why))]
    Unreadable { path: PathBuf, why: String },
    /// Permissions, owner, link: what `private` says, with the command that puts it right.
    #[error("{}", tr!("the settings are not used: {why}", why = .0))]
    File(#[from] PrivateFileError),
    /// Line and column count from 1.
    #[error("{}", tr!("the settings in {path}, line {line}, column {column}: {why}", path = shown(path), line, column, why))]
    Broken { path: PathBuf, line: usize, column: usize, why: String },
    #[error("{}", tr!("the settings in {path} are of version {version}: this program knows versions 1 and 2", path = shown(path), version))]
    Version { path: PathBuf, version: i64 },
    #[error("{}", tr!("there is no place for settings: set HOME, or name a file with --config"))]
    NoPlace,
    /// A value that was given: `what` is a flag, a variable or an entry.
    #[error("{}", tr!("{what} {right}", what, right))]
    Value { what: String, right: String },
    #[error("{}", tr!("there is no profile {name}{hint}", name, hint))]
    NoProfile { name: String, hint: String },
    #[error("{}", tr!("there is already a profile {name}; change it, or remove it first", name))]
    Exists { name: String },
    #[error("{}", tr!("{name} is the profile in use; use another one first: {others}", name, others))]
    InUse { name: String, others: String },
    #[error("{}", tr!("there are several profiles ({known}) and none is in use; choose one with --profile or CPH_WIZARD_PROFILE", known))]
    NoneInUse { known: String },
    #[error("{}", tr!("no account is set up: there is no profile, and no region or endpoint is given"))]
    NoAccount,
    #[error("{}", tr!("the settings in {path} were changed by another program at the same moment; nothing was written", path = shown(path)))]
    Changed { path: PathBuf },
}

impl SettingsError {
    /// There is no such profile, and which there are.
    pub(super) fn no_profile(settings: &Settings, name: &str) -> Self {
        let known: Vec<&str> = settings.profiles.keys().map(String::as_str).collect();
        let guess = did_you_mean(name, known.iter().copied());
        let hint = match (known.is_empty(), guess.is_empty()) {
            (true, _) => tr!("; none is set up yet"),
            (false, false) => guess,
            (false, true) => tr!("; there are {names}", names = known.join(", ")),
        };
        Self::NoProfile { name: brief(name, 40), hint }
    }
}
