//! The members of one JSON object, read by name and type. The caller chooses the error code for a missing or wrong
//! member.

use super::json_tree::JsonTree;

/// The result of reading a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MemberValue<T> {
    Absent,
    /// The value is of another type; `null` counts as one.
    Wrong,
    There(T),
}

impl<T> MemberValue<T> {
    /// Returns the value if it is there and of the right type.
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
    /// Returns the members of a value, or `None` if it is not an object.
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

    /// Returns the first member whose name is not in `known`.
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

/// Returns whether a text switches something on: `true` in any letter case does, every other text does not.
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
