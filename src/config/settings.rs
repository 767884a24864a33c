//! The settings file (confy). It is read when it is there and never made by merely starting.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// What a person set for every start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub version: u32,
    /// Clicks and the wheel reach the program; selecting text then needs Shift.
    pub mouse: bool,
    /// `false`: no colour is emitted.
    pub color: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { version: 1, mouse: true, color: true }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("the settings in {path} cannot be read: {why}", path = path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("the settings in {path} are of version {version}: this program knows version 1", path = path.display())]
    Version { path: PathBuf, version: u32 },
}

impl Settings {
    /// Reads the file given or the usual one; defaults if there is none.
    pub fn load(given: Option<&Path>) -> Result<Self, SettingsError> {
        let usual = || confy::get_configuration_file_path("cph-wizard", "config").ok();
        let Some(path) = given.map(Path::to_owned).or_else(usual) else { return Ok(Self::default()) };
        // confy would make the file; a mere start leaves nothing behind.
        if given.is_none() && !path.exists() {
            return Ok(Self::default());
        }
        if !path.exists() {
            return Err(SettingsError::Unreadable { path, why: "there is no such file".into() });
        }
        let settings: Self = confy::load_path(&path).map_err(|error| {
            let causes = std::iter::successors(std::error::Error::source(&error), |cause| cause.source());
            let why = causes.last().map_or_else(|| error.to_string(), ToString::to_string);
            SettingsError::Unreadable { path: path.clone(), why }
        })?;
        match settings.version {
            1 => Ok(settings),
            version => Err(SettingsError::Version { path, version }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settings_file_is_read_strictly_and_never_made() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("no such file"));
        assert!(!path.exists());
        std::fs::write(&path, "mouse = false\n").unwrap();
        assert_eq!(Settings::load(Some(&path)).unwrap(), Settings { mouse: false, ..Settings::default() });
        std::fs::write(&path, "mause = false\n").unwrap();
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("mause"));
        std::fs::write(&path, "version = 2\n").unwrap();
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("version 2"));
    }
}
