//! Members of a JSON object, read in any of their known forms.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::api::reason::AnswerFault;

/// A row of a list.
#[derive(Debug, Clone, Copy)]
pub(in crate::api) struct JsonRow<'a>(&'a Map<String, Value>);

impl<'a> JsonRow<'a> {
    pub(super) fn new(members: &'a Map<String, Value>) -> Self {
        Self(members)
    }

    /// Reads a text that is not empty, and returns it unchanged.
    pub(super) fn text(self, name: &str) -> Option<String> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Reads a whole number in any of its forms: `2`, `2.0`, `"2"`, `"2.0"`.
    pub(super) fn number(self, name: &str) -> Option<i64> {
        as_i64(self.0.get(name)?)
    }

    /// Reads a number as `number` does; `None` if it is negative or does not fit into 32 bits.
    pub(super) fn amount(self, name: &str) -> Option<u32> {
        self.number(name).and_then(|number| u32::try_from(number).ok())
    }

    /// Returns whether the member is present and not null.
    pub(super) fn has(self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// Reads a text from a nested object, which comes as an object or as JSON text.
    pub(super) fn text_within(self, object: &str, name: &str) -> Option<String> {
        let object = match self.0.get(object)? {
            Value::Object(members) => Cow::Borrowed(members),
            Value::String(text) => Cow::Owned(serde_json::from_str(text).ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => return None,
        };
        JsonRow(&object).text(name)
    }

    /// Returns the object inside a wrapper, or the row itself if there is no wrapper.
    pub(super) fn unwrapped(self, wrapper: &str) -> Self {
        Self(self.0.get(wrapper).and_then(Value::as_object).unwrap_or(self.0))
    }

    /// Returns the whole row as one text, which distinguishes rows without a name.
    pub(in crate::api) fn text_of_all(self) -> String {
        serde_json::to_string(self.0).unwrap_or_default()
    }
}

/// Reads a whole number in any of its forms, as `JsonRow::number` does.
pub(in crate::api) fn as_i64(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => {
            let text = text.trim();
            text.parse().ok().or_else(|| whole(text.parse().ok()?))
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

fn whole(number: f64) -> Option<i64> {
    // Up to 2^53 every whole number has a float of its own.
    let is_whole = number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
    is_whole.then_some(number as i64)
}

/// The rows of one page.
pub(in crate::api) struct JsonRows<'a> {
    /// The number of rows, readable or not: an offset counts them all.
    pub(in crate::api) came: usize,
    pub(in crate::api) readable: Vec<JsonRow<'a>>,
    /// True if the list was null.
    pub(in crate::api) is_null: bool,
}

/// Reads the rows of a list under the first of its names that is present. `null` is an empty list. No list at all is an
/// error, because a response without one must not be taken for an empty list.
pub(in crate::api) fn rows<'a>(
    object: &'a Map<String, Value>,
    names: &[&'static str],
) -> Result<JsonRows<'a>, AnswerFault> {
    let first = names.first().copied().unwrap_or_default();
    let lists: Vec<&Value> = names.iter().filter_map(|name| object.get(*name)).collect();
    let list = lists.iter().find(|list| !list.is_null()).or(lists.first());
    match list {
        Some(Value::Array(rows)) => Ok(JsonRows {
            came: rows.len(),
            is_null: false,
            readable: rows.iter().filter_map(Value::as_object).map(JsonRow::new).collect(),
        }),
        Some(Value::Null) => Ok(JsonRows { came: 0, is_null: true, readable: Vec::new() }),
        Some(_) => Err(AnswerFault::NotAList { name: first }),
        None => Err(AnswerFault::NoList { name: first }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_whole_number_is_read_in_all_its_forms() {
        for value in [json!(2), json!(2.0), json!("2"), json!(" 2 "), json!("2.0"), json!(2e0)] {
            assert_eq!(as_i64(&value), Some(2), "{value}");
        }
        for value in
            [json!(2.5), json!("two"), json!(""), json!(null), json!(true), json!([2]), json!("NaN"), json!(1e300)]
        {
            assert_eq!(as_i64(&value), None, "{value}");
        }
        assert_eq!(as_i64(&json!(-5)), Some(-5));
    }

    #[test]
    fn no_list_is_not_an_empty_list() {
        let count = |object: Value| {
            rows(object.as_object().unwrap(), &["many", "one"]).map(|rows| (rows.came, rows.readable.len()))
        };
        assert_eq!(count(json!({ "many": [{}, 1, null, {}] })), Ok((4, 2)));
        assert_eq!(count(json!({ "one": [{}] })), Ok((1, 1)));
        assert_eq!(count(json!({ "many": null, "one": [{}] })), Ok((1, 1)));
        assert_eq!(count(json!({ "many": null })), Ok((0, 0)));
        assert_eq!(count(json!({ "many": {} })), Err(AnswerFault::NotAList { name: "many" }));
        assert_eq!(count(json!({ "request_id": "r" })), Err(AnswerFault::NoList { name: "many" }));
    }
}
