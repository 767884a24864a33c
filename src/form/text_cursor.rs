//! Editing of one line of text, with the usual keys of a shell, applied to a text stored elsewhere. A user-perceived
//! character (a letter with its accents, a flag) is moved over and deleted as one.

use tui_input::{Input, InputRequest, StateChanged};
use unicode_segmentation::UnicodeSegmentation as _;

/// The position of the cursor in a text, in characters from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextCursor(pub usize);

/// A change of a line or of the position in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    Insert(char),
    DeleteBack,
    DeleteForward,
    DeleteWordBack,
    DeleteToEnd,
    DeleteLine,
    Left,
    Right,
    WordLeft,
    WordRight,
    Start,
    End,
}

impl Edit {
    fn request(self) -> InputRequest {
        match self {
            Self::Insert(c) => InputRequest::InsertChar(c),
            Self::DeleteBack => InputRequest::DeletePrevChar,
            Self::DeleteForward => InputRequest::DeleteNextChar,
            Self::DeleteWordBack => InputRequest::DeletePrevWord,
            Self::DeleteToEnd => InputRequest::DeleteTillEnd,
            Self::DeleteLine => InputRequest::DeleteLine,
            Self::Left => InputRequest::GoToPrevChar,
            Self::Right => InputRequest::GoToNextChar,
            Self::WordLeft => InputRequest::GoToPrevWord,
            Self::WordRight => InputRequest::GoToNextWord,
            Self::Start => InputRequest::GoToStart,
            Self::End => InputRequest::GoToEnd,
        }
    }
}

impl TextCursor {
    /// Returns the position after the last character.
    #[must_use]
    pub fn at_end(text: &str) -> Self {
        Self(text.chars().count())
    }

    /// Applies an edit and returns whether the text changed.
    pub fn edit(&mut self, text: &mut String, edit: Edit) -> bool {
        // The commonest edit does not copy the text: a burst of keys stays linear.
        if let Edit::Insert(c) = edit {
            self.insert(text, c.encode_utf8(&mut [0; 4]));
            return true;
        }
        // The library's characters are those of Unicode: what is more than one of them is taken here.
        let before = self.0;
        match edit {
            Edit::Left => self.0 = boundary_before(text, before),
            Edit::Right => self.0 = boundary_after(text, before),
            Edit::DeleteBack => return self.delete(text, boundary_before(text, before), before),
            Edit::DeleteForward => return self.delete(text, before, boundary_after(text, before)),
            Edit::Insert(_)
            | Edit::DeleteWordBack
            | Edit::DeleteToEnd
            | Edit::DeleteLine
            | Edit::WordLeft
            | Edit::WordRight
            | Edit::Start
            | Edit::End => return self.request(text, edit),
        }
        false
    }

    fn request(&mut self, text: &mut String, edit: Edit) -> bool {
        let mut input = Input::new(std::mem::take(text)).with_cursor(self.0);
        let change = input.handle(edit.request());
        self.0 = input.cursor();
        input.value().clone_into(text);
        matches!(change, Some(StateChanged { value: true, .. }))
    }

    /// Deletes the characters between two positions and returns whether there were any.
    fn delete(&mut self, text: &mut String, from: usize, to: usize) -> bool {
        let (from_byte, to_byte) = (byte_of(text, from), byte_of(text, to));
        text.replace_range(from_byte..to_byte, "");
        self.0 = from;
        from_byte < to_byte
    }

    /// Inserts a text at the cursor.
    pub fn insert(&mut self, text: &mut String, pasted: &str) {
        let at = byte_of(text, self.0);
        text.insert_str(at, pasted);
        self.0 += pasted.chars().count();
    }
}

/// Returns the byte offset of a character, or the length of the text if it has fewer characters.
fn byte_of(text: &str, at: usize) -> usize {
    if text.is_ascii() {
        return at.min(text.len());
    }
    text.char_indices().nth(at).map_or(text.len(), |(at, _)| at)
}

/// Returns the positions at which user-perceived characters begin, and the end of the text, in Unicode characters.
fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    let lengths = text.graphemes(true).map(|cluster| cluster.chars().count());
    std::iter::once(0).chain(lengths.scan(0, |end, length| {
        *end += length;
        Some(*end)
    }))
}

fn boundary_before(text: &str, at: usize) -> usize {
    boundaries(text).take_while(|boundary| *boundary < at).last().unwrap_or(0)
}

fn boundary_after(text: &str, at: usize) -> usize {
    boundaries(text).find(|boundary| *boundary > at).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_shell_edit_the_text_in_place() {
        let mut text = "web one".to_owned();
        let mut cursor = TextCursor::at_end(&text);
        assert!(cursor.edit(&mut text, Edit::DeleteWordBack));
        assert_eq!(text, "web ");
        assert!(!cursor.edit(&mut text, Edit::Start));
        assert!(cursor.edit(&mut text, Edit::Insert('x')));
        assert_eq!((text.as_str(), cursor.0), ("xweb ", 1));
        assert!(cursor.edit(&mut text, Edit::DeleteToEnd));
        assert_eq!(text, "x");
    }

    #[test]
    fn what_is_seen_as_one_character_is_one() {
        let whole = "云e\u{301}\u{1f1e8}\u{1f1f3}\u{1f468}\u{200d}\u{1f469}x";
        let mut text = whole.to_owned();
        let mut cursor = TextCursor::at_end(&text);
        let mut places = Vec::new();
        for _ in 0..6 {
            assert!(!cursor.edit(&mut text, Edit::Left));
            places.push(cursor.0);
        }
        assert_eq!(places, [8, 5, 3, 1, 0, 0]);
        for expected in [1, 3, 5, 8, 9, 9] {
            cursor.edit(&mut text, Edit::Right);
            assert_eq!(cursor.0, expected);
        }
        for expected in [
            "云e\u{301}\u{1f1e8}\u{1f1f3}\u{1f468}\u{200d}\u{1f469}",
            "云e\u{301}\u{1f1e8}\u{1f1f3}",
            "云e\u{301}",
            "云",
            "",
        ] {
            assert!(cursor.edit(&mut text, Edit::DeleteBack));
            assert_eq!((text.as_str(), cursor.0), (expected, expected.chars().count()));
        }
        assert!(!cursor.edit(&mut text, Edit::DeleteBack) && !cursor.edit(&mut text, Edit::DeleteForward));
        text = whole.to_owned();
        for expected in ["e\u{301}\u{1f1e8}", "\u{1f1e8}\u{1f1f3}", "\u{1f468}\u{200d}\u{1f469}x", "x"] {
            assert!(cursor.edit(&mut text, Edit::DeleteForward));
            assert!(text.starts_with(expected) && cursor.0 == 0, "{text:?}");
        }
    }

    #[test]
    fn a_word_goes_with_its_accents() {
        let mut text = "web cafe\u{301}".to_owned();
        let mut cursor = TextCursor::at_end(&text);
        assert!(cursor.edit(&mut text, Edit::DeleteWordBack));
        assert_eq!((text.as_str(), cursor.0), ("web ", 4));
    }

    #[test]
    fn a_pasted_text_goes_in_at_the_cursor() {
        let mut text = "云b".to_owned();
        let mut cursor = TextCursor(1);
        cursor.insert(&mut text, "12");
        assert_eq!((text.as_str(), cursor.0), ("云12b", 3));
    }
}
