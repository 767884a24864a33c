//! What linear mode prints, and the words that its texts are joined with.

use crate::i18n::{self, phrase, tr};

/// Something to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputItem {
    /// A paragraph, to be folded at the width of the terminal.
    Text(String),
    /// A line as it is: of the request, of a command for a shell.
    Verbatim(String),
    /// The end of a question; the answer is typed behind it.
    Prompt {
        text: String,
        /// What is typed must not be seen.
        is_hidden: bool,
    },
}

/// The rows of a list that are printed at once.
pub(super) const ROWS: usize = 15;

/// A problem as it is said everywhere.
#[must_use]
pub(super) fn error(what: &str) -> OutputItem {
    OutputItem::Text(tr!("Error: {what}", what))
}

pub(super) fn text(words: impl Into<String>) -> OutputItem {
    OutputItem::Text(words.into())
}

/// What stands between the parts of a list.
pub(super) fn comma() -> &'static str {
    i18n::t(phrase!(", "))
}

/// A text from outside in a sentence.
pub(super) fn shorten(value: &str) -> String {
    crate::text::sanitize::brief(value, 64)
}
