//! The members of one JSON object, taken out by name and type.
//! Which code a missing or wrong member gets is the caller's knowledge, never this file's.

use super::tree::Tree;

/// What was found where a member was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<T> {
    Absent,
    /// There is a value, of another type; `null` counts as one.
    Wrong,
    There(T),
}

impl<T> Found<T> {
    /// The value, if there is one of the right type.
    pub(super) fn there(self) -> Option<T> {
        match self {
            Self::There(value) => Some(value),
            Self::Absent | Self::Wrong => None,
        }
    }
}

/// A JSON object whose members are looked up by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Members<'tree>(&'tree [(String, Tree)]);

impl<'tree> Members<'tree> {
    /// The members of a value, if it is an object.
    pub(super) fn of(tree: &'tree Tree) -> Option<Self> {
        match tree {
            Tree::Members(members) => Some(Self(members)),
            Tree::Null | Tree::Truth | Tree::Whole(_) | Tree::Odd | Tree::Text(_) | Tree::List(_) => None,
        }
    }

    /// The first member whose name the operation does not have.
    pub(super) fn stranger(self, known: &[&str]) -> Option<&'tree str> {
        self.0.iter().map(|(name, _)| name.as_str()).find(|name| !known.contains(name))
    }

    pub(super) fn value(self, name: &str) -> Option<&'tree Tree> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn text(self, name: &str) -> Found<&'tree str> {
        match self.value(name) {
            None => Found::Absent,
            Some(Tree::Text(text)) => Found::There(text),
            Some(Tree::Null | Tree::Truth | Tree::Whole(_) | Tree::Odd | Tree::List(_) | Tree::Members(_)) => {
                Found::Wrong
            }
        }
    }

    pub(super) fn whole(self, name: &str) -> Found<i64> {
        match self.value(name) {
            None => Found::Absent,
            Some(Tree::Whole(number)) => Found::There(*number),
            Some(Tree::Null | Tree::Truth | Tree::Odd | Tree::Text(_) | Tree::List(_) | Tree::Members(_)) => {
                Found::Wrong
            }
        }
    }

    pub(super) fn list(self, name: &str) -> Found<&'tree [Tree]> {
        match self.value(name) {
            None => Found::Absent,
            Some(Tree::List(items)) => Found::There(items),
            Some(Tree::Null | Tree::Truth | Tree::Whole(_) | Tree::Odd | Tree::Text(_) | Tree::Members(_)) => {
                Found::Wrong
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Members};
    use crate::simulator::rules::tree::Tree;

    #[test]
    fn absent_wrong_and_there_are_three_different_things() {
        let tree = Tree::read(br#"{"a":"x","b":null,"c":3,"d":[1]}"#).expect("JSON");
        let members = Members::of(&tree).expect("an object");
        assert_eq!(members.text("a"), Found::There("x"));
        assert_eq!(members.text("b"), Found::Wrong);
        assert_eq!(members.text("c"), Found::Wrong);
        assert_eq!(members.text("z"), Found::Absent);
        assert_eq!(members.whole("c"), Found::There(3));
        assert_eq!(members.whole("a"), Found::Wrong);
        assert_eq!(members.list("d"), Found::There(&[Tree::Whole(1)][..]));
        assert_eq!(members.list("c"), Found::Wrong);
    }

    #[test]
    fn a_stranger_is_the_first_unknown_name() {
        let tree = Tree::read(br#"{"a":1,"b":2,"c":3}"#).expect("JSON");
        let members = Members::of(&tree).expect("an object");
        assert_eq!(members.stranger(&["a"]), Some("b"));
        assert_eq!(members.stranger(&["a", "b", "c"]), None);
    }
}
