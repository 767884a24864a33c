//! Editing one line of text: the usual keys of a shell, applied to a text that lives elsewhere.

use tui_input::{Input, InputRequest, StateChanged};

/// Where the cursor stands in a text, in characters from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextCursor(pub usize);

/// A change of a line or of the place in it.
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
    /// The place behind the last character.
    #[must_use]
    pub fn at_end(text: &str) -> Self {
        Self(text.chars().count())
    }

    /// Applies an edit; `true` if the text changed.
    pub fn edit(&mut self, text: &mut String, edit: Edit) -> bool {
        // The commonest edit does not copy the text: a burst of keys stays linear.
        if let Edit::Insert(c) = edit {
            self.insert(text, c.encode_utf8(&mut [0; 4]));
            return true;
        }
        let mut input = Input::new(std::mem::take(text)).with_cursor(self.0);
        let change = input.handle(edit.request());
        self.0 = input.cursor();
        input.value().clone_into(text);
        matches!(change, Some(StateChanged { value: true, .. }))
    }

    /// Puts a text in at the cursor.
    pub fn insert(&mut self, text: &mut String, pasted: &str) {
        let at = if text.is_ascii() {
            self.0.min(text.len())
        } else {
            text.char_indices().nth(self.0).map_or(text.len(), |(at, _)| at)
        };
        text.insert_str(at, pasted);
        self.0 += pasted.chars().count();
    }
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
    fn a_pasted_text_goes_in_at_the_cursor() {
        let mut text = "云b".to_owned();
        let mut cursor = TextCursor(1);
        cursor.insert(&mut text, "12");
        assert_eq!((text.as_str(), cursor.0), ("云12b", 3));
    }
}
