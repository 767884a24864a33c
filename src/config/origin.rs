//! The origin of a value, shown beside it.

use std::fmt;

use crate::i18n::tr;

/// The origin of a value. `Display` describes it for the screen, in the current language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueOrigin {
    Flag,
    /// The name of the variable.
    Environment(String),
    /// The name of the profile.
    Profile(String),
    /// The settings file outside any profile, which selects the profile in use.
    Settings,
    Default,
}

impl fmt::Display for ValueOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str(&tr!("flag")),
            Self::Environment(variable) => f.write_str(&tr!("environment {variable}", variable)),
            Self::Profile(name) => f.write_str(&tr!("profile {name}", name)),
            Self::Settings => f.write_str(&tr!("settings")),
            Self::Default => f.write_str(&tr!("default")),
        }
    }
}

impl ValueOrigin {
    /// Returns the code for programs: `flag`, `environment:CPH_WIZARD_REGION`, `profile:work`, `settings` or `default`.
    #[must_use]
    pub fn code(&self) -> String {
        match self {
            Self::Flag => "flag".to_owned(),
            Self::Environment(variable) => format!("environment:{variable}"),
            Self::Profile(name) => format!("profile:{name}"),
            Self::Settings => "settings".to_owned(),
            Self::Default => "default".to_owned(),
        }
    }
}

/// A value and its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    pub from: ValueOrigin,
}
