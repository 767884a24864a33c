//! A screen as text, followed by the runs of each row that are not plain.

use std::fmt::Write as _;

use cph_wizard::app::{Model, Msg, update};
use cph_wizard::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthStr as _;

/// What must hold for every page in every theme, at every size: colour on both sides or none, and
/// nothing above 0x7F where that is asked for.
pub fn check(name: &str, model: &mut Model) {
    let was_read = !model.awaits_paint();
    for (width, height) in [(80, 24), (60, 16), (100, 30), (40, 10), (20, 5)] {
        let plain = painted(model, width, height, Theme::TERMINAL);
        for (theme_name, theme) in Theme::ALL {
            let page = format!("{name} at {width}x{height} in {theme_name}");
            let buffer = painted(model, width, height, theme);
            check_colours(&buffer, theme, &page);
            check_ascii(&plain, &painted(model, width, height, theme.in_ascii()), &page);
        }
    }
    read_again(model, was_read);
}

/// A confirmation that a small screen has cut is shown anew; here it counts as read if it was read before.
fn read_again(model: &mut Model, was_read: bool) {
    update(model, Msg::Resize { width: 80, height: 24 });
    if was_read && model.awaits_paint() {
        let at = model.now;
        update(model, Msg::Painted { at });
    }
}

/// The same for a page in Chinese, of which ASCII keeps no more than that nothing is above 0x7F.
pub fn check_in_chinese(name: &str, model: &mut Model) {
    let was_read = !model.awaits_paint();
    for (width, height) in [(80, 24), (60, 16), (40, 10), (20, 5)] {
        for (theme_name, theme) in Theme::ALL {
            let page = format!("{name} at {width}x{height} in {theme_name}");
            check_colours(&painted(model, width, height, theme), theme, &page);
        }
        let ascii = painted(model, width, height, Theme::TERMINAL.in_ascii());
        assert!(ascii.content.iter().all(|cell| cell.symbol().is_ascii()), "above ASCII on {name} at {width}x{height}");
    }
    read_again(model, was_read);
}

/// No colour, or both sides of every cell.
fn check_colours(buffer: &Buffer, theme: Theme, page: &str) {
    for (at, cell) in buffer.content.iter().enumerate() {
        // The second cell of a wide character is never sent.
        if at.checked_sub(1).is_some_and(|before| buffer.content[before].symbol().width() > 1) {
            continue;
        }
        let sides = [cell.fg, cell.bg, cell.underline_color].map(|color| color != Color::Reset);
        if theme.is_mono() {
            assert_eq!(sides, [false; 3], "a colour on {page}: {cell:?}");
        } else if theme.ground() != Style::new() {
            assert_eq!(sides[..2], [true; 2], "a side is the terminal's on {page}: {cell:?}");
        }
    }
}

/// Lines of boxes: all that is above 0x7F on a page of ours.
const LINES: &str = "┌┐└┘─│";

/// In ASCII the page is the same, and the lines are the only thing that had to be replaced.
fn check_ascii(plain: &Buffer, ascii: &Buffer, page: &str) {
    for (cell, in_ascii) in plain.content.iter().zip(&ascii.content) {
        let (symbol, sign) = (cell.symbol(), in_ascii.symbol());
        assert!(sign.is_ascii(), "{sign:?} on {page}");
        assert!(symbol.is_ascii() || LINES.contains(symbol), "{symbol:?} on {page} is in no table of glyphs");
        assert!(!symbol.is_ascii() || symbol == sign, "another text in ASCII on {page}");
        assert!(symbol.is_ascii() || "+-|".contains(sign), "{symbol:?} became {sign:?} on {page}");
    }
}

fn painted(model: &mut Model, width: u16, height: u16, theme: Theme) -> Buffer {
    update(model, Msg::Resize { width, height });
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(model, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The screen of a model at a size, text only.
pub fn text(model: &mut Model, width: u16, height: u16, theme: Theme) -> String {
    screen(model, width, height, theme).lines().take_while(|line| line.starts_with('|')).collect::<Vec<_>>().join("\n")
}

/// The screen of a model at a size.
pub fn screen(model: &mut Model, width: u16, height: u16, theme: Theme) -> String {
    update(model, Msg::Resize { width, height });
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(model, theme, frame)).unwrap();
    let cursor = terminal.backend().cursor_visible_position();
    let buffer = terminal.backend().buffer();
    let mut shown = String::new();
    for y in 0..height {
        writeln!(shown, "|{}|", row_of(buffer, y)).unwrap();
    }
    if let Some((x, y)) = cursor {
        writeln!(shown, "cursor at {x},{y}").unwrap();
    }
    for y in 0..height {
        styles_of_row(buffer, y, &mut shown);
    }
    shown
}

/// A row of the screen, in which the second cell of a wide character says nothing.
fn row_of(buffer: &Buffer, y: u16) -> String {
    let mut row = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        row.push_str(symbol);
        x += u16::try_from(symbol.width()).unwrap().max(1);
    }
    row
}

fn styles_of_row(buffer: &Buffer, y: u16, shown: &mut String) {
    let mut x = 0;
    while x < buffer.area.width {
        let style = look(&buffer[(x, y)]);
        let from = x;
        while x < buffer.area.width && look(&buffer[(x, y)]) == style {
            x += 1;
        }
        if style != look(&Cell::EMPTY) {
            writeln!(shown, "{y}:{from}-{} {}", x - 1, words(style)).unwrap();
        }
    }
}

fn look(cell: &Cell) -> Style {
    cell.style()
}

fn words(style: Style) -> String {
    let fg = style.fg.map_or(String::new(), |color| format!("{color:?} "));
    let bg = style
        .bg
        .filter(|color| *color != ratatui::style::Color::Reset)
        .map_or(String::new(), |color| format!("on {color:?} "));
    format!("{}{bg}{:?}", fg.replace("Reset ", ""), style.add_modifier)
}

/// Whether the terminal's cursor is shown, and where.
trait CursorOf {
    fn cursor_visible_position(&self) -> Option<(u16, u16)>;
}

impl CursorOf for TestBackend {
    fn cursor_visible_position(&self) -> Option<(u16, u16)> {
        self.cursor_visible().then(|| {
            let at = self.cursor_position();
            (at.x, at.y)
        })
    }
}
