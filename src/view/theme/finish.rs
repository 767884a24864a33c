//! The last thing that happens to a frame: every cell gets the theme's foreground and background where
//! it has none of its own, and without characters above 0x7F none is left.

use std::borrow::Cow;
use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell, CellWidth as _};
use ratatui::style::Color;

use super::Theme;

impl Theme {
    /// Finishes a frame. Where neither ground nor ASCII is asked for, nothing is looked at.
    pub(in crate::view) fn finish(self, buf: &mut Buffer) {
        if self.is_ascii() {
            without_high_characters(&mut buf.content);
        }
        let (Some(fg), Some(bg)) = (self.ground().fg, self.ground().bg) else { return };
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

/// Gives every cell with a character above 0x7F its sign in ASCII, or a `?`; what is wide gets one for
/// each of its cells, so that nothing moves.
fn without_high_characters(cells: &mut [Cell]) {
    for at in 0..cells.len() {
        let Some(symbol) = cells.get(at).map(Cell::symbol).filter(|symbol| !symbol.is_ascii()) else { continue };
        let (sign, width) = (in_ascii(symbol), usize::from(symbol.cell_width()));
        let style = cells.get(at).map(Cell::style).unwrap_or_default();
        for cell in cells.iter_mut().skip(at).take(width.max(1)) {
            cell.set_symbol(sign).set_style(style);
        }
    }
}

/// What stands for a character: its sign in ASCII, or `?`.
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

/// The text with every character above 0x7F as `\u{4e91}`; borrowed if there is none.
#[must_use]
pub fn spelled(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() * 3);
    for c in text.chars() {
        if c.is_ascii() {
            shown.push(c);
        } else {
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        }
    }
    Cow::Owned(shown)
}

/// A line of JSON with every character above 0x7F escaped as JSON does it: the same value in ASCII.
#[must_use]
pub fn escaped(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len() * 3);
    for c in line.chars() {
        if c.is_ascii() {
            shown.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        }
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
        Theme::TERMINAL.in_ascii().finish(&mut buf);
        assert_eq!(row(&buf), "??a?.x???z  ");
    }

    #[test]
    fn a_theme_with_a_ground_leaves_no_side_to_the_terminal() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 4, 1));
        buf.set_string(0, 0, "a", Theme::DARK.problem());
        buf.set_string(1, 0, "b", Style::new().fg(Color::Red));
        Theme::DARK.finish(&mut buf);
        assert!(buf.content.iter().all(|cell| cell.fg != Color::Reset && cell.bg != Color::Reset));
        assert_eq!(buf[(1, 0)].fg, Color::Red);
        let mut plain = Buffer::empty(Rect::new(0, 0, 4, 1));
        Theme::TERMINAL.finish(&mut plain);
        assert_eq!(plain, Buffer::empty(Rect::new(0, 0, 4, 1)));
    }

    #[test]
    fn a_value_can_be_spelled_in_ascii() {
        assert_eq!(spelled("a云\u{1f600}"), "a\\u{4e91}\\u{1f600}");
        assert_eq!(escaped("\"name\": \"云\u{1f600}\""), "\"name\": \"\\u4e91\\ud83d\\ude00\"");
        assert!(matches!(spelled("plain"), Cow::Borrowed(_)) && matches!(escaped("plain"), Cow::Borrowed(_)));
    }
}
