//! Parses the settings file into `Settings`. Parsing is strict, and every error has its position in the text. No
//! message repeats a value.

use std::collections::BTreeMap;
use std::str;

use toml_edit::{Document, Item, Key, TableLike, Value};

use crate::i18n::Language;
use crate::text::sanitize::brief;

use super::profile::{DefaultValue, InvalidEntry, Profile, check_default, check_profile_name};
use super::profile_key::{ProfileKey, why_unknown};
use super::settings::{KeyEntry, Settings, UseColor};
use super::settings_fault::SettingsFault;
use crate::text::position::line_and_column;
use crate::text::suggest::nearest;

/// The version that is written. Files of version 1 can be read too: version 2 only changed names of actions, and the
/// keymap knows the former ones.
const VERSION: i64 = 2;

/// The error of a settings file that cannot be used.
pub(super) enum ParseError {
    /// Line and column count from 1.
    Broken { line: usize, column: usize, why: SettingsFault },
    /// A version that this program does not know.
    Version(i64),
}

/// An error and its position in the text, in bytes.
struct ErrorAt {
    at: usize,
    why: SettingsFault,
}

type Read<T> = Result<T, ErrorAt>;

/// Parses the bytes of a settings file.
pub(super) fn read(bytes: &[u8]) -> Result<Settings, ParseError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        broken(good, ErrorAt { at: good.len(), why: SettingsFault::NotUtf8 })
    })?;
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        broken(text, ErrorAt { at, why: SettingsFault::NotToml(error.message().replace("invalid ", "not a right ")) })
    })?;
    let root: &dyn TableLike = document.as_table();
    match root.get("version").map(Item::as_integer) {
        None | Some(Some(1..=VERSION) | None) => {}
        Some(Some(other)) => return Err(ParseError::Version(other)),
    }
    settings(root, text).map_err(|wrong| broken(text, wrong))
}

fn broken(text: &str, wrong: ErrorAt) -> ParseError {
    let (line, column) = line_and_column(text, wrong.at);
    ParseError::Broken { line, column, why: wrong.why }
}

/// Returns the position of a member in bytes: that of its name, or else `table_at`, that of its table.
fn place(table: &dyn TableLike, name: &str, table_at: usize) -> usize {
    table.key(name).and_then(Key::span).map_or(table_at, |span| span.start)
}

/// Reads the setting `color`; `None` if it has no valid value. `true` keeps its old meaning, the same as `"auto"`: the
/// environment and the terminal decide.
fn use_color(item: &Item) -> Option<UseColor> {
    match (item.as_bool(), item.as_str()) {
        (Some(true), _) | (None, Some("auto")) => Some(UseColor::Auto),
        (Some(false), _) | (None, Some("never")) => Some(UseColor::Never),
        (None, Some("always")) => Some(UseColor::Always),
        (None, _) => None,
    }
}

fn settings(root: &dyn TableLike, text: &str) -> Read<Settings> {
    let mut settings = Settings::default();
    for (name, item) in root.iter() {
        let at = place(root, name, 0);
        let wrong = |why: SettingsFault| ErrorAt { at, why };
        match name {
            "version" => {
                item.as_integer().ok_or_else(|| wrong(SettingsFault::Version))?;
            }
            "mouse" => settings.mouse = item.as_bool().ok_or_else(|| wrong(SettingsFault::Mouse))?,
            "language" => {
                let wrong = |right| wrong(SettingsFault::Language(right));
                let tag = ProfileKey::Language.check(item.as_str().unwrap_or_default()).map_err(wrong)?;
                settings.language = Language::from_tag(&tag);
            }
            "synchronized_output" => {
                let on = item.as_bool();
                settings.synchronized_output = Some(on.ok_or_else(|| wrong(SettingsFault::SynchronizedOutput))?);
            }
            "color" => {
                let right = || wrong(SettingsFault::Color);
                settings.color = use_color(item).ok_or_else(right)?;
            }
            "theme" => {
                let right = || wrong(SettingsFault::Theme);
                settings.theme = Some(item.as_str().ok_or_else(right)?.to_owned());
            }
            "ascii" => {
                settings.ascii = Some(item.as_bool().ok_or_else(|| wrong(SettingsFault::Ascii))?);
            }
            "profile" => {
                let name = item.as_str().ok_or_else(|| wrong(SettingsFault::ProfileInUse))?;
                check_profile_name(name).map_err(|why| wrong(why.into()))?;
                settings.profile = Some(name.to_owned());
            }
            "profiles" => {
                let table = item.as_table_like().ok_or_else(|| wrong(SettingsFault::Profiles))?;
                for (name, item) in table.iter() {
                    let at = place(table, name, at);
                    check_profile_name(name).map_err(|why| ErrorAt { at, why: why.into() })?;
                    settings.profiles.insert(name.to_owned(), profile(name, item, at)?);
                }
            }
            "keys" => {
                let table = item.as_table_like().ok_or_else(|| wrong(SettingsFault::Keys))?;
                for (name, item) in table.iter() {
                    let at = place(table, name, at);
                    let (line, column) = line_and_column(text, at);
                    let keys = keys_of(name, item).map_err(|why| ErrorAt { at, why })?;
                    settings.keys.push(KeyEntry { action: name.to_owned(), keys, line, column });
                }
            }
            other => {
                let names = [
                    "version",
                    "mouse",
                    "color",
                    "theme",
                    "ascii",
                    "synchronized_output",
                    "language",
                    "profile",
                    "profiles",
                    "keys",
                ];
                return Err(wrong(SettingsFault::UnknownSetting {
                    name: brief(other, 40),
                    near: nearest(other, names),
                }));
            }
        }
    }
    Ok(settings)
}

/// Reads one key or a list of keys as plain texts, which are not checked here.
fn keys_of(name: &str, item: &Item) -> Result<Vec<String>, SettingsFault> {
    let found: Option<Vec<String>> = match item.as_value() {
        Some(Value::String(key)) => Some(vec![key.value().clone()]),
        Some(Value::Array(keys)) => keys.iter().map(|key| key.as_str().map(ToOwned::to_owned)).collect(),
        Some(Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::InlineTable(_))
        | None => None,
    };
    found.ok_or_else(|| SettingsFault::KeysOfAction { name: brief(name, 40) })
}

fn profile(name: &str, item: &Item, at: usize) -> Read<Profile> {
    let Some(table) = item.as_table_like() else {
        return Err(ErrorAt { at, why: SettingsFault::Profile { name: name.to_owned() } });
    };
    let mut entries = BTreeMap::new();
    let mut defaults = BTreeMap::new();
    for (key, item) in table.iter() {
        let at = place(table, key, at);
        if key == "defaults" {
            let Some(table) = item.as_table_like() else {
                return Err(ErrorAt { at, why: SettingsFault::Defaults { name: name.to_owned() } });
            };
            read_defaults("", table, at, &mut defaults)?;
            continue;
        }
        let entry = ProfileKey::named(key).ok_or_else(|| ErrorAt { at, why: why_unknown(key).into() })?;
        entries.insert(entry, value(entry, item).map_err(|why| ErrorAt { at, why })?);
    }
    if !entries.contains_key(&ProfileKey::Region) {
        return Err(ErrorAt { at, why: SettingsFault::NoRegion { name: name.to_owned() } });
    }
    let mut profile = Profile::from_entries(entries);
    profile.defaults = defaults;
    Ok(profile)
}

fn value(entry: ProfileKey, item: &Item) -> Result<String, SettingsFault> {
    let text = match (entry, item.as_value()) {
        (ProfileKey::TestEndpoint, Some(Value::Boolean(on))) => on.value().to_string(),
        (ProfileKey::TestEndpoint, _) => return Err(SettingsFault::NotASwitch { entry }),
        (_, Some(Value::String(text))) => text.value().clone(),
        (_, _) => return Err(SettingsFault::NotAText { entry }),
    };
    entry.check(&text).map_err(|right| InvalidEntry { what: entry, right }.into())
}

/// Reads the defaults of a profile into `found`, by member of the request body. A nested member may be written in an
/// inner table, with a dotted key, or as one quoted name.
fn read_defaults(
    above: &str,
    table: &dyn TableLike,
    table_at: usize,
    found: &mut BTreeMap<String, DefaultValue>,
) -> Read<()> {
    for (key, item) in table.iter() {
        let at = place(table, key, table_at);
        let name = if above.is_empty() { key.to_owned() } else { format!("{above}.{key}") };
        if let (Some(inner), true) = (item.as_table_like(), above.is_empty()) {
            read_defaults(&name, inner, at, found)?;
            continue;
        }
        check_default(&name).map_err(|why| ErrorAt { at, why: why.into() })?;
        let value = match item.as_value() {
            Some(Value::String(text)) => DefaultValue::Text(text.value().clone()),
            Some(Value::Integer(number)) => DefaultValue::Number(*number.value()),
            Some(Value::Boolean(on)) => DefaultValue::Switch(*on.value()),
            Some(Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_)) | None => {
                return Err(ErrorAt { at, why: SettingsFault::DefaultValue { name } });
            }
        };
        if found.insert(name.clone(), value).is_some() {
            return Err(ErrorAt { at, why: SettingsFault::DefaultTwice { name } });
        }
    }
    Ok(())
}
