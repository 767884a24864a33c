//! Why a call failed: in the language that is spoken, for people, and in English, in which records
//! are kept. What is known of the kind of failure decides about trying again, never its words.

use std::fmt;

use crate::codes::{ConnectError, ConnectionFailure, in_brackets};
use crate::words::{self, Language};

/// A part of a sentence, without capital and full stop, free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    english: String,
    spoken: String,
    kind: Kind,
}

/// What kind of failure it was.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Connection(ConnectError),
    /// Something on this machine that stays as it is, such as a wrong setting.
    Local,
    Other,
}

impl Why {
    /// A text of ours, made with `tr!`.
    pub(super) fn of(text: impl Fn() -> String) -> Self {
        Self::made(Kind::Other, text)
    }

    /// The same about something on this machine that no other try changes.
    pub(super) fn local(text: impl Fn() -> String) -> Self {
        Self::made(Kind::Local, text)
    }

    /// This within a longer text of ours.
    pub(super) fn within(&self, text: impl Fn(&Self) -> String) -> Self {
        Self::made(self.kind.clone(), || text(self))
    }

    fn made(kind: Kind, text: impl Fn() -> String) -> Self {
        let spoken = text();
        Self { english: words::speaking(Language::English, text), spoken, kind }
    }

    /// The same whatever language is spoken.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }

    /// Whether trying again changes nothing.
    pub(super) fn is_permanent(&self) -> bool {
        match &self.kind {
            Kind::Connection(error) => error.failure().is_some_and(ConnectionFailure::is_permanent),
            Kind::Local => true,
            Kind::Other => false,
        }
    }

    /// Returns how the connection failed, if it did and nothing else is to be said.
    pub(super) fn connect_error(&self) -> Option<&ConnectError> {
        match &self.kind {
            Kind::Connection(error) => Some(error),
            Kind::Local | Kind::Other => None,
        }
    }

    fn failure(&self) -> Option<ConnectionFailure> {
        self.connect_error()?.failure()
    }

    /// What to do, if the failure is a known one.
    pub(super) fn advice(&self) -> Option<&'static str> {
        Some(self.failure()?.meaning().advice)
    }

    /// What happened and what to do, if the failure is a known one, with the details behind it.
    pub(super) fn explained(&self) -> Option<String> {
        let failure = self.failure()?;
        let sentences = failure.meaning().sentences();
        Some(if self.english == failure.reason() { sentences } else { in_brackets(&sentences, &self.to_string()) })
    }
}

impl From<ConnectError> for Why {
    fn from(error: ConnectError) -> Self {
        Self::made(Kind::Connection(error.clone()), || error.reason())
    }
}

impl From<ConnectionFailure> for Why {
    fn from(failure: ConnectionFailure) -> Self {
        ConnectError::from(failure).into()
    }
}

/// Words from outside, which are what they are in every language.
impl From<String> for Why {
    fn from(said: String) -> Self {
        Self { english: said.clone(), spoken: said, kind: Kind::Other }
    }
}

impl From<&str> for Why {
    fn from(said: &str) -> Self {
        said.to_owned().into()
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if words::language() == Language::English { &self.english } else { &self.spoken })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{speaking, tr};

    #[test]
    fn a_reason_that_was_found_in_chinese_is_kept_in_english() {
        let why = speaking(Language::Chinese, || Why::of(|| tr!("it is empty")));
        assert_eq!((why.english(), why.to_string().as_str()), ("it is empty", "it is empty"));
        assert_eq!(speaking(Language::Chinese, || why.to_string()), "内容为空");
        assert_eq!(speaking(Language::Chinese, || Why::from("connection refused").to_string()), "connection refused");
    }

    #[test]
    fn a_failure_within_a_longer_text_is_still_explained() {
        let refused = Why::from(ConnectionFailure::Refused);
        let sentences = refused.explained().unwrap();
        assert!(sentences.starts_with("The connection was refused: ") && !sentences.contains('('), "{sentences}");
        let longer = refused.within(|why| format!("a service: {why}"));
        assert!(longer.explained().unwrap().ends_with(" (a service: the connection was refused)"));
        assert_eq!(Why::of(|| tr!("it is empty")).explained(), None);
    }
}
