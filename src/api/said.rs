//! Words from outside made fit to be kept and shown: one line, bounded, nothing hidden in them.

use std::error::Error;

use crate::order::text::brief;

/// The longest text from outside that is kept, in characters.
const MOST: usize = 300;

/// A text from outside on one line, with hidden characters written out, at most `most` characters.
#[must_use]
pub fn said(text: &str, most: usize) -> String {
    // Four times over, so that what is cut off here is cut off below as well.
    let near: String = text.chars().take(most.saturating_mul(4)).collect();
    brief(&near.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// `said` for a code or an id; `None` when nothing is left of it.
pub(super) fn label(text: &str) -> Option<String> {
    let label = said(text, 128);
    (!label.is_empty()).then_some(label)
}

/// `said` for a message; `None` when nothing is left of it.
pub(super) fn message(text: &str) -> Option<String> {
    let message = said(text, MOST);
    (!message.is_empty()).then_some(message)
}

/// Why a call failed, from the library's chain of errors, without the address.
pub(super) fn why(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut parts = vec![error.to_string()];
    let mut next = error.source();
    while let Some(source) = next {
        let part = source.to_string();
        // Some links repeat what the next one says.
        if parts.last().is_none_or(|last| !last.contains(&part)) {
            parts.push(part);
        }
        next = source.source();
    }
    // The outer links name the library's own steps, which say nothing to a person.
    let causes: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !is_outer(part)).collect();
    said(&if causes.is_empty() { parts.join(": ") } else { causes.join(": ") }, MOST)
}

fn is_outer(part: &str) -> bool {
    part.starts_with("error sending request") || part.starts_with("client error (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_line_and_bounded() {
        assert_eq!(said(" a\r\n b\u{1b}[2J ", 40), "a b<U+001B>[2J");
        assert_eq!(said(&"x".repeat(1000), 10), "xxxxxxx...");
        assert_eq!(label(" \n"), None);
    }
}
