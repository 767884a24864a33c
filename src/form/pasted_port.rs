//! A row of a pasted list of ports, and a port made of its parts: name, number and visibility, each as it was written.

use crate::i18n::tr;
use crate::order::PortDraft;
use crate::text::sanitize::brief;

/// A row of a pasted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedPort {
    /// The line as it was pasted, for those that were not read.
    pub line: String,
    pub read: Result<PortDraft, String>,
    /// What is to be known of it before it is taken.
    pub remark: Option<String>,
    /// It stands in the table or above in the list already, word for word.
    pub is_known: bool,
}

impl PastedPort {
    pub(super) fn new(line: &str, read: Result<PortDraft, String>) -> Self {
        Self { line: line.to_owned(), read, remark: None, is_known: false }
    }

    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.read.is_ok() && !self.is_known
    }

    /// The port that is taken, if it is.
    #[must_use]
    pub fn into_port(self) -> Option<PortDraft> {
        self.read.ok().filter(|_| !self.is_known)
    }
}

/// A port of its parts, each as it was written.
pub(super) fn parse_port(name: &str, number: &str, reach: Option<&str>) -> Result<PortDraft, String> {
    let (name, number) = (name.trim(), number.trim());
    if name.is_empty() {
        return Err(tr!("it has no name"));
    }
    if number.is_empty() {
        return Err(tr!("it has no port number"));
    }
    let (digits, protocol) = number.split_once('/').unwrap_or((number, "tcp"));
    if !is_number(digits) {
        return Err(tr!("{typed} is no port number", typed = brief(number, 20)));
    }
    if !protocol.eq_ignore_ascii_case("tcp") {
        return Err(tr!("{protocol} cannot be asked for, only a number", protocol = brief(protocol, 20)));
    }
    let public = match reach {
        None => false,
        Some(word) => {
            parse_visibility(word).ok_or_else(|| tr!("{word} is neither public nor private", word = brief(word, 20)))?
        }
    };
    Ok(PortDraft { name: name.into(), number: digits.into(), public })
}

/// Whether a word says public (`true`) or private.
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
