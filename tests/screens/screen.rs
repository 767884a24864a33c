//! Paints a model without a terminal, and reads what was painted.

use cph_wizard::app::{Model, Msg, update};
use cph_wizard::view::{Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

/// What was painted, and where the terminal's cursor is shown.
pub struct Screen {
    pub buffer: Buffer,
    pub cursor: Option<(u16, u16)>,
}

/// Paints a model at a size.
pub fn paint(model: &mut Model, (width, height): (u16, u16), theme: Theme) -> Screen {
    let _ = update(model, Msg::Resize { width, height });
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(model, theme, frame)).unwrap();
    let backend = terminal.backend();
    let cursor = backend.cursor_visible().then(|| backend.cursor_position());
    Screen { buffer: backend.buffer().clone(), cursor: cursor.map(|at| (at.x, at.y)) }
}

impl Screen {
    pub fn height(&self) -> u16 {
        self.buffer.area.height
    }

    /// The text of some cells of a row, in which the second cell of a wide character says nothing.
    pub fn part(&self, y: u16, from: u16, to: u16) -> String {
        let mut text = String::new();
        let mut x = from;
        while x < to {
            let symbol = self.buffer[(x, y)].symbol();
            text.push_str(symbol);
            x += u16::try_from(symbol.width()).unwrap().max(1);
        }
        text
    }

    /// A row without the blanks at its end.
    pub fn row(&self, y: u16) -> String {
        self.part(y, 0, self.buffer.area.width).trim_end().to_owned()
    }

    /// All rows, between signs that show where the screen ends.
    pub fn framed(&self) -> String {
        let rows: Vec<String> =
            (0..self.height()).map(|y| format!("|{}|", self.part(y, 0, self.buffer.area.width))).collect();
        rows.join("\n")
    }
}

/// Paints the text of a model at a size.
pub fn text(model: &mut Model, width: u16, height: u16, theme: Theme) -> String {
    paint(model, (width, height), theme).framed()
}

/// Returns a text without blanks, line breaks and the lines of boxes.
pub fn letters(shown: &str) -> String {
    shown.chars().filter(|c| !c.is_whitespace() && !"|│┌┐└┘─".contains(*c)).collect()
}
