//! A row of a pasted list of ports, and the parser that makes a port from its parts: name, number and visibility as
//! they were written.

use crate::i18n::tr;
use crate::order::PortDraft;
use crate::text::sanitize::brief;

/// A row of a pasted list of ports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedPort {
    /// The line as it was pasted, shown for rows that could not be read.
    pub line: String,
    pub read: Result<PortDraft, PortError>,
    /// A duplicate that the user should see before taking the row.
    pub remark: Option<PortRemark>,
    /// True if an identical port is already in the table or above it in the list.
    pub is_known: bool,
}

impl PastedPort {
    pub(super) fn new(line: &str, read: Result<PortDraft, PortError>) -> Self {
        Self { line: line.to_owned(), read, remark: None, is_known: false }
    }

    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.read.is_ok() && !self.is_known
    }

    /// Returns the port to take; `None` if the row could not be read or its port is already there.
    #[must_use]
    pub fn into_port(self) -> Option<PortDraft> {
        self.read.ok().filter(|_| !self.is_known)
    }
}

/// The part of a row that is already in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortRemark {
    Row(PortConflict),
    Name(PortConflict),
    Number(PortConflict),
}

/// The place where a part of a row is already in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PortConflict {
    Table,
    List,
}

impl std::fmt::Display for PortRemark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match self {
            Self::Row(PortConflict::Table) => tr!("already in the table, not taken"),
            Self::Row(PortConflict::List) => tr!("already in this list, not taken"),
            Self::Name(PortConflict::Table) => tr!("the name is already in the table"),
            Self::Name(PortConflict::List) => tr!("the name is already in this list"),
            Self::Number(PortConflict::Table) => tr!("the port is already in the table"),
            Self::Number(PortConflict::List) => tr!("the port is already in this list"),
        })
    }
}

/// The reason why a row of a pasted list is not a port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    #[error("{}", tr!("the JSON breaks off at line {line}, column {column}", line, column))]
    JsonBreaksOff { line: usize, column: usize },
    #[error("{}", tr!("it is no port; a row is like web 20000 public"))]
    NotAPort,
    #[error("{}", tr!("it is empty"))]
    Empty,
    #[error("{}", tr!("it has no name"))]
    NoName,
    /// The row is only a number.
    #[error("{}", tr!("it has no name; a row is like web 20000 public"))]
    OnlyNumber,
    #[error("{}", tr!("it has no port number"))]
    NoNumber,
    /// The row is only a name.
    #[error("{}", tr!("it has no port number; a row is like web 20000 public"))]
    OnlyName,
    #[error("{}", tr!("it has no listen_port"))]
    NoListenPort,
    #[error("{}", tr!("it has two numbers; a row is a name and a port"))]
    TwoNumbers,
    #[error("{}", tr!("it has too many parts; a row is like web 20000 public"))]
    TooManyParts,
    #[error("{}", tr!("it has fewer columns than the header"))]
    TooFewColumns,
    #[error("{}", tr!("{typed} is no port number", typed))]
    NotANumber { typed: String },
    #[error("{}", tr!("{protocol} cannot be asked for, only a number", protocol))]
    Protocol { protocol: String },
    #[error("{}", tr!("{word} is neither public nor private", word))]
    Visibility { word: String },
}

/// Makes a port from its parts, each as it was written. Without a visibility the port is private; the number may carry
/// the protocol `/tcp`, and no other.
pub(super) fn parse_port(name: &str, number: &str, reach: Option<&str>) -> Result<PortDraft, PortError> {
    let (name, number) = (name.trim(), number.trim());
    if name.is_empty() {
        return Err(PortError::NoName);
    }
    if number.is_empty() {
        return Err(PortError::NoNumber);
    }
    let (digits, protocol) = number.split_once('/').unwrap_or((number, "tcp"));
    if !is_number(digits) {
        return Err(PortError::NotANumber { typed: brief(number, 20) });
    }
    if !protocol.eq_ignore_ascii_case("tcp") {
        return Err(PortError::Protocol { protocol: brief(protocol, 20) });
    }
    let public = match reach {
        None => false,
        Some(word) => parse_visibility(word).ok_or_else(|| PortError::Visibility { word: brief(word, 20) })?,
    };
    Ok(PortDraft { name: name.into(), number: digits.into(), public })
}

/// Returns `true` for a word that means public, `false` for one that means private (also an empty one), and `None` for
/// any other.
fn parse_visibility(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "" | "private" | "internal" | "intranet" | "false" | "no" | "n" | "off" | "0" | "私网" | "内网" | "否" => {
            Some(false)
        }
        "public" | "internet" | "external" | "true" | "yes" | "y" | "on" | "1" | "x" | "公网" | "外网" | "是" => {
            Some(true)
        }
        _ => None,
    }
}

pub(super) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
