//! Values and where they came from, as rows for a person and as members of JSON.

use serde_json::{Map, Value, json};

use crate::config::{Chosen, DefaultValue, Entry, Sourced};
use crate::order::text::visible;

/// A name, its value and where that came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: &'static str,
    /// `None`: there is none.
    pub value: Option<String>,
    pub from: String,
    /// The same in no language, where it is one of the origins.
    code: Option<String>,
}

impl Row {
    pub fn new(name: &'static str, value: impl Into<String>, from: impl Into<String>) -> Self {
        Self { name, value: Some(value.into()), from: from.into(), code: None }
    }

    /// The row of a value that is there.
    pub fn of(name: &'static str, value: &Sourced<String>) -> Self {
        Self { code: Some(value.from.code()), ..Self::new(name, value.value.clone(), value.from.to_string()) }
    }

    /// The row of something that is not there.
    pub fn none(name: &'static str, from: impl Into<String>) -> Self {
        Self { name, value: None, from: from.into(), code: None }
    }

    /// `value (origin)`.
    pub fn words(&self) -> String {
        format!("{} ({})", visible(self.value.as_deref().unwrap_or("none")), visible(&self.from))
    }

    pub fn json(&self) -> Value {
        json!({ "value": self.value, "from": self.code.as_ref().unwrap_or(&self.from) })
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
