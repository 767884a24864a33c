//! Where a value came from, to be shown beside it.

use std::fmt;

/// Where a value came from; `Display` is for the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Flag,
    /// The name of the variable.
    Environment(String),
    /// The name of the profile.
    Profile(String),
    /// The settings, outside of any profile: which one is in use.
    Settings,
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("flag"),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::Profile(name) => write!(f, "profile {name}"),
            Self::Settings => f.write_str("settings"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    pub from: Origin,
}
