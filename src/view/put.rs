//! Text on the screen: every string goes through the filter for text from outside and is cut by
//! its width in cells, never inside of what a reader sees as one character. A width is the sum of those
//! characters, as they are laid into the buffer: a whole text may be narrower where letters join.

use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::order::text::visible;

pub use super::lines::wrap;
use super::theme::CUT;

/// Writes a text and returns the column behind it. What does not fit in `width` ends in `~`.
pub fn put(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let area = buf.area;
    if y < area.top() || y >= area.bottom() || x >= area.right() || width == 0 {
        return x;
    }
    let width = width.min(area.right() - x);
    let text = visible(text);
    if width_of(&text) <= usize::from(width) {
        return buf.set_stringn(x, y, &text, usize::from(width), style).0;
    }
    let end = buf.set_stringn(x, y, &text, usize::from(width - 1), style).0;
    buf.set_stringn(end, y, CUT, 1, style).0
}

/// Lays a style over characters of a text that `put` has written, counted from 0. `~` is not theirs.
pub fn mark(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, marks: &[u32], style: Style) {
    let area = buf.area;
    if marks.is_empty() || y < area.top() || y >= area.bottom() || x >= area.right() {
        return;
    }
    let width = width.min(area.right() - x);
    let room = if cells(text) > width { width.saturating_sub(1) } else { width };
    let (mut at, mut number) = (0, 0_u32);
    for cluster in text.graphemes(true) {
        let (wide, from) = (cells(cluster), number);
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

/// A text that ends at the right edge of an area; returns the column where it begins.
pub fn put_right(buf: &mut Buffer, area: Rect, row: u16, text: &str, style: Style) -> u16 {
    let width = cells(text).min(area.width);
    let x = area.right() - width;
    if row < area.height {
        put(buf, x, area.y + row, width, text, style);
    }
    x
}

/// Cells of a text that went through the filter.
pub fn width_of(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(|cluster| usize::from(cluster.cell_width())).sum()
}

/// Width of a text in cells.
pub fn cells(text: &str) -> u16 {
    u16::try_from(width_of(&visible(text))).unwrap_or(u16::MAX)
}

/// A text of so many cells at most; what is longer ends in `~`.
pub fn cut(text: &str, width: u16) -> String {
    let text = visible(text);
    if width_of(&text) <= usize::from(width) {
        return text.into_owned();
    }
    let head = head(&text, usize::from(width.saturating_sub(1)));
    let sign = if width == 0 { "" } else { CUT };
    format!("{}{sign}", &text[..head])
}

/// A text whose end tells it from others: what is too long is cut in the middle.
pub fn cut_middle(text: &str, width: u16) -> String {
    let text = visible(text);
    if width_of(&text) <= usize::from(width) {
        return text.into_owned();
    }
    let tail = usize::from(width) / 2;
    let head = head(&text, usize::from(width).saturating_sub(tail + 3));
    let mut from = text.len();
    let mut room = tail;
    for (at, cluster) in text.grapheme_indices(true).rev() {
        let Some(left) = room.checked_sub(cluster.cell_width().into()) else { break };
        room = left;
        from = at;
    }
    cut(&format!("{}...{}", &text[..head], &text[from..]), width)
}

/// `wrap` to so many lines at most: what is left over stands behind the last one, which `put` cuts.
pub fn within(text: &str, width: u16, most: u16) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > usize::from(most) {
        let rest = lines.split_off(usize::from(most.saturating_sub(1))).join(" ");
        lines.push(rest);
    }
    lines
}

/// The bytes of as many whole characters as have room.
pub fn head(text: &str, width: usize) -> usize {
    let mut room = width;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        let Some(left) = room.checked_sub(cluster.cell_width().into()) else { break };
        room = left;
        end = at + cluster.len();
    }
    end
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

    /// A name as clouds have them: wide, with accents above, a flag, a thumb with a skin.
    const MIXED: &str = "云e\u{301}\u{1f1e8}\u{1f1f3}\u{1f44d}\u{1f3fd}x";

    #[test]
    fn a_cut_never_parts_what_is_one_character() {
        assert_eq!((cells("e\u{301}"), cells("\u{1f1e8}\u{1f1f3}"), cells(MIXED)), (1, 2, 8));
        let cuts: Vec<String> = (0..=8).map(|width| cut(MIXED, width)).collect();
        assert_eq!(cuts[..4], ["", "~", "~", "云~"]);
        assert_eq!(cuts[4], "云e\u{301}~");
        assert_eq!(cuts[6], "云e\u{301}\u{1f1e8}\u{1f1f3}~");
        assert_eq!(cuts[8], MIXED);
        for width in 0..12 {
            assert!(cells(&cut(MIXED, width)) <= width, "{width}");
            let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
            let end = put(&mut buf, 0, 0, width, MIXED, Style::new());
            assert_eq!(end, cells(&cut(MIXED, width)), "put and cut agree at {width}");
        }
        assert_eq!(wrap(MIXED, 3), ["云", "e\u{301}\u{1f1e8}\u{1f1f3}", "\u{1f44d}\u{1f3fd}x"]);
        assert_eq!(wrap("云云", 1), ["云", "云"], "wider than the line: one at a time");
    }

    #[test]
    fn a_name_is_cut_in_its_middle() {
        assert_eq!(cut_middle("web-0123456789-01", 12), "web...789-01");
        assert_eq!(cut_middle("web", 12), "web");
        for width in 0..12 {
            assert!(cells(&cut_middle("云手机云手机云手机", width)) <= width);
        }
    }

    #[test]
    fn letters_that_join_are_counted_as_they_are_laid_down() {
        // Lam and alef: one sign as a text, two cells in the buffer.
        let joined = "\u{644}\u{627}";
        let mut buf = Buffer::empty(Rect::new(0, 0, 9, 1));
        assert_eq!(put(&mut buf, 0, 0, 9, joined, Style::new()), cells(joined));
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
            let top = window(cursor, 50, 7);
            assert!((top..top + 7).contains(&cursor) && top + 7 <= 50);
        }
        assert_eq!(window(3, 5, 7), 0);
    }
}
