//! The errors of the settings: a file that cannot be read, a change that is refused, or settings that name no account.
//! No message repeats a value.

use std::path::PathBuf;

use super::profile::{InvalidDefault, InvalidProfileName};
use super::profile_key::InvalidValue;
use super::settings::Settings;
use super::settings_fault::SettingsFault;
use crate::fs_private::PrivateFileError;
use crate::i18n::tr;
use crate::text::path::shown;
use crate::text::sanitize::brief;
use crate::text::suggest::{hint, nearest};

/// The reason why settings are not read, not changed, or name no account. No message repeats a value.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("{}", tr!("the settings in {path} cannot be read: {why}", path = shown(path), why))]
    Unreadable { path: PathBuf, why: UnreadableSettings },
    /// Permissions, owner or a link: the error of `fs_private`, with the command that fixes it.
    #[error("{}", tr!("the settings are not used: {why}", why = .0))]
    File(#[from] PrivateFileError),
    /// Line and column count from 1.
    #[error("{}", tr!("the settings in {path}, line {line}, column {column}: {why}", path = shown(path), line, column, why))]
    Broken { path: PathBuf, line: usize, column: usize, why: SettingsFault },
    #[error("{}", tr!("the settings in {path} are of version {version}: this program knows versions 1 and 2", path = shown(path), version))]
    Version { path: PathBuf, version: i64 },
    #[error("{}", tr!("there is no place for settings: set HOME, or name a file with --config"))]
    NoPlace,
    /// An invalid value; `what` is a flag, a variable or an entry.
    #[error("{}", tr!("{what} {right}", what, right))]
    Value { what: String, right: InvalidValue },
    #[error("{}", tr!("{what} {right}", what, right))]
    ProfileName { what: ProfileNameSource, right: InvalidProfileName },
    #[error("{}", tr!("{what} {right}", what = "defaults:", right = .0))]
    Default(InvalidDefault),
    #[error("{}", tr!("{what} {right}", what = "region", right = tr!("cannot be left out; set another one")))]
    RegionCleared,
    #[error("{}", tr!("there is no profile {name}{hint}", name, hint = known.hint()))]
    NoProfile { name: String, known: KnownProfiles },
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
    /// Makes the error for a profile that does not exist, with a similar name or the names of those that do.
    pub(super) fn no_profile(settings: &Settings, name: &str) -> Self {
        let known = settings.profiles.keys().map(String::as_str);
        let known = match nearest(name, known.clone()) {
            None if settings.profiles.is_empty() => KnownProfiles::None,
            None => KnownProfiles::Names(known.collect::<Vec<_>>().join(", ")),
            Some(near) => KnownProfiles::Near(near.to_owned()),
        };
        Self::NoProfile { name: brief(name, 40), known }
    }
}

/// The existing profiles, as the message about a missing one mentions them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KnownProfiles {
    /// No mention at all.
    Unsaid,
    None,
    /// The one that the user probably meant.
    Near(String),
    /// All of them, separated by commas.
    Names(String),
}

impl KnownProfiles {
    fn hint(&self) -> String {
        match self {
            Self::Unsaid => String::new(),
            Self::None => tr!("; none is set up yet"),
            Self::Near(name) => hint(Some(name)),
            Self::Names(names) => tr!("; there are {names}", names),
        }
    }
}

/// The source of an invalid profile name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileNameSource {
    #[error("{}", tr!("the name:"))]
    Name,
    #[error("--profile:")]
    Flag,
    #[error("CPH_WIZARD_PROFILE:")]
    Variable,
}

/// The reason why a settings file is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableSettings {
    #[error("{}", tr!("there is no such file"))]
    NotFound,
    #[error("{}", tr!("it is not TOML"))]
    NotToml,
}
