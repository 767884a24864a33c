//! Errors at one position of a settings file. No message repeats a value.

use crate::i18n::tr;
use crate::text::suggest::hint;

use super::profile::{InvalidDefault, InvalidEntry, InvalidProfileName};
use super::profile_key::{InvalidValue, ProfileKey, UnknownKey};

/// An error at one position of a settings file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    #[error("{}", tr!("the text is not UTF-8"))]
    NotUtf8,
    /// The message of the TOML parser.
    #[error("{0}")]
    NotToml(String),
    #[error("{}", tr!("version is a number: version = 2"))]
    Version,
    #[error("{}", tr!("mouse is true or false"))]
    Mouse,
    #[error("{}", tr!("{what} {right}", what = "language", right = .0))]
    Language(InvalidValue),
    #[error("{}", tr!("synchronized_output is true or false"))]
    SynchronizedOutput,
    #[error("{}", tr!("color is \"auto\", \"always\" or \"never\""))]
    Color,
    #[error("{}", tr!("theme is the name of one, like \"dark\", or a path"))]
    Theme,
    #[error("{}", tr!("ascii is true or false"))]
    Ascii,
    #[error("{}", tr!("profile is the name of one, like \"work\""))]
    ProfileInUse,
    #[error(transparent)]
    ProfileName(#[from] InvalidProfileName),
    #[error("{}", tr!("profiles are tables, like [profiles.work]"))]
    Profiles,
    #[error("{}", tr!("keys are a table, like [keys]"))]
    Keys,
    #[error("{}", tr!("{name} is a key like \"F3\", or a list of keys", name))]
    KeysOfAction { name: String },
    /// The keymap's message about a binding that it refuses.
    #[error("{0}")]
    KeyBinding(String),
    #[error("{}", tr!("there is no setting `{name}`{guess}", name, guess = hint(*near)))]
    UnknownSetting { name: String, near: Option<&'static str> },
    #[error("{}", tr!("a profile is a table, like [profiles.{name}]", name))]
    Profile { name: String },
    #[error("{}", tr!("defaults are a table, like [profiles.{name}.defaults]", name))]
    Defaults { name: String },
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    #[error("{}", tr!("the profile {name} has no region; add one, like region = \"cn-north-4\"", name))]
    NoRegion { name: String },
    #[error("{}", tr!("{entry} is true or false, without quotation marks", entry))]
    NotASwitch { entry: ProfileKey },
    #[error("{}", tr!("{entry} is a text in quotation marks", entry))]
    NotAText { entry: ProfileKey },
    #[error(transparent)]
    Entry(#[from] InvalidEntry),
    #[error(transparent)]
    DefaultName(#[from] InvalidDefault),
    #[error("{}", tr!("the default of {name} is a text, a whole number, true or false", name))]
    DefaultValue { name: String },
    #[error("{}", tr!("the default of {name} is there twice", name))]
    DefaultTwice { name: String },
}
