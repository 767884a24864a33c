//! The reasons that a text is not the body of an order: it is not JSON, or a member of it is unknown, missing, repeated
//! or of a wrong type.

use crate::i18n::{self, tr};

/// A reason that a text is not the body of an order. `place` is the path of the member, such as `ports[1].listen_port`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    #[error("{}", tr!("The text is not JSON: {why} at line {line}, column {column}", why, line, column))]
    NotJson { why: JsonFault, line: usize, column: usize },
    #[error("{}", tr!("{place} is not a member of an order: the members are {known}", place, known))]
    Unknown { place: String, known: String },
    #[error("{}", tr!("{place} is missing: an order needs it", place))]
    Missing { place: String },
    #[error("{}", tr!("{place} is given twice: once is right", place))]
    Twice { place: String },
    #[error("{}", tr!("{place} is {found}: {expected} is right", place,
        found = i18n::t(found), expected = i18n::t(expected)))]
    WrongType { place: String, found: &'static str, expected: &'static str },
    #[error("{}", tr!("{place} is {found}: {expected} is right", place, found, expected = i18n::t(allowed)))]
    Choice { place: String, found: String, allowed: &'static str },
}

/// A reason that a text is not JSON. Displayed as a part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// The message of the parser, without the position.
    #[error("{0}")]
    Syntax(String),
    #[error("{}", tr!("there is a byte order mark"))]
    ByteOrderMark,
    #[error("{}", tr!("it is UTF-16 instead of UTF-8"))]
    Utf16,
    #[error("{}", tr!("there is a NUL byte"))]
    Nul,
    #[error("{}", tr!("there is a byte that is not UTF-8"))]
    NotUtf8,
}

impl BodyFault {
    /// Returns the path of the member; empty if the text is not JSON.
    #[must_use]
    pub fn place(&self) -> &str {
        match self {
            Self::NotJson { .. } => "",
            Self::Unknown { place, .. }
            | Self::Missing { place }
            | Self::Twice { place }
            | Self::WrongType { place, .. }
            | Self::Choice { place, .. } => place,
        }
    }
}
