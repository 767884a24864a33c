//! Text on the screen: every string goes through the filter for text from outside and is cut by
//! its width in cells.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::order::text::{is_hidden, visible};

pub use super::lines::wrap;

/// Writes a text and returns the column behind it. What does not fit in `width` ends in `~`.
pub fn put(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x >= area.right() || width == 0 {
        return x;
    }
    let width = width.min(area.right() - x);
    let text = visible(text);
    if text.width() <= usize::from(width) {
        return buf.set_stringn(x, y, &text, usize::from(width), style).0;
    }
    let end = buf.set_stringn(x, y, &text, usize::from(width - 1), style).0;
    buf.set_stringn(end, y, "~", 1, style).0
}

/// Lays a style over characters of a text that `put` has written, counted from 0. `~` is not theirs.
pub fn mark(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, marks: &[u32], style: Style) {
    let area = buf.area;
    if marks.is_empty() || y < area.top() || y >= area.bottom() || x >= area.right() {
        return;
    }
    let width = width.min(area.right() - x);
    let room = if cells(text) > width { width.saturating_sub(1) } else { width };
    let mut at = 0;
    for (number, c) in (0_u32..).zip(text.chars()) {
        // A mark on a letter has no room of its own; what hides is written out.
        let wide = match c.width() {
            Some(0) if !is_hidden(c) => 0,
            _ => cells(c.encode_utf8(&mut [0; 4])),
        };
        if at + wide > room {
            return;
        }
        if marks.binary_search(&number).is_ok() {
            buf.set_style(Rect { x: x + at, y, width: wide, height: 1 }, style);
        }
        at += wide;
    }
}

/// A text that ends at the right edge of an area; returns the column where it begins.
pub fn put_right(buf: &mut Buffer, area: Rect, row: u16, text: &str, style: Style) -> u16 {
    let width = u16::try_from(visible(text).width()).unwrap_or(u16::MAX).min(area.width);
    let x = area.right() - width;
    if row < area.height {
        put(buf, x, area.y + row, width, text, style);
    }
    x
}

/// Width of a text in cells.
pub fn cells(text: &str) -> u16 {
    u16::try_from(visible(text).width()).unwrap_or(u16::MAX)
}

/// The first row of a list to show, so that the cursor is in view and the list moves little.
pub fn window(cursor: usize, rows: usize, height: usize) -> usize {
    if rows <= height || height == 0 {
        return 0;
    }
    cursor.saturating_sub(height / 2).min(rows - height)
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    #[test]
    fn what_does_not_fit_ends_in_a_mark() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 10, 1));
        assert_eq!(put(&mut buf, 0, 0, 6, "abcdefgh", Style::new()), 6);
        assert_eq!(put(&mut buf, 6, 0, 4, "云手机", Style::new()), 9);
        let row: String = (0..10).map(|x| buf[(x, 0)].symbol()).collect();
        assert!(row.starts_with("abcde~云"), "{row:?}");
    }

    #[test]
    fn marks_lie_on_their_letters_and_not_on_the_sign_of_the_cut() {
        let bold = Style::new().bold();
        let marked = |text: &str, width: u16, marks: &[u32]| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
            put(&mut buf, 0, 0, width, text, Style::new());
            mark(&mut buf, 0, 0, width, text, marks, bold);
            (0..20_u16).filter(|x| buf[(*x, 0)].modifier.contains(Modifier::BOLD)).collect::<Vec<_>>()
        };
        assert_eq!(marked("abcdef", 6, &[0, 5]), [0, 5]);
        assert_eq!(marked("abcdef", 5, &[3, 4]), [3], "the last one gave way to the sign");
        assert_eq!(marked("云手机", 6, &[1]), [2, 3]);
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
            let top = window(cursor, 50, 7);
            assert!((top..top + 7).contains(&cursor) && top + 7 <= 50);
        }
        assert_eq!(window(3, 5, 7), 0);
    }
}
