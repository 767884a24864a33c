//! Converts a byte offset in a text to line and column.

/// A position in a text. Line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// Returns the position of a byte offset. An offset beyond the end or inside a character gives the end of the text.
    #[must_use]
    pub fn of_byte(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    }
}

/// Returns the line and column of a byte offset, both from 1, the column in characters. An offset inside a character
/// counts as its beginning, one beyond the end as the end of the text.
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_characters() {
        assert_eq!(line_and_column("ä = 1\nöü x", 0), (1, 1));
        assert_eq!(line_and_column("ä = 1\nöü x", 7), (2, 1));
        assert_eq!(line_and_column("ä = 1\nöü x", 12), (2, 4));
        assert_eq!(line_and_column("ä", 1), (1, 1), "inside a character");
        assert_eq!(line_and_column("a\n", 99), (2, 1));
    }
}
