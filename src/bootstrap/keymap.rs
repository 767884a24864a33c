//! Applies the key bindings of the settings, and reports a faulty one with its position in the file.

use std::path::Path;

use crate::app::{KeyChange, Keymap};
use crate::config::{Settings, SettingsError, SettingsFault, settings_path};

/// Builds the keymap with the changes of the settings. `given` is the settings file named by the user, for the position
/// in an error.
pub fn keymap(settings: &Settings, given: Option<&Path>) -> Result<Keymap, SettingsError> {
    let change = |entry: &crate::config::KeyEntry| KeyChange { action: entry.action.clone(), keys: entry.keys.clone() };
    let changes: Vec<KeyChange> = settings.keys.iter().map(change).collect();
    Keymap::with(&changes).map_err(|fault| {
        let (line, column) = settings.keys.get(fault.change).map_or((1, 1), |entry| (entry.line, entry.column));
        let path = settings_path(given).unwrap_or_default();
        SettingsError::Broken { path, line, column, why: SettingsFault::KeyBinding(fault.why) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs_private::write_private;

    #[test]
    fn a_wrong_key_is_told_with_its_place() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let said = |text: &str| {
            write_private(&path, text.as_bytes()).unwrap();
            let settings = Settings::load(Some(&path)).unwrap();
            keymap(&settings, Some(&path)).map(drop).map_err(|error| error.to_string())
        };
        assert_eq!(said("[keys]\nundo = \"F12\"\nredo = [\"F11\", \"Ctrl-B\"]\n"), Ok(()));
        let both = said("[keys]\nrefresh = \"F12\"\n redo = \"F3\"\n").unwrap_err();
        assert!(both.ends_with("line 3, column 2: redo and undo are both F3"), "{both}");
        let none = said("[keys]\nundo = \"Hyper-Q\"\n").unwrap_err();
        assert!(none.contains("line 2, column 1: there is no key `Hyper-Q`"), "{none}");
    }
}
