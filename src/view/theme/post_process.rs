//! Post-processes a frame: cells without a foreground or background of their own get the theme's, an ASCII theme
//! replaces every character above 0x7F, and the second halves of wide characters are marked.

use std::borrow::Cow;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::style::Color;

use super::Theme;

impl Theme {
    /// Completes a frame that was drawn, before it is sent to the terminal.
    pub(in crate::view) fn post_process(self, buf: &mut Buffer) {
        if self.is_ascii() {
            replace_non_ascii(&mut buf.content);
        } else {
            mark_wide_halves(&mut buf.content);
        }
        let (Some(fg), Some(bg)) = (self.base().fg, self.base().bg) else { return };
        for cell in &mut buf.content {
            // A colour alone would stand on a ground that nobody chose.
            if cell.fg == Color::Reset {
                cell.fg = fg;
            }
            if cell.bg == Color::Reset {
                cell.bg = bg;
            }
        }
    }
}

/// Marks the cells of the second halves of wide characters, so that they differ from any blank. Otherwise, when the
/// next frame puts a wide character over the first half of another one, ratatui takes the cell after it for the blank
/// that it was, while the terminal shows half a character there, in its old colours.
fn mark_wide_halves(cells: &mut [Cell]) {
    for at in 0..cells.len() {
        let width = cells.get(at).filter(|cell| !cell.symbol().is_ascii()).map_or(1, Cell::cell_width);
        for half in cells.iter_mut().skip(at + 1).take(usize::from(width).saturating_sub(1)) {
            half.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

/// Replaces every character above 0x7F by its ASCII substitute or `?`. A wide one gets it in each of its cells, so that
/// nothing moves.
fn replace_non_ascii(cells: &mut [Cell]) {
    for at in 0..cells.len() {
        let Some(symbol) = cells.get(at).map(Cell::symbol).filter(|symbol| !symbol.is_ascii()) else { continue };
        let (sign, width) = (in_ascii(symbol), usize::from(symbol.cell_width()));
        let style = cells.get(at).map(Cell::style).unwrap_or_default();
        for cell in cells.iter_mut().skip(at).take(width.max(1)) {
            cell.set_symbol(sign).set_style(style);
        }
    }
}

/// Returns the ASCII substitute of a character, or `?`.
fn in_ascii(symbol: &str) -> &'static str {
    let mut chars = symbol.chars();
    match (chars.next(), chars.next()) {
        (Some('\u{2018}' | '\u{2019}' | '\u{2032}'), None) => "'",
        (Some('\u{201C}' | '\u{201D}' | '\u{2033}'), None) => "\"",
        (Some('\u{2010}'..='\u{2015}' | '\u{2212}'), None) => "-",
        (Some('\u{2022}' | '\u{00B7}'), None) => "*",
        (Some('\u{2026}'), None) => ".",
        (Some('\u{00D7}'), None) => "x",
        (Some('\u{00A0}'), None) => " ",
        (_, _) => "?",
    }
}

/// Returns the text with every character above 0x7F written as `\u{4e91}`; borrowed if there is none.
#[must_use]
pub fn escape_unicode(text: &str) -> Cow<'_, str> {
    replace_high(text, |shown, c| {
        let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
    })
}

/// Returns a line of JSON with every character above 0x7F as a JSON escape: the same value in ASCII.
#[must_use]
pub fn escape_json(line: &str) -> Cow<'_, str> {
    replace_high(line, |shown, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(shown, "\\u{unit:04x}");
        }
    })
}

/// Replaces every character above 0x7F by what `write_one` appends for it; borrowed if there is none.
fn replace_high(text: &str, write_one: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() * 3);
    for c in text.chars() {
        if c.is_ascii() { shown.push(c) } else { write_one(&mut shown, c) }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    fn row(buf: &Buffer) -> String {
        buf.content.iter().map(Cell::symbol).collect()
    }

    #[test]
    fn in_ascii_every_cell_of_a_wide_character_says_so_and_nothing_moves() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        buf.set_string(0, 0, "云ae\u{301}…×é\u{1f1e8}\u{1f1f3}z", Style::new());
        Theme::TERMINAL.in_ascii().post_process(&mut buf);
        assert_eq!(row(&buf), "??a?.x???z  ");
    }

    #[test]
    fn half_of_a_wide_character_that_another_one_breaks_is_painted_over() {
        let frame = |text: &str| {
            let mut buf = Buffer::empty(Rect::new(0, 0, 6, 1));
            buf.set_string(0, 0, text, Style::new());
            Theme::TERMINAL.post_process(&mut buf);
            buf
        };
        let (before, after) = (frame(" 添加"), frame("称"));
        let painted: Vec<u16> = before.diff(&after).into_iter().map(|(x, _, _)| x).collect();
        assert_eq!(painted, [0, 2, 3, 4]);
        assert!(after.diff(&frame("称")).is_empty(), "nothing is sent twice");
    }

    #[test]
    fn a_theme_with_a_ground_leaves_no_side_to_the_terminal() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        buf.set_string(0, 0, "a", Theme::DARK.problem());
        buf.set_string(1, 0, "b", Style::new().fg(Color::Red));
        Theme::DARK.post_process(&mut buf);
        assert!(buf.content.iter().all(|cell| cell.fg != Color::Reset && cell.bg != Color::Reset));
        assert_eq!(buf[(1, 0)].fg, Color::Red);
        let mut plain = Buffer::empty(Rect::new(0, 0, 4, 1));
        Theme::TERMINAL.post_process(&mut plain);
        assert_eq!(plain, Buffer::empty(Rect::new(0, 0, 4, 1)));
    }

    #[test]
    fn a_value_can_be_spelled_in_ascii() {
        assert_eq!(escape_unicode("a云\u{1f600}"), "a\\u{4e91}\\u{1f600}");
        assert_eq!(escape_json("\"name\": \"云\u{1f600}\""), "\"name\": \"\\u4e91\\ud83d\\ude00\"");
        assert!(
            matches!(escape_unicode("plain"), Cow::Borrowed(_)) && matches!(escape_json("plain"), Cow::Borrowed(_))
        );
    }
}
