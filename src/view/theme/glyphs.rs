//! The characters for borders. Every character beyond ASCII that `view` draws by itself is defined here, so that one
//! table decides whether a screen has anything above 0x7F.

use ratatui::symbols::border;

/// Drawing characters by their use.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub is_ascii: bool,
    /// Borders of boxes, and the line between form and request.
    pub border: border::Set<'static>,
}

/// Characters of the Unicode block Box Drawing.
pub static BOX_DRAWING: Glyphs = Glyphs { is_ascii: false, border: border::PLAIN };

/// Characters in ASCII only, nothing above 0x7F.
pub static ASCII: Glyphs = Glyphs {
    is_ascii: true,
    border: border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    },
};

pub use crate::text::truncate::TRUNCATION_MARK;

#[cfg(test)]
mod tests {
    use super::*;

    fn all(glyphs: &Glyphs) -> String {
        let set = &glyphs.border;
        let corners = [set.top_left, set.top_right, set.bottom_left, set.bottom_right];
        let sides = [set.vertical_left, set.vertical_right, set.horizontal_top, set.horizontal_bottom];
        [corners, sides].concat().concat()
    }

    #[test]
    fn one_table_is_ascii_and_says_so() {
        assert!(TRUNCATION_MARK.is_ascii() && all(&ASCII).is_ascii() && ASCII.is_ascii);
        assert!(!all(&BOX_DRAWING).is_ascii() && !BOX_DRAWING.is_ascii);
    }
}
