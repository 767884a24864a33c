//! The members of one JSON object, taken out by name and type.
//! Which code a missing or wrong member gets is the caller's knowledge, never this file's.

use super::json_tree::JsonTree;

/// What was found where a member was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberValue<T> {
    Absent,
    /// There is a value, of another type; `null` counts as one.
    Wrong,
    There(T),
}

impl<T> MemberValue<T> {
    /// The value, if there is one of the right type.
    pub(super) fn present(self) -> Option<T> {
        match self {
            Self::There(value) => Some(value),
            Self::Absent | Self::Wrong => None,
        }
    }
}

/// A JSON object whose members are looked up by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members<'tree>(&'tree [(String, JsonTree)]);

impl<'tree> Members<'tree> {
    /// The members of a value, if it is an object.
    pub(super) fn from_tree(tree: &'tree JsonTree) -> Option<Self> {
        match tree {
            JsonTree::Members(members) => Some(Self(members)),
            JsonTree::Null
            | JsonTree::Truth
            | JsonTree::Whole(_)
            | JsonTree::Odd
            | JsonTree::Text(_)
            | JsonTree::List(_) => None,
        }
    }

    /// The first member whose name the operation does not have.
    pub(super) fn unknown_member(self, known: &[&str]) -> Option<&'tree str> {
        self.0.iter().map(|(name, _)| name.as_str()).find(|name| !known.contains(name))
    }

    pub(super) fn value(self, name: &str) -> Option<&'tree JsonTree> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn text(self, name: &str) -> MemberValue<&'tree str> {
        match self.value(name) {
            None => MemberValue::Absent,
            Some(JsonTree::Text(text)) => MemberValue::There(text),
            Some(
                JsonTree::Null
                | JsonTree::Truth
                | JsonTree::Whole(_)
                | JsonTree::Odd
                | JsonTree::List(_)
                | JsonTree::Members(_),
            ) => MemberValue::Wrong,
        }
    }

    pub(super) fn whole(self, name: &str) -> MemberValue<i64> {
        match self.value(name) {
            None => MemberValue::Absent,
            Some(JsonTree::Whole(number)) => MemberValue::There(*number),
            Some(
                JsonTree::Null
                | JsonTree::Truth
                | JsonTree::Odd
                | JsonTree::Text(_)
                | JsonTree::List(_)
                | JsonTree::Members(_),
            ) => MemberValue::Wrong,
        }
    }

    pub(super) fn list(self, name: &str) -> MemberValue<&'tree [JsonTree]> {
        match self.value(name) {
            None => MemberValue::Absent,
            Some(JsonTree::List(items)) => MemberValue::There(items),
            Some(
                JsonTree::Null
                | JsonTree::Truth
                | JsonTree::Whole(_)
                | JsonTree::Odd
                | JsonTree::Text(_)
                | JsonTree::Members(_),
            ) => MemberValue::Wrong,
        }
    }
}

/// Whether a text switches something on: `true` in any letter case does, every other text does not.
pub(super) fn is_on(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

#[cfg(test)]
mod tests {
    use super::{MemberValue, Members};
    use crate::simulator::rules::json_tree::JsonTree;

    #[test]
    fn absent_wrong_and_there_are_three_different_things() {
        let tree = JsonTree::read(br#"{"a":"x","b":null,"c":3,"d":[1]}"#).expect("JSON");
        let members = Members::from_tree(&tree).expect("an object");
        assert_eq!(members.text("a"), MemberValue::There("x"));
        assert_eq!(members.text("b"), MemberValue::Wrong);
        assert_eq!(members.text("c"), MemberValue::Wrong);
        assert_eq!(members.text("z"), MemberValue::Absent);
        assert_eq!(members.whole("c"), MemberValue::There(3));
        assert_eq!(members.whole("a"), MemberValue::Wrong);
        assert_eq!(members.list("d"), MemberValue::There(&[JsonTree::Whole(1)][..]));
        assert_eq!(members.list("c"), MemberValue::Wrong);
    }

    #[test]
    fn a_stranger_is_the_first_unknown_name() {
        let tree = JsonTree::read(br#"{"a":1,"b":2,"c":3}"#).expect("JSON");
        let members = Members::from_tree(&tree).expect("an object");
        assert_eq!(members.unknown_member(&["a"]), Some("b"));
        assert_eq!(members.unknown_member(&["a", "b", "c"]), None);
    }
}
