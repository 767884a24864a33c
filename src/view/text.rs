//! Draws text into the buffer: every string is sanitized and cut by its width in cells, never inside a grapheme
//! cluster, which a reader sees as one character.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::sanitize::visible;

use crate::text::truncate::TRUNCATION_MARK;
use crate::text::width::{display_width, text_width};

/// Writes a text and returns the column after it. A text that does not fit into `width` ends in `~`.
pub fn draw_text(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x >= area.right() || width == 0 {
        return x;
    }
    let width = width.min(area.right() - x);
    let text = visible(text);
    if text_width(&text) <= usize::from(width) {
        return buf.set_stringn(x, y, &text, usize::from(width), style).0;
    }
    let end = buf.set_stringn(x, y, &text, usize::from(width - 1), style).0;
    buf.set_stringn(end, y, TRUNCATION_MARK, 1, style).0
}

/// Applies a style to characters of a text that `draw_text` has written. `marks` are their indexes from 0, sorted. The
/// `~` is never styled.
pub fn style_chars(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, marks: &[u32], style: Style) {
    let area = buf.area;
    if marks.is_empty() || y < area.top() || y >= area.bottom() || x >= area.right() {
        return;
    }
    let width = width.min(area.right() - x);
    let room = if display_width(text) > width { width.saturating_sub(1) } else { width };
    let (mut at, mut number) = (0, 0_u32);
    for cluster in text.graphemes(true) {
        let (wide, from) = (display_width(cluster), number);
        number += u32::try_from(cluster.chars().count()).unwrap_or(u32::MAX);
        if at + wide > room {
            return;
        }
        // A letter with its accents is one thing to mark.
        if (from..number).any(|number| marks.binary_search(&number).is_ok()) {
            buf.set_style(Rect { x: x + at, y, width: wide, height: 1 }, style);
        }
        at += wide;
    }
}

/// Draws a text that ends at the right edge of an area, and returns the column where it begins.
pub fn draw_text_right(buf: &mut Buffer, area: Rect, row: u16, text: &str, style: Style) -> u16 {
    let width = display_width(text).min(area.width);
    let x = area.right() - width;
    if row < area.height {
        draw_text(buf, x, area.y + row, width, text, style);
    }
    x
}

/// Returns the index of the first row of a list to show, so that the cursor is in view, in the middle where possible.
pub fn first_visible_row(cursor: usize, rows: usize, height: usize) -> usize {
    if rows <= height || height == 0 {
        return 0;
    }
    cursor.saturating_sub(height / 2).min(rows - height)
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;
    use crate::text::truncate::{truncate, truncate_middle};
    use crate::text::wrap::wrap;

    #[test]
    fn what_does_not_fit_ends_in_a_mark() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        assert_eq!(draw_text(&mut buf, 0, 0, 6, "abcdefgh", Style::new()), 6);
        assert_eq!(draw_text(&mut buf, 6, 0, 4, "云手机", Style::new()), 9);
        let row: String = (0..10).map(|x| buf[(x, 0)].symbol()).collect();
        assert!(row.starts_with("abcde~云"), "{row:?}");
    }

    /// A name with a wide character, a combining accent, a flag, and a thumb with a skin tone.
    const MIXED: &str = "云e\u{301}\u{1f1e8}\u{1f1f3}\u{1f44d}\u{1f3fd}x";

    #[test]
    fn a_cut_never_parts_what_is_one_character() {
        assert_eq!((display_width("e\u{301}"), display_width("\u{1f1e8}\u{1f1f3}"), display_width(MIXED)), (1, 2, 8));
        let cuts: Vec<String> = (0..=8).map(|width| truncate(MIXED, width)).collect();
        assert_eq!(cuts[..4], ["", "~", "~", "云~"]);
        assert_eq!(cuts[4], "云e\u{301}~");
        assert_eq!(cuts[6], "云e\u{301}\u{1f1e8}\u{1f1f3}~");
        assert_eq!(cuts[8], MIXED);
        for width in 0..12 {
            assert!(display_width(&truncate(MIXED, width)) <= width, "{width}");
            let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
            let end = draw_text(&mut buf, 0, 0, width, MIXED, Style::new());
            assert_eq!(end, display_width(&truncate(MIXED, width)), "drawing and truncating agree at {width}");
        }
        assert_eq!(wrap(MIXED, 3), ["云", "e\u{301}\u{1f1e8}\u{1f1f3}", "\u{1f44d}\u{1f3fd}x"]);
        assert_eq!(wrap("云云", 1), ["云", "云"], "wider than the line: one at a time");
    }

    #[test]
    fn a_name_is_cut_in_its_middle() {
        assert_eq!(truncate_middle("web-0123456789-01", 12), "web...789-01");
        assert_eq!(truncate_middle("web", 12), "web");
        for width in 0..12 {
            assert!(display_width(&truncate_middle("云手机云手机云手机", width)) <= width);
        }
    }

    #[test]
    fn letters_that_join_are_counted_as_they_are_laid_down() {
        // Lam and alef: one sign as a text, two cells in the buffer.
        let joined = "\u{644}\u{627}";
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 1));
        assert_eq!(draw_text(&mut buf, 0, 0, 9, joined, Style::new()), display_width(joined));
    }

    #[test]
    fn marks_lie_on_their_letters_and_not_on_the_sign_of_the_cut() {
        let bold = Style::new().bold();
        let marked = |text: &str, width: u16, marks: &[u32]| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
            draw_text(&mut buf, 0, 0, width, text, Style::new());
            style_chars(&mut buf, 0, 0, width, text, marks, bold);
            (0..20_u16).filter(|x| buf[(*x, 0)].modifier.contains(Modifier::BOLD)).collect::<Vec<_>>()
        };
        assert_eq!(marked("abcdef", 6, &[0, 5]), [0, 5]);
        assert_eq!(marked("abcdef", 5, &[3, 4]), [3], "the last one gave way to the sign");
        assert_eq!(marked("云手机", 6, &[1]), [2, 3]);
        assert_eq!(marked("ae\u{301}b", 6, &[2]), [1], "the accent's letter");
        assert_eq!(marked("ae\u{301}b", 6, &[3]), [2]);
        assert_eq!(marked("\u{7}b", 20, &[1]), [8], "what hides is written out");
        assert_eq!(marked("e\u{301}b", 20, &[2]), [1], "an accent takes no room");
    }

    #[test]
    fn lines_break_at_blanks_and_inside_long_words() {
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("abcdefgh i", 3), ["abc", "def", "gh", "i"]);
        assert_eq!(wrap("", 3), [""]);
        assert_eq!(wrap("  a b", 5), ["  a b"], "what fits keeps its indentation");
    }

    #[test]
    fn the_window_keeps_the_cursor_in_view() {
        for cursor in 0..50 {
            let top = first_visible_row(cursor, 50, 7);
            assert!((top..top + 7).contains(&cursor) && top + 7 <= 50);
        }
        assert_eq!(first_visible_row(3, 5, 7), 0);
    }
}
