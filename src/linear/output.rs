//! The items that linear mode prints, and helpers that make them.

use crate::i18n::{self, phrase, tr};

/// An item to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputItem {
    /// A paragraph, wrapped at the width of the terminal.
    Text(String),
    /// A line printed unwrapped: of the request, or of a shell command.
    Verbatim(String),
    /// The end of a question. The answer is typed after it, on the same line.
    Prompt {
        text: String,
        /// True if the answer must not be echoed.
        is_hidden: bool,
    },
}

/// Maximum number of list rows printed at a time.
pub(super) const ROWS: usize = 15;

/// Makes a problem message in the form that linear mode uses for all of them.
#[must_use]
pub(super) fn error(what: &str) -> OutputItem {
    OutputItem::Text(tr!("Error: {what}", what))
}

pub(super) fn text(words: impl Into<String>) -> OutputItem {
    OutputItem::Text(words.into())
}

/// Returns the separator of list items in the current language.
pub(super) fn comma() -> &'static str {
    i18n::t(phrase!(", "))
}

/// Shortens a text from outside to at most 64 characters, for use in a sentence.
pub(super) fn shorten(value: &str) -> String {
    crate::text::sanitize::brief(value, 64)
}
