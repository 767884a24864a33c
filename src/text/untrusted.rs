//! Sanitizes texts from servers and from files of others: one line, of limited length, with hidden characters written
//! out.

use crate::text::sanitize::brief;

/// Largest length in characters of a message from outside.
const MOST: usize = 300;

/// Returns a text from outside on one line, with hidden characters written out, at most `most` characters long.
#[must_use]
pub fn sanitize_line(text: &str, most: usize) -> String {
    // Four times over, so that what is cut off here is cut off below as well.
    let near: String = text.chars().take(most.saturating_mul(4)).collect();
    brief(&near.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// Sanitizes a code or an id, to at most 128 characters; `None` if nothing is left of it.
pub fn label(text: &str) -> Option<String> {
    let label = sanitize_line(text, 128);
    (!label.is_empty()).then_some(label)
}

/// Sanitizes a message, to at most 300 characters; `None` if nothing is left of it.
pub fn message(text: &str) -> Option<String> {
    let message = sanitize_line(text, MOST);
    (!message.is_empty()).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_line_and_bounded() {
        assert_eq!(sanitize_line(" a\r\n b\u{1b}[2J ", 40), "a b<U+001B>[2J");
        assert_eq!(sanitize_line(&"x".repeat(1000), 10), "xxxxxxx...");
        assert_eq!(label(" \n"), None);
    }
}
