//! Why a call failed: in the language that is spoken, for people, and in English, in which records
//! are kept and reasons are told apart.

use std::fmt;

use crate::words::{self, Language};

/// A part of a sentence, without capital and full stop, free of hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    english: String,
    spoken: String,
}

impl Why {
    /// A text of ours, made with `tr!`.
    pub(super) fn of(text: impl Fn() -> String) -> Self {
        let spoken = text();
        Self { english: words::speaking(Language::English, text), spoken }
    }

    /// The same whatever language is spoken.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }
}

/// Words from outside, which are what they are in every language.
impl From<String> for Why {
    fn from(said: String) -> Self {
        Self { english: said.clone(), spoken: said }
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
}
