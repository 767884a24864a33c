//! Values with their origin, as rows of text and as members of JSON.

use serde_json::{Map, Value, json};

use crate::config::{DefaultValue, ProfileKey, ResolvedProfile, Sourced, ValueOrigin};
use crate::i18n::tr;
use crate::text::sanitize::visible;

/// A named value with its origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRow {
    pub name: &'static str,
    /// `None` if the value is not set.
    pub value: Option<String>,
    from: ShownOrigin,
}

/// The origin of a value: as text for the user, and as a code for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownOrigin {
    code: String,
    words: String,
}

impl ShownOrigin {
    pub fn new(code: &str, words: String) -> Self {
        Self { code: code.to_owned(), words }
    }
}

impl From<&ValueOrigin> for ShownOrigin {
    fn from(origin: &ValueOrigin) -> Self {
        Self { code: origin.code(), words: origin.to_string() }
    }
}

impl ValueRow {
    pub fn new(name: &'static str, value: impl Into<String>, from: impl Into<ShownOrigin>) -> Self {
        Self { name, value: Some(value.into()), from: from.into() }
    }

    /// Creates the row of a value that is set.
    pub fn of(name: &'static str, value: &Sourced<String>) -> Self {
        Self::new(name, value.value.clone(), &value.from)
    }

    /// Creates the row of a value that is not set.
    pub fn none(name: &'static str, from: impl Into<ShownOrigin>) -> Self {
        Self { name, value: None, from: from.into() }
    }

    /// Formats the row as `value (origin)`, or `none (origin)`.
    pub fn words(&self) -> String {
        let from = visible(&self.from.words);
        match &self.value {
            Some(value) => tr!("{value} ({from})", value = visible(value), from),
            None => tr!("none ({from})", from),
        }
    }

    pub fn json(&self) -> Value {
        json!({ "value": self.value, "from": self.from.code })
    }
}

/// Lists the values of an account except the kind of its credentials, in the order of the settings.
pub fn values(chosen: &ResolvedProfile) -> Vec<ValueRow> {
    let shown = chosen.values().filter(|(entry, _)| *entry != ProfileKey::Credentials);
    shown.map(|(entry, value)| ValueRow::of(entry.name(), value)).collect()
}

/// Converts rows to one JSON object, keyed by their names.
pub fn object(rows: &[ValueRow]) -> Value {
    Value::Object(rows.iter().map(|row| (row.name.to_owned(), row.json())).collect::<Map<_, _>>())
}

/// Converts a form default to JSON.
pub fn json_of(value: &DefaultValue) -> Value {
    match value {
        DefaultValue::Text(text) => json!(text),
        DefaultValue::Number(number) => json!(number),
        DefaultValue::Switch(on) => json!(on),
    }
}
