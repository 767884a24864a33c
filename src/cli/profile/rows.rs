//! Values and where they came from, as rows for a person and as members of JSON.

use serde_json::{Map, Value, json};

use crate::config::{DefaultValue, ProfileKey, ResolvedProfile, Sourced, ValueOrigin};
use crate::i18n::tr;
use crate::text::sanitize::visible;

/// A name, its value and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueRow {
    pub name: &'static str,
    /// `None`: there is none.
    pub value: Option<String>,
    from: ShownOrigin,
}

/// Where a value came from: in words for a person, and as a code for programs.
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

    /// The row of a value that is there.
    pub fn of(name: &'static str, value: &Sourced<String>) -> Self {
        Self::new(name, value.value.clone(), &value.from)
    }

    /// The row of something that is not there.
    pub fn none(name: &'static str, from: impl Into<ShownOrigin>) -> Self {
        Self { name, value: None, from: from.into() }
    }

    /// `value (origin)`.
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

/// Every value of an account but the kind of its credentials, in the order of the settings.
pub fn values(chosen: &ResolvedProfile) -> Vec<ValueRow> {
    let shown = chosen.values().filter(|(entry, _)| *entry != ProfileKey::Credentials);
    shown.map(|(entry, value)| ValueRow::of(entry.name(), value)).collect()
}

/// Rows as one object.
pub fn object(rows: &[ValueRow]) -> Value {
    Value::Object(rows.iter().map(|row| (row.name.to_owned(), row.json())).collect::<Map<_, _>>())
}

/// A default in JSON.
pub fn json_of(value: &DefaultValue) -> Value {
    match value {
        DefaultValue::Text(text) => json!(text),
        DefaultValue::Number(number) => json!(number),
        DefaultValue::Switch(on) => json!(on),
    }
}
