//! The settings: what a person set for every start, and the profiles. The file that holds them is read in `settings_file.rs`.

use std::collections::BTreeMap;

use crate::i18n::Language;

use super::profile::Profile;

/// What a person set for every start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Clicks and the wheel reach the program; selecting text then needs Shift.
    pub mouse: bool,
    /// Whether frames are bracketed so that they are shown at once; absent: where the terminal is known for it.
    pub synchronized_output: Option<bool>,
    /// The language of the texts, where neither flag, variable nor profile names one.
    pub language: Option<Language>,
    pub color: UseColor,
    /// The theme of the screen: a built-in one, a file of the folder `themes`, or a path.
    pub theme: Option<String>,
    /// Whether no character above 0x7F is drawn; the locale decides if nothing is said.
    pub ascii: Option<bool>,
    /// The profile in use. It may name one that is not there, which is said when it is asked for.
    pub profile: Option<String>,
    pub profiles: BTreeMap<String, Profile>,
    /// Keys that a person wants to be other ones, in the order of the file.
    pub keys: Vec<KeyEntry>,
}

/// When colour is used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UseColor {
    /// By the environment and the terminal.
    #[default]
    Auto,
    Always,
    Never,
}

/// A line of the table `[keys]`. What actions and keys there are, this room does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    pub action: String,
    pub keys: Vec<String>,
    /// Its place in the file; both count from 1.
    pub line: usize,
    pub column: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mouse: true,
            synchronized_output: None,
            language: None,
            color: UseColor::Auto,
            theme: None,
            ascii: None,
            profile: None,
            profiles: BTreeMap::new(),
            keys: Vec::new(),
        }
    }
}
