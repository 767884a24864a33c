//! A JSON text as the purchase rules need it: every member in its original position, whole numbers distinct from
//! fractions. It is strict: everything that another parser could interpret differently is rejected here.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// One JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum JsonTree {
    Null,
    Truth,
    Whole(i64),
    /// A number that is not a whole number, or is outside the range of `i64`.
    Odd,
    Text(String),
    List(Vec<JsonTree>),
    Members(Vec<(String, JsonTree)>),
}

impl JsonTree {
    /// Parses exactly one JSON value; nothing may follow it.
    pub(super) fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(body)
    }

    /// Returns the path of the first repeated member, such as `band_width.band_width_size`.
    pub(super) fn repeated_member(&self) -> Option<String> {
        match self {
            Self::Null | Self::Truth | Self::Whole(_) | Self::Odd | Self::Text(_) => None,
            Self::List(items) => items
                .iter()
                .enumerate()
                .find_map(|(index, item)| item.repeated_member().map(|place| joined(&format!("[{index}]"), &place))),
            Self::Members(members) => {
                let mut seen = HashSet::new();
                members.iter().find_map(|(name, value)| {
                    if seen.insert(name) {
                        value.repeated_member().map(|place| joined(name, &place))
                    } else {
                        Some(name.clone())
                    }
                })
            }
        }
    }
}

fn joined(parent: &str, place: &str) -> String {
    if place.starts_with('[') { format!("{parent}{place}") } else { format!("{parent}.{place}") }
}

impl<'de> Deserialize<'de> for JsonTree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = JsonTree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<JsonTree, E> {
        Ok(JsonTree::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<JsonTree, E> {
        Ok(JsonTree::Truth)
    }

    fn visit_i64<E>(self, value: i64) -> Result<JsonTree, E> {
        Ok(JsonTree::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonTree, E> {
        Ok(i64::try_from(value).map_or(JsonTree::Odd, JsonTree::Whole))
    }

    fn visit_f64<E>(self, _: f64) -> Result<JsonTree, E> {
        Ok(JsonTree::Odd)
    }

    fn visit_str<E>(self, value: &str) -> Result<JsonTree, E> {
        Ok(JsonTree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<JsonTree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(JsonTree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<JsonTree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(JsonTree::Members(members))
    }
}

#[cfg(test)]
mod tests {
    use super::JsonTree;

    fn read(text: &str) -> JsonTree {
        JsonTree::read(text.as_bytes()).expect("JSON")
    }

    #[test]
    fn whole_numbers_are_kept_apart_from_everything_else_that_looks_like_one() {
        assert_eq!(read("3"), JsonTree::Whole(3));
        assert_eq!(read("-3"), JsonTree::Whole(-3));
        for odd in ["3.0", "3e0", "-0.0", "18446744073709551615", "99999999999999999999999"] {
            assert_eq!(read(odd), JsonTree::Odd, "{odd}");
        }
    }

    #[test]
    fn a_repeated_member_is_named_with_its_place() {
        assert_eq!(read(r#"{"a":1,"b":2}"#).repeated_member(), None);
        assert_eq!(read(r#"{"a":1,"a":1}"#).repeated_member().as_deref(), Some("a"));
        assert_eq!(read(r#"{"a":{"b":1,"b":1}}"#).repeated_member().as_deref(), Some("a.b"));
        assert_eq!(read(r#"{"a":[{},{"b":1,"b":1}]}"#).repeated_member().as_deref(), Some("a[1].b"));
        assert_eq!(read(r#"[[{"b":1,"b":1}]]"#).repeated_member().as_deref(), Some("[0][0].b"));
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = "[".repeat(60_000);
        assert!(JsonTree::read(deep.as_bytes()).is_err());
        let deep = "{\"a\":".repeat(10_000);
        assert!(JsonTree::read(deep.as_bytes()).is_err());
    }

    #[test]
    fn nothing_may_follow_the_value_and_text_must_be_text() {
        for bad in [&b""[..], b"{} {}", b"{}x", b"{", b"\xff", b"\"\xff\"", b"{\"a\":\"\\ud800\"}", b"nan"] {
            assert!(JsonTree::read(bad).is_err(), "{bad:?}");
        }
    }
}
