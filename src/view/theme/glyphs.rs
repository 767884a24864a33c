//! The characters for lines and marks. Every character beyond ASCII that `view` draws by itself is defined here, so that one
//! table decides whether a screen has anything above 0x7F.

use ratatui::symbols::border;

/// Drawing characters by their use.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    pub is_ascii: bool,
    /// Borders of boxes, and the lines between the parts of the screen.
    pub border: border::Set<'static>,
    /// Place in a horizontal line where a vertical one begins.
    pub joint_down: &'static str,
    /// Place in a horizontal line where a vertical one ends.
    pub joint_up: &'static str,
    /// Heavy part of a horizontal line, below the current step.
    pub heavy_line: &'static str,
    /// Bar in the gutter beside what has the focus.
    pub focus_bar: &'static str,
    pub done: &'static str,
    pub problem: &'static str,
    pub warning: &'static str,
    /// Mark of the current step and of the selected row.
    pub current: &'static str,
    /// The bar beside a list that does not fit, and the part of it that stands for the rows in view.
    pub scroll_track: &'static str,
    pub scroll_thumb: &'static str,
}

/// Characters of the Unicode block Box Drawing.
pub static BOX_DRAWING: Glyphs = Glyphs {
    is_ascii: false,
    border: border::PLAIN,
    joint_down: "\u{252c}",
    joint_up: "\u{2534}",
    heavy_line: "\u{2501}",
    focus_bar: "\u{2503}",
    done: "\u{2713}",
    problem: "\u{2717}",
    warning: "!",
    current: "\u{25b8}",
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
    joint_down: "+",
    joint_up: "+",
    heavy_line: "=",
    focus_bar: "|",
    done: "+",
    problem: "x",
    warning: "!",
    current: ">",
    scroll_track: "|",
    scroll_thumb: "#",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn all(glyphs: &Glyphs) -> String {
        let set = &glyphs.border;
        let corners = [set.top_left, set.top_right, set.bottom_left, set.bottom_right];
        let sides = [set.vertical_left, set.vertical_right, set.horizontal_top, set.horizontal_bottom];
        let lines = [
            glyphs.joint_down,
            glyphs.joint_up,
            glyphs.heavy_line,
            glyphs.focus_bar,
            glyphs.scroll_track,
            glyphs.scroll_thumb,
        ];
        let marks = [glyphs.done, glyphs.problem, glyphs.warning, glyphs.current];
        [&corners[..], &sides[..], &lines[..], &marks[..]].concat().concat()
    }

    #[test]
    fn one_table_is_ascii_and_says_so() {
        assert!(crate::text::truncate::TRUNCATION_MARK.is_ascii() && all(&ASCII).is_ascii() && ASCII.is_ascii);
        assert!(!all(&BOX_DRAWING).is_ascii() && !BOX_DRAWING.is_ascii);
    }
}
