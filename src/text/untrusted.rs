//! Sanitizes texts from servers and files of others: one line, bounded, with hidden characters written out.

use crate::text::sanitize::brief;

/// The longest text from outside that is kept, in characters.
const MOST: usize = 300;

/// A text from outside on one line, with hidden characters written out, at most `most` characters.
#[must_use]
pub fn sanitize_line(text: &str, most: usize) -> String {
    // Four times over, so that what is cut off here is cut off below as well.
    let near: String = text.chars().take(most.saturating_mul(4)).collect();
    brief(&near.split_whitespace().collect::<Vec<_>>().join(" "), most)
}

/// `sanitize_line` for a code or an id; `None` when nothing is left of it.
pub fn label(text: &str) -> Option<String> {
    let label = sanitize_line(text, 128);
    (!label.is_empty()).then_some(label)
}

/// `sanitize_line` for a message; `None` when nothing is left of it.
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
