//! Edits the settings file: adds, changes, removes and selects profiles. Comments, order and everything else in the
//! file stay as the user left them.

use std::fs::File;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::paths::settings_path;
use super::profile::{DefaultValue, Profile, check_default, check_profile_name};
use super::profile_key::ProfileKey;
use super::settings::Settings;
use super::settings_error::{ProfileNameSource, SettingsError, UnreadableSettings};
use crate::fs_private::{PrivateFileError, check_folder, folder_of, make_folder, read_private, write_private};

/// Editor of the settings file. It keeps no state between calls: each call reads the file, makes its change and writes
/// the whole file back.
#[derive(Debug, Clone)]
pub struct SettingsEditor {
    path: PathBuf,
}

/// One change to a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileChange {
    /// Sets an entry, replacing the value that it had.
    Set(ProfileKey, String),
    /// Removes an entry; the region cannot be removed.
    Clear(ProfileKey),
    SetDefault(String, DefaultValue),
    ClearDefault(String),
}

impl SettingsEditor {
    /// Creates an editor of the given file, or of the one in the usual place. Fails with `NoPlace` if there is neither.
    pub fn at(given: Option<&Path>) -> Result<Self, SettingsError> {
        let path = settings_path(given).ok_or(SettingsError::NoPlace)?;
        Ok(Self { path })
    }

    /// Returns the path of the file, which need not exist yet.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the settings from the file; returns the defaults if there is no file.
    pub fn settings(&self) -> Result<Settings, SettingsError> {
        self.parse(read_private(&self.path)?.as_deref())
    }

    fn parse(&self, bytes: Option<&[u8]>) -> Result<Settings, SettingsError> {
        bytes.map_or_else(|| Ok(Settings::default()), |bytes| Settings::from_bytes(&self.path, bytes))
    }

    /// Adds a profile. An existing profile of that name is not overwritten: that is an error.
    pub fn add(&self, name: &str, profile: &Profile) -> Result<(), SettingsError> {
        check_profile_name(name)
            .map_err(|right| SettingsError::ProfileName { what: ProfileNameSource::Name, right })?;
        self.edit(|settings, document| {
            if settings.profiles.contains_key(name) {
                return Err(SettingsError::Exists { name: name.to_owned() });
            }
            let profiles = document.entry("profiles").or_insert_with(|| implicit(Table::new()));
            let table = profiles.as_table_like_mut().ok_or_else(|| SettingsError::no_profile(settings, name))?;
            table.insert(name, Item::Table(Table::new()));
            let table = table.get_mut(name).and_then(Item::as_table_like_mut);
            let table = table.ok_or_else(|| SettingsError::no_profile(settings, name))?;
            for (entry, value) in profile.entries() {
                put(table, entry.name(), entry_value(entry, value));
            }
            for (field, value) in profile.defaults() {
                set_default(table, field, default_value(value));
            }
            Ok(())
        })
    }

    /// Changes an existing profile. Only the named entries change, whatever else was written to the file in the
    /// meantime.
    pub fn change(&self, name: &str, changes: &[ProfileChange]) -> Result<(), SettingsError> {
        let changes = changes.iter().map(checked).collect::<Result<Vec<ProfileChange>, SettingsError>>()?;
        self.edit(|settings, document| {
            let table = profile_table(document, name).ok_or_else(|| SettingsError::no_profile(settings, name))?;
            for change in &changes {
                match change {
                    ProfileChange::Set(entry, value) => put(table, entry.name(), entry_value(*entry, value)),
                    ProfileChange::Clear(entry) => {
                        table.remove(entry.name());
                    }
                    ProfileChange::SetDefault(field, value) => set_default(table, field, default_value(value)),
                    ProfileChange::ClearDefault(field) => clear_default(table, field),
                }
            }
            Ok(())
        })
    }

    /// Removes a profile. The profile in use cannot be removed while there are others.
    pub fn remove(&self, name: &str) -> Result<(), SettingsError> {
        self.edit(|settings, document| {
            if !settings.profiles.contains_key(name) {
                return Err(SettingsError::no_profile(settings, name));
            }
            if settings.profile.as_deref() == Some(name) {
                let others: Vec<&str> =
                    settings.profiles.keys().map(String::as_str).filter(|other| *other != name).collect();
                if !others.is_empty() {
                    return Err(SettingsError::InUse { name: name.to_owned(), others: others.join(", ") });
                }
                document.remove("profile");
            }
            let profiles = document.get_mut("profiles").and_then(Item::as_table_like_mut);
            profiles
                .and_then(|profiles| profiles.remove(name))
                .ok_or_else(|| SettingsError::no_profile(settings, name))?;
            Ok(())
        })
    }

    /// Selects an existing profile as the one in use.
    pub fn use_profile(&self, name: &str) -> Result<(), SettingsError> {
        self.edit(|settings, document| {
            if !settings.profiles.contains_key(name) {
                return Err(SettingsError::no_profile(settings, name));
            }
            put(document.as_table_mut(), "profile", name.into());
            Ok(())
        })
    }

    /// Edits the file under a lock on its folder. On a file system without locks it goes on regardless: the bytes of
    /// the file are compared again before they are replaced. Nothing is written that the next start would refuse.
    fn edit(
        &self,
        change: impl Fn(&Settings, &mut DocumentMut) -> Result<(), SettingsError>,
    ) -> Result<(), SettingsError> {
        let folder = folder_of(&self.path);
        let failed = |source| PrivateFileError::Write { path: self.path.clone(), source };
        make_folder(folder).map_err(failed)?;
        let folder = File::open(folder).map_err(failed)?;
        // Before the first file is there, too: it could not be read back.
        check_folder(&self.path, &folder)?;
        // Held until the handle is dropped.
        let _ = folder.lock();
        let before = read_private(&self.path)?;
        let settings = self.parse(before.as_deref())?;
        let text = before.as_deref().map_or(Ok("version = 2\n"), std::str::from_utf8);
        let document = text.ok().and_then(|text| text.parse::<DocumentMut>().ok());
        let unreadable = || SettingsError::Unreadable { path: self.path.clone(), why: UnreadableSettings::NotToml };
        let mut document = document.ok_or_else(unreadable)?;
        change(&settings, &mut document)?;
        let after = document.to_string().into_bytes();
        // Never a file that the next start would refuse.
        self.parse(Some(&after))?;
        if read_private(&self.path)? != before {
            return Err(SettingsError::Changed { path: self.path.clone() });
        }
        Ok(write_private(&self.path, &after)?)
    }
}

fn checked(change: &ProfileChange) -> Result<ProfileChange, SettingsError> {
    match change {
        ProfileChange::Set(entry, value) => {
            let refused = |right| SettingsError::Value { what: entry.name().to_owned(), right };
            let value = entry.check(value).map_err(refused)?;
            Ok(ProfileChange::Set(*entry, value))
        }
        ProfileChange::Clear(ProfileKey::Region) => Err(SettingsError::RegionCleared),
        ProfileChange::SetDefault(field, _) => {
            check_default(field).map_err(SettingsError::Default)?;
            Ok(change.clone())
        }
        ProfileChange::Clear(_) | ProfileChange::ClearDefault(_) => Ok(change.clone()),
    }
}

fn entry_value(entry: ProfileKey, value: &str) -> Value {
    if entry == ProfileKey::TestEndpoint { (value == "true").into() } else { value.into() }
}

fn default_value(value: &DefaultValue) -> Value {
    match value {
        DefaultValue::Text(text) => text.into(),
        DefaultValue::Number(number) => (*number).into(),
        DefaultValue::Switch(on) => (*on).into(),
    }
}

/// Marks a table as implicit: it gets no header of its own while it holds only tables.
fn implicit(mut table: Table) -> Item {
    table.set_implicit(true);
    Item::Table(table)
}

fn profile_table<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    document.get_mut("profiles")?.as_table_like_mut()?.get_mut(name)?.as_table_like_mut()
}

/// Sets a value and keeps the comment after the old one.
fn put(table: &mut dyn TableLike, name: &str, mut value: Value) {
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => {
            table.insert(name, Item::Value(value));
        }
    }
}

/// Sets a default in the form in which it is already written: as one quoted name, or as a member of an inner table. A
/// new one is written as one quoted name.
fn set_default(profile: &mut dyn TableLike, field: &str, value: Value) {
    if profile.get("defaults").is_none() {
        // An inline table makes an inline table of it.
        profile.insert("defaults", Item::Table(Table::new()));
    }
    let Some(defaults) = profile.get_mut("defaults").and_then(Item::as_table_like_mut) else { return };
    if let Some((outer, inner)) = field.split_once('.') {
        let nested = defaults.get_mut(outer).and_then(Item::as_table_like_mut);
        if let Some(nested) = nested.filter(|nested| nested.contains_key(inner)) {
            return put(nested, inner, value);
        }
    }
    put(defaults, field, value);
}

fn clear_default(profile: &mut dyn TableLike, field: &str) {
    let Some(defaults) = profile.get_mut("defaults").and_then(Item::as_table_like_mut) else { return };
    defaults.remove(field);
    if let Some((outer, inner)) = field.split_once('.')
        && let Some(nested) = defaults.get_mut(outer).and_then(Item::as_table_like_mut)
    {
        nested.remove(inner);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const FILE: &str = "# ours\nmouse = false # the wheel\n\n# for the team\n[profiles.work]\nregion = \"cn-north-4\" # near\n\
                        # asks first\ncredentials = \"auto\"\n\n[profiles.work.defaults]\nextend_param.period_num = 1 # a month\n";

    fn profiles(text: &str) -> (tempfile::TempDir, SettingsEditor) {
        let home = tempfile::tempdir().unwrap();
        let profiles = SettingsEditor::at(Some(&home.path().join("made/config.toml"))).unwrap();
        if !text.is_empty() {
            write_private(profiles.path(), text.as_bytes()).unwrap();
        }
        (home, profiles)
    }

    fn text(profiles: &SettingsEditor) -> String {
        fs::read_to_string(profiles.path()).unwrap()
    }

    #[test]
    fn the_first_profile_makes_the_file() {
        let (_home, profiles) = profiles("");
        let profile = Profile::new("cn-north-4").unwrap().with(ProfileKey::TestEndpoint, "true").unwrap();
        let profile = profile.with_default("extend_param.period_num", DefaultValue::Number(3)).unwrap();
        profiles.add("work", &profile).unwrap();
        let expected = "version = 2\n\n[profiles.work]\nregion = \"cn-north-4\"\ntest_endpoint = true\n\n\
                        [profiles.work.defaults]\n\"extend_param.period_num\" = 3\n";
        assert_eq!(text(&profiles), expected);
        assert_eq!(profiles.settings().unwrap().profiles["work"], profile);
        let twice = profiles.add("work", &profile).unwrap_err();
        assert_eq!(twice.to_string(), "there is already a profile work; change it, or remove it first");
        assert!(profiles.add("Work", &profile).unwrap_err().to_string().starts_with("the name: the name of a profile"));
        assert_eq!(text(&profiles), expected);
    }

    #[test]
    fn comments_and_order_survive_every_change() {
        let (_home, profiles) = profiles(FILE);
        profiles.add("home", &Profile::new("ap-southeast-3").unwrap()).unwrap();
        profiles.use_profile("work").unwrap();
        let changes = [
            ProfileChange::Set(ProfileKey::Region, " cn-east-3 ".into()),
            ProfileChange::Set(ProfileKey::Language, "zh".into()),
            ProfileChange::Clear(ProfileKey::Credentials),
            ProfileChange::Clear(ProfileKey::Proxy),
            ProfileChange::SetDefault("extend_param.period_num".into(), DefaultValue::Number(2)),
            ProfileChange::SetDefault("count".into(), DefaultValue::Text("4".into())),
            ProfileChange::ClearDefault("image_id".into()),
        ];
        profiles.change("work", &changes).unwrap();
        assert_eq!(
            text(&profiles),
            "# ours\nmouse = false # the wheel\nprofile = \"work\"\n\n# for the team\n[profiles.work]\n\
             region = \"cn-east-3\" # near\nlanguage = \"zh\"\n\n[profiles.work.defaults]\n\
             extend_param.period_num = 2 # a month\ncount = \"4\"\n\n[profiles.home]\nregion = \"ap-southeast-3\"\n"
        );
        profiles.change("work", &[ProfileChange::ClearDefault("extend_param.period_num".into())]).unwrap();
        assert_eq!(profiles.settings().unwrap().profiles["work"].defaults().len(), 1);
    }

    #[test]
    fn inline_tables_are_changed_too() {
        let (_home, profiles) = profiles("profiles = { a = { region = \"x-1\" } }\n");
        profiles.add("b", &Profile::new("y-1").unwrap()).unwrap();
        profiles.change("a", &[ProfileChange::SetDefault("count".into(), DefaultValue::Number(1))]).unwrap();
        let settings = profiles.settings().unwrap();
        assert_eq!(settings.profiles["b"].region(), "y-1");
        assert_eq!(settings.profiles["a"].defaults().len(), 1);
    }

    #[test]
    fn the_profile_in_use_is_not_removed_while_there_are_others() {
        let (_home, profiles) = profiles(FILE);
        profiles.add("home", &Profile::new("ap-southeast-3").unwrap()).unwrap();
        profiles.use_profile("work").unwrap();
        let refused = profiles.remove("work").unwrap_err();
        assert_eq!(refused.to_string(), "work is the profile in use; use another one first: home");
        profiles.remove("home").unwrap();
        profiles.remove("work").unwrap();
        assert_eq!(profiles.settings().unwrap(), Settings { mouse: false, ..Settings::default() });
        assert!(text(&profiles).contains("mouse = false # the wheel"));
        for refused in [profiles.remove("work"), profiles.use_profile("work"), profiles.change("work", &[])] {
            assert_eq!(refused.unwrap_err().to_string(), "there is no profile work; none is set up yet");
        }
    }

    #[test]
    fn what_would_be_refused_at_the_next_start_is_not_written() {
        let (_home, profiles) = profiles(FILE);
        for (change, expected) in [
            (ProfileChange::Set(ProfileKey::Language, "de".into()), "language is en or zh-CN"),
            (ProfileChange::Clear(ProfileKey::Region), "region cannot be left out; set another one"),
            (
                ProfileChange::SetDefault("ports".into(), DefaultValue::Number(1)),
                "defaults: `ports` (Ports) cannot have a default",
            ),
        ] {
            let refused =
                profiles.change("work", &[ProfileChange::Set(ProfileKey::Theme, "x".into()), change]).unwrap_err();
            assert_eq!(refused.to_string(), expected);
        }
        let refused = profiles.change("wrok", &[]).unwrap_err();
        assert_eq!(refused.to_string(), "there is no profile wrok (did you mean work?)");
        assert_eq!(text(&profiles), FILE);
        write_private(profiles.path(), b"mouse = \n").unwrap();
        let refused = profiles.use_profile("work").unwrap_err();
        assert!(matches!(refused, SettingsError::Broken { line: 1, .. }), "{refused}");
        assert_eq!(text(&profiles), "mouse = \n");
    }

    #[test]
    fn changes_at_the_same_time_are_all_kept() {
        let (_home, profiles) = profiles(FILE);
        std::thread::scope(|scope| {
            for number in 0..8 {
                let profiles = &profiles;
                scope.spawn(move || profiles.add(&format!("p{number}"), &Profile::new("x-1").unwrap()).unwrap());
            }
        });
        assert_eq!(profiles.settings().unwrap().profiles.len(), 9);
    }

    #[test]
    fn a_file_that_changes_under_the_edit_is_not_overwritten() {
        let (_home, profiles) = profiles(FILE);
        let raced = profiles.edit(|_, document| {
            // An editor that knows nothing of our lock.
            write_private(profiles.path(), b"mouse = true\n").unwrap();
            put(document.as_table_mut(), "color", false.into());
            Ok(())
        });
        assert!(matches!(raced.unwrap_err(), SettingsError::Changed { .. }));
        assert_eq!(text(&profiles), "mouse = true\n");
    }
}
