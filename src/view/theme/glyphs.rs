//! The characters for borders and marks. Every character beyond ASCII that `view` draws by itself is defined here, so that one
//! table decides whether a screen has anything above 0x7F.

use ratatui::symbols::border;

/// Drawing characters by their use.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub is_ascii: bool,
    /// Borders of boxes, and the line between form and request.
    pub border: border::Set<'static>,
    /// Mark of the row under the cursor.
    pub pointer: &'static str,
    /// The bar beside a list that does not fit, and the part of it that stands for the rows in view.
    pub scroll_track: &'static str,
    pub scroll_thumb: &'static str,
}

/// Characters of the Unicode block Box Drawing.
pub static BOX_DRAWING: Glyphs = Glyphs {
    is_ascii: false,
    border: border::PLAIN,
    pointer: "\u{25b8}",
    scroll_track: "\u{2502}",
    scroll_thumb: "\u{2503}",
};

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
    pointer: ">",
    scroll_track: "|",
    scroll_thumb: "#",
};

pub use crate::text::truncate::TRUNCATION_MARK;

#[cfg(test)]
mod tests {
    use super::*;

    fn all(glyphs: &Glyphs) -> String {
        let set = &glyphs.border;
        let corners = [set.top_left, set.top_right, set.bottom_left, set.bottom_right];
        let sides = [set.vertical_left, set.vertical_right, set.horizontal_top, set.horizontal_bottom];
        let others = [glyphs.pointer, glyphs.scroll_track, glyphs.scroll_thumb];
        [corners, sides].concat().concat() + &others.concat()
    }

    #[test]
    fn one_table_is_ascii_and_says_so() {
        assert!(TRUNCATION_MARK.is_ascii() && all(&ASCII).is_ascii() && ASCII.is_ascii);
        assert!(!all(&BOX_DRAWING).is_ascii() && !BOX_DRAWING.is_ascii);
    }
}
