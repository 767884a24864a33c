//! Reads the settings file: the given one, or the one in the usual place. Merely starting the program never creates it.

use std::path::Path;

use super::parse::{ParseError, read};
use super::paths::settings_path;
use super::settings::Settings;
use super::settings_error::{SettingsError, UnreadableSettings};
use crate::fs_private::read_private;

/// Settings that can be used in any case, and the error of the file, if any.
#[derive(Debug)]
pub struct LoadedSettings {
    /// The defaults if there is a problem.
    pub settings: Settings,
    pub problem: Option<SettingsError>,
}

impl Settings {
    /// Reads the given file or the one in the usual place. Returns the defaults if there is none in the usual place; a
    /// given file must exist.
    pub fn load(given: Option<&Path>) -> Result<Self, SettingsError> {
        let Some(path) = settings_path(given) else { return Ok(Self::default()) };
        match (read_private(&path)?, given) {
            (Some(bytes), _) => Self::from_bytes(&path, &bytes),
            (None, None) => Ok(Self::default()),
            (None, Some(_)) => Err(SettingsError::Unreadable { path, why: UnreadableSettings::NotFound }),
        }
    }

    /// Reads the settings as `load` does, but uses the defaults if that fails. It is for a program that has to start in
    /// any case (the demo).
    #[must_use]
    pub fn load_or_default(given: Option<&Path>) -> LoadedSettings {
        match Self::load(given) {
            Ok(settings) => LoadedSettings { settings, problem: None },
            Err(problem) => LoadedSettings { settings: Self::default(), problem: Some(problem) },
        }
    }

    /// Parses the contents of a file; the path is only for messages.
    pub(super) fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, SettingsError> {
        let path = path.to_owned();
        read(bytes).map_err(|fault| match fault {
            ParseError::Broken { line, column, why } => SettingsError::Broken { path, line, column, why },
            ParseError::Version(version) => SettingsError::Version { path, version },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::profile::DefaultValue;
    use crate::config::{CredentialKind, KeyEntry, ProfileKey, UseColor};
    use crate::fs_private::write_private;

    fn read_text(text: &str) -> Result<Settings, SettingsError> {
        Settings::from_bytes(Path::new("/c.toml"), text.as_bytes())
    }

    fn said(text: &str) -> String {
        let said = read_text(text).unwrap_err().to_string();
        said.strip_prefix("the settings in /c.toml, ").unwrap_or(&said).to_owned()
    }

    #[test]
    fn settings_of_every_version_are_read() {
        for (version, sample) in [
            (1, include_str!("../../tests/formats/settings-v1.toml")),
            (2, include_str!("../../tests/formats/settings-v2.toml")),
        ] {
            let settings = read_text(sample).unwrap();
            assert_eq!(
                (settings.mouse, settings.color, settings.theme.as_deref()),
                (false, UseColor::Never, Some("dark"))
            );
            assert_eq!((settings.profiles["work"].region(), settings.keys.is_empty()), ("cn-north-4", false));
            assert!(sample.starts_with(&format!("version = {version}\n")));
        }
    }

    #[test]
    fn a_settings_file_is_read_strictly_and_never_made() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("no such file"));
        assert!(!path.exists());
        write_private(&path, b"mouse = false\n").unwrap();
        assert_eq!(Settings::load(Some(&path)).unwrap(), Settings { mouse: false, ..Settings::default() });
        write_private(&path, b"mause = false\n").unwrap();
        let loaded = Settings::load_or_default(Some(&path));
        assert_eq!(loaded.settings, Settings::default());
        let expected = format!(
            "the settings in {}, line 1, column 1: there is no setting `mause` (did you mean mouse?)",
            path.display()
        );
        assert_eq!(loaded.problem.unwrap().to_string(), expected);
        write_private(&path, b"version = 3\nmause = 1\n").unwrap();
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("version 3"));
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(home.path().join("elsewhere"), &path).unwrap();
        assert!(Settings::load(Some(&path)).unwrap_err().to_string().contains("is a link"));
    }

    #[test]
    fn profiles_are_read_with_their_defaults() {
        let text = r#"
            version = 1
            profile = "work"
            [profiles.work]
            region = "cn-north-4"
            credentials = "koocli"
            test_endpoint = true
            [profiles.work.defaults]
            count = 2
            "extend_param.period_num" = "3"
            extend_param.is_auto_pay = false
            band_width = { band_width_size = 5 }
            [profiles.home]
            region = "ap-southeast-3"
        "#;
        let settings = read_text(text).unwrap();
        assert_eq!(settings.profile.as_deref(), Some("work"));
        let work = &settings.profiles["work"];
        assert_eq!((work.region(), work.credentials()), ("cn-north-4", CredentialKind::KooCli));
        assert_eq!(work.get(ProfileKey::TestEndpoint), Some("true"));
        let defaults: Vec<(&str, &DefaultValue)> =
            work.defaults().iter().map(|(name, value)| (name.as_str(), value)).collect();
        assert_eq!(
            defaults,
            [
                ("band_width.band_width_size", &DefaultValue::Number(5)),
                ("count", &DefaultValue::Number(2)),
                ("extend_param.is_auto_pay", &DefaultValue::Switch(false)),
                ("extend_param.period_num", &DefaultValue::Text("3".into())),
            ]
        );
        let home = &settings.profiles["home"];
        assert_eq!((home.region(), home.credentials()), ("ap-southeast-3", CredentialKind::Auto));
        let inline = read_text("profiles = { a = { region = \"x-1\", defaults = { count = 1 } } }").unwrap();
        assert_eq!(inline.profiles["a"].defaults().len(), 1);
    }

    #[test]
    fn keys_are_read_with_their_places_and_not_judged() {
        let settings = read_text("[keys]\nundo = \"F12\"\n  fly = [\"Ctrl-X\", \"nonsense\"]\n").unwrap();
        let entry = |action: &str, keys: &[&str], line, column| KeyEntry {
            action: action.into(),
            keys: keys.iter().map(|key| (*key).to_owned()).collect(),
            line,
            column,
        };
        assert_eq!(settings.keys, [entry("undo", &["F12"], 2, 1), entry("fly", &["Ctrl-X", "nonsense"], 3, 3)]);
    }

    #[test]
    fn the_looks_are_read_in_both_ways_of_saying_it() {
        let color = |text: &str| read_text(text).unwrap().color;
        assert_eq!((color("color = true"), color("color = false")), (UseColor::Auto, UseColor::Never));
        assert_eq!((color("color = \"always\""), color("color = \"auto\"")), (UseColor::Always, UseColor::Auto));
        let settings = read_text("theme = \"dark\"\nascii = true\n").unwrap();
        assert_eq!((settings.theme.as_deref(), settings.ascii), (Some("dark"), Some(true)));
        assert_eq!(said("color = 1"), "line 1, column 1: color is \"auto\", \"always\" or \"never\"");
        assert_eq!(said("ascii = 1"), "line 1, column 1: ascii is true or false");
        assert_eq!(said("theme = 1"), "line 1, column 1: theme is the name of one, like \"dark\", or a path");
    }

    #[test]
    fn a_broken_file_is_told_with_its_place_and_without_its_values() {
        for (text, expected) in [
            ("mouse = canary", "line 1, column 9: string values must be quoted, expected literal string"),
            ("mouse = \"canary\"", "line 1, column 1: mouse is true or false"),
            ("version = \"canary\"", "line 1, column 1: version is a number: version = 2"),
            ("language = \"canary\"", "line 1, column 1: language is en or zh-CN"),
            ("\nprofile = 1", "line 2, column 1: profile is the name of one, like \"work\""),
            ("profiles = 1", "line 1, column 1: profiles are tables, like [profiles.work]"),
            ("[profiles]\na = 1", "line 2, column 1: a profile is a table, like [profiles.a]"),
            ("[profiles.a]\nmouse = 1", "line 2, column 1: a profile has no entry `mouse`"),
            (
                "[profiles.a]\nregoin = \"canary\"",
                "line 2, column 1: a profile has no entry `regoin` (did you mean region?)",
            ),
            (
                "[profiles.a]\nregion = \"x\"\n  secret_key = \"canary\"",
                "line 3, column 3: keys, tokens and passwords are not kept in the settings; remove it and say with \
                 `credentials` where they are",
            ),
            ("[profiles.a]", "line 1, column 11: the profile a has no region; add one, like region = \"cn-north-4\""),
            ("[profiles.a]\nregion = 4", "line 2, column 1: region is a text in quotation marks"),
            (
                "[profiles.a]\ntest_endpoint = \"true\"",
                "line 2, column 1: test_endpoint is true or false, without quotation marks",
            ),
            (
                "[profiles.a]\ncredentials = \"koocly\"",
                "line 2, column 1: credentials is one of auto, sdk-environment, sdk-file, terraform-environment, koocli, \
                 token-file, token, password, metadata, typed (did you mean koocli?)",
            ),
            ("[keys]\nundo = 3", "line 2, column 1: undo is a key like \"F3\", or a list of keys"),
            ("keys = 1", "line 1, column 1: keys are a table, like [keys]"),
            ("[keys]\nundo = [\"F3\", 4]", "line 2, column 1: undo is a key like \"F3\", or a list of keys"),
            (
                "[profiles.a.defaults]\ncounts = 1",
                "line 2, column 1: the form has no field `counts` (did you mean count?)",
            ),
            (
                "[profiles.a.defaults]\ncount = 1.5",
                "line 2, column 1: the default of count is a text, a whole number, true or false",
            ),
            (
                "[profiles.a.defaults]\nextend_param.period_num = 1\n\"extend_param.period_num\" = 2",
                "line 3, column 1: the default of extend_param.period_num is there twice",
            ),
        ] {
            assert_eq!(said(text), expected);
        }
        let proxy = said("[profiles.a]\nproxy = \"http://us:canary@p:1\"");
        assert!(proxy.ends_with("goes into the environment's HTTPS_PROXY") && !proxy.contains("canary"), "{proxy}");
        assert!(said("[profiles.Work]\n").contains("line 1, column 11: the name of a profile has 1 to 32"));
        assert!(said("a = 1\na = 2").starts_with("line 2, column 1: "));
        let not_text = Settings::from_bytes(Path::new("/c.toml"), b"# \xc3\xa4\n  \xff").unwrap_err().to_string();
        assert_eq!(not_text, "the settings in /c.toml, line 2, column 3: the text is not UTF-8");
    }
}
