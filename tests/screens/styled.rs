//! A screen as text, followed by the runs of each row that are not plain.

use std::fmt::Write as _;

use cph_wizard::app::{Model, Msg, update};
use cph_wizard::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr as _;

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
