//! Parses the settings file into `Settings`: strict, and every fault with its place in the text.
//! No sentence repeats a value.

use std::collections::BTreeMap;
use std::str;

use toml_edit::{Document, Item, Key, TableLike, Value};

use crate::i18n::{Language, tr};
use crate::text::sanitize::brief;

use super::profile::{DefaultValue, Profile, check_default, check_profile_name};
use super::profile_key::{ProfileKey, why_unknown};
use super::settings::{KeyEntry, Settings, UseColor};
use crate::text::position::line_and_column;
use crate::text::suggest::did_you_mean;

/// The version that is written. Files of version 1 are read: only names of actions changed in 2, and the keymap
/// knows the former ones.
const VERSION: i64 = 2;

/// What is wrong with the text.
pub(super) enum ParseError {
    /// Line and column count from 1.
    Broken { line: usize, column: usize, why: String },
    /// A version that this program does not know.
    Version(i64),
}

/// A place in the text, in bytes, and what is wrong there.
struct ErrorAt {
    at: usize,
    why: String,
}

type Read<T> = Result<T, ErrorAt>;

/// Reads the bytes of a settings file.
pub(super) fn read(bytes: &[u8]) -> Result<Settings, ParseError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        broken(good, ErrorAt { at: good.len(), why: tr!("the text is not UTF-8") })
    })?;
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        broken(text, ErrorAt { at, why: error.message().replace("invalid ", "not a right ") })
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

/// Where a member stands: its name, or else the table that it is in.
fn place(table: &dyn TableLike, name: &str, table_at: usize) -> usize {
    table.key(name).and_then(Key::span).map_or(table_at, |span| span.start)
}

/// `true` is what it always was: by the environment and the terminal.
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
        let wrong = |why: String| ErrorAt { at, why };
        match name {
            "version" => {
                item.as_integer().ok_or_else(|| wrong(tr!("version is a number: version = 2")))?;
            }
            "mouse" => settings.mouse = item.as_bool().ok_or_else(|| wrong(tr!("mouse is true or false")))?,
            "language" => {
                let wrong = |right| wrong(tr!("{what} {right}", what = name, right));
                let tag = ProfileKey::Language.check(item.as_str().unwrap_or_default()).map_err(wrong)?;
                settings.language = Language::from_tag(&tag);
            }
            "synchronized_output" => {
                let on = item.as_bool();
                settings.synchronized_output =
                    Some(on.ok_or_else(|| wrong(tr!("synchronized_output is true or false")))?);
            }
            "color" => {
                let right = || wrong(tr!("color is \"auto\", \"always\" or \"never\""));
                settings.color = use_color(item).ok_or_else(right)?;
            }
            "theme" => {
                let right = || wrong(tr!("theme is the name of one, like \"dark\", or a path"));
                settings.theme = Some(item.as_str().ok_or_else(right)?.to_owned());
            }
            "ascii" => {
                settings.ascii = Some(item.as_bool().ok_or_else(|| wrong(tr!("ascii is true or false")))?);
            }
            "profile" => {
                let name = item.as_str().ok_or_else(|| wrong(tr!("profile is the name of one, like \"work\"")))?;
                check_profile_name(name).map_err(|why| ErrorAt { at, why })?;
                settings.profile = Some(name.to_owned());
            }
            "profiles" => {
                let table =
                    item.as_table_like().ok_or_else(|| wrong(tr!("profiles are tables, like [profiles.work]")))?;
                for (name, item) in table.iter() {
                    let at = place(table, name, at);
                    check_profile_name(name).map_err(|why| ErrorAt { at, why })?;
                    settings.profiles.insert(name.to_owned(), profile(name, item, at)?);
                }
            }
            "keys" => {
                let table = item.as_table_like().ok_or_else(|| wrong(tr!("keys are a table, like [keys]")))?;
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
                let guess = did_you_mean(other, names);
                let why = tr!("there is no setting `{name}`{guess}", name = brief(other, 40), guess);
                return Err(ErrorAt { at, why });
            }
        }
    }
    Ok(settings)
}

/// One key or several, as plain texts.
fn keys_of(name: &str, item: &Item) -> Result<Vec<String>, String> {
    let found: Option<Vec<String>> = match item.as_value() {
        Some(Value::String(key)) => Some(vec![key.value().clone()]),
        Some(Value::Array(keys)) => keys.iter().map(|key| key.as_str().map(ToOwned::to_owned)).collect(),
        Some(Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::InlineTable(_))
        | None => None,
    };
    found.ok_or_else(|| tr!("{name} is a key like \"F3\", or a list of keys", name = brief(name, 40)))
}

fn profile(name: &str, item: &Item, at: usize) -> Read<Profile> {
    let Some(table) = item.as_table_like() else {
        return Err(ErrorAt { at, why: tr!("a profile is a table, like [profiles.{name}]", name) });
    };
    let mut entries = BTreeMap::new();
    let mut defaults = BTreeMap::new();
    for (key, item) in table.iter() {
        let at = place(table, key, at);
        if key == "defaults" {
            let Some(table) = item.as_table_like() else {
                return Err(ErrorAt { at, why: tr!("defaults are a table, like [profiles.{name}.defaults]", name) });
            };
            read_defaults("", table, at, &mut defaults)?;
            continue;
        }
        let entry = ProfileKey::named(key).ok_or_else(|| ErrorAt { at, why: why_unknown(key) })?;
        entries.insert(entry, value(entry, item).map_err(|why| ErrorAt { at, why })?);
    }
    if !entries.contains_key(&ProfileKey::Region) {
        return Err(ErrorAt {
            at,
            why: tr!("the profile {name} has no region; add one, like region = \"cn-north-4\"", name),
        });
    }
    let mut profile = Profile::from_entries(entries);
    profile.defaults = defaults;
    Ok(profile)
}

fn value(entry: ProfileKey, item: &Item) -> Result<String, String> {
    let text = match (entry, item.as_value()) {
        (ProfileKey::TestEndpoint, Some(Value::Boolean(on))) => on.value().to_string(),
        (ProfileKey::TestEndpoint, _) => return Err(tr!("{entry} is true or false, without quotation marks", entry)),
        (_, Some(Value::String(text))) => text.value().clone(),
        (_, _) => return Err(tr!("{entry} is a text in quotation marks", entry)),
    };
    entry.check(&text).map_err(|right| tr!("{what} {right}", what = entry, right))
}

/// A member inside another may be written as a table, with dots, or quoted as one name.
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
        check_default(&name).map_err(|why| ErrorAt { at, why })?;
        let value = match item.as_value() {
            Some(Value::String(text)) => DefaultValue::Text(text.value().clone()),
            Some(Value::Integer(number)) => DefaultValue::Number(*number.value()),
            Some(Value::Boolean(on)) => DefaultValue::Switch(*on.value()),
            Some(Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::InlineTable(_)) | None => {
                let why = tr!("the default of {name} is a text, a whole number, true or false", name);
                return Err(ErrorAt { at, why });
            }
        };
        if found.insert(name.clone(), value).is_some() {
            return Err(ErrorAt { at, why: tr!("the default of {name} is there twice", name) });
        }
    }
    Ok(())
}
