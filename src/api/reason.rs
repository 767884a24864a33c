//! Why a call failed: in the language that is spoken, for people, and in English, in which records
//! are kept. What is known of the kind of failure decides about trying again, never its words.

use std::fmt;

use crate::codes::{ConnectionError, ConnectionErrorKind, in_brackets};
use crate::i18n::{self, Language};

/// A part of a sentence, without capital and full stop, free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureReason {
    english: String,
    translated: String,
    kind: ReasonKind,
}

/// What kind of failure it was.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ReasonKind {
    Connection(ConnectionError),
    /// Something on this machine that stays as it is, such as a wrong setting.
    Local,
    Other,
}

impl FailureReason {
    /// A text of ours, made with `tr!`.
    pub(super) fn new(text: impl Fn() -> String) -> Self {
        Self::with_kind(ReasonKind::Other, text)
    }

    /// The same about something on this machine that no other try changes.
    pub(super) fn local(text: impl Fn() -> String) -> Self {
        Self::with_kind(ReasonKind::Local, text)
    }

    /// This within a longer text of ours.
    pub(super) fn within(&self, text: impl Fn(&Self) -> String) -> Self {
        Self::with_kind(self.kind.clone(), || text(self))
    }

    fn with_kind(kind: ReasonKind, text: impl Fn() -> String) -> Self {
        let translated = text();
        Self { english: i18n::with_language(Language::English, text), translated, kind }
    }

    /// The same whatever language is spoken.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }

    /// Whether trying again changes nothing.
    pub(super) fn is_permanent(&self) -> bool {
        match &self.kind {
            ReasonKind::Connection(error) => error.kind().is_some_and(ConnectionErrorKind::is_permanent),
            ReasonKind::Local => true,
            ReasonKind::Other => false,
        }
    }

    /// Returns how the connection failed, if it did and nothing else is to be said.
    pub(super) fn connection_error(&self) -> Option<&ConnectionError> {
        match &self.kind {
            ReasonKind::Connection(error) => Some(error),
            ReasonKind::Local | ReasonKind::Other => None,
        }
    }

    fn connection_error_kind(&self) -> Option<ConnectionErrorKind> {
        self.connection_error()?.kind()
    }

    /// What to do, if the failure is a known one.
    pub(super) fn advice(&self) -> Option<&'static str> {
        Some(self.connection_error_kind()?.meaning().advice)
    }

    /// What happened and what to do, if the failure is a known one, with the details behind it.
    pub(super) fn explanation(&self) -> Option<String> {
        let kind = self.connection_error_kind()?;
        let sentences = kind.meaning().sentences();
        Some(if self.english == kind.reason() { sentences } else { in_brackets(&sentences, &self.to_string()) })
    }
}

impl From<ConnectionError> for FailureReason {
    fn from(error: ConnectionError) -> Self {
        Self::with_kind(ReasonKind::Connection(error.clone()), || error.reason())
    }
}

impl From<ConnectionErrorKind> for FailureReason {
    fn from(kind: ConnectionErrorKind) -> Self {
        ConnectionError::from(kind).into()
    }
}

/// Words from outside, which are what they are in every language.
impl From<String> for FailureReason {
    fn from(said: String) -> Self {
        Self { english: said.clone(), translated: said, kind: ReasonKind::Other }
    }
}

impl From<&str> for FailureReason {
    fn from(said: &str) -> Self {
        said.to_owned().into()
    }
}

impl fmt::Display for FailureReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if i18n::language() == Language::English { &self.english } else { &self.translated })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{tr, with_language};

    #[test]
    fn a_reason_that_was_found_in_chinese_is_kept_in_english() {
        let why = with_language(Language::Chinese, || FailureReason::new(|| tr!("it is empty")));
        assert_eq!((why.english(), why.to_string().as_str()), ("it is empty", "it is empty"));
        assert_eq!(with_language(Language::Chinese, || why.to_string()), "内容为空");
        assert_eq!(
            with_language(Language::Chinese, || FailureReason::from("connection refused").to_string()),
            "connection refused"
        );
    }

    #[test]
    fn a_failure_within_a_longer_text_is_still_explained() {
        let refused = FailureReason::from(ConnectionErrorKind::Refused);
        let sentences = refused.explanation().unwrap();
        assert!(sentences.starts_with("The connection was refused: ") && !sentences.contains('('), "{sentences}");
        let longer = refused.within(|why| format!("a service: {why}"));
        assert!(longer.explanation().unwrap().ends_with(" (a service: the connection was refused)"));
        assert_eq!(FailureReason::new(|| tr!("it is empty")).explanation(), None);
    }
}
