//! Values and where they came from, as rows for a person and as members of JSON.

use serde_json::{Map, Value, json};

use crate::config::{Chosen, DefaultValue, Entry, Sourced};
use crate::order::text::visible;
use crate::words::{Language, speaking, tr};

/// A name, its value and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    /// `None`: there is none.
    pub value: Option<String>,
    from: From,
}

/// Where a value came from: for a person, and for a program, which reads the same in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct From {
    spoken: String,
    english: String,
}

impl From {
    pub fn of(words: impl Fn() -> String) -> Self {
        Self { spoken: words(), english: speaking(Language::English, words) }
    }

    pub fn json(&self) -> &str {
        &self.english
    }
}

impl Row {
    pub fn new(name: &'static str, value: impl Into<String>, from: impl Fn() -> String) -> Self {
        Self { name, value: Some(value.into()), from: From::of(from) }
    }

    /// The row of a value that is there.
    pub fn of(name: &'static str, value: &Sourced<String>) -> Self {
        Self::new(name, value.value.clone(), || value.from.to_string())
    }

    /// The row of something that is not there.
    pub fn none(name: &'static str, from: impl Fn() -> String) -> Self {
        Self { name, value: None, from: From::of(from) }
    }

    /// `value (origin)`.
    pub fn words(&self) -> String {
        let from = visible(&self.from.spoken);
        match &self.value {
            Some(value) => tr!("{value} ({from})", value = visible(value), from),
            None => tr!("none ({from})", from),
        }
    }

    pub fn json(&self) -> Value {
        json!({ "value": self.value, "from": self.from.json() })
    }
}

/// Every value of an account but the kind of its credentials, in the order of the settings.
pub fn values(chosen: &Chosen) -> Vec<Row> {
    let shown = chosen.values().filter(|(entry, _)| *entry != Entry::Credentials);
    shown.map(|(entry, value)| Row::of(entry.name(), value)).collect()
}

/// Rows as one object.
pub fn object(rows: &[Row]) -> Value {
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
