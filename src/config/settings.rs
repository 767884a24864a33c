//! The settings that apply to every run, and the profiles. `settings_file.rs` reads the file that holds them.

use std::collections::BTreeMap;

use crate::i18n::Language;

use super::profile::Profile;

/// The user's settings for every run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// True if the program receives clicks and the mouse wheel; selecting text then needs Shift.
    pub mouse: bool,
    /// True if frames are bracketed so that the terminal shows each one at once. `None`: only if the terminal is known
    /// to support it.
    pub synchronized_output: Option<bool>,
    /// The language of the texts, unless a flag, a variable or the profile sets one.
    pub language: Option<Language>,
    pub color: UseColor,
    /// The theme of the screen: the name of a built-in one or of a file in the folder `themes`, or a path.
    pub theme: Option<String>,
    /// True if no character above 0x7F is drawn. `None`: the locale decides.
    pub ascii: Option<bool>,
    /// The profile in use. It may not exist, which is reported only when it is needed.
    pub profile: Option<String>,
    pub profiles: BTreeMap<String, Profile>,
    /// The user's key bindings, in the order of the file.
    pub keys: Vec<KeyEntry>,
}

/// The use of colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum UseColor {
    /// The environment and the terminal decide.
    #[default]
    Auto,
    Always,
    Never,
}

/// A line of the table `[keys]`. This module does not know which actions and keys exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyEntry {
    pub action: String,
    pub keys: Vec<String>,
    /// The line in the file; line and column count from 1.
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
