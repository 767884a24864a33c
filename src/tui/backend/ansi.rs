//! A ratatui backend that writes each frame in as few bytes as possible, for users on slow connections. It writes once
//! per frame, moves the cursor relatively where that is shorter, changes a style in one sequence, erases blanks in one
//! go, and shows or hides the cursor only when that changes. It never queries the terminal.

use std::cell::Cell as Shared;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::tui::backend::sgr::Sgr;

/// Returns the size of the terminal in cells, without opening a file.
pub fn size() -> io::Result<Size> {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout())?;
    Ok(Size { width: size.ws_col, height: size.ws_row })
}

/// A backend that minimizes the bytes it writes. Any other output to the terminal must leave the cursor and the style
/// alone, or be followed by `clear`.
#[derive(Debug)]
pub struct AnsiBackend<W> {
    out: W,
    /// Function that returns the size of the terminal in cells.
    size: fn() -> io::Result<Size>,
    /// True if the terminal can erase cells within a row (ECH); the earliest terminals cannot.
    erases: bool,
    frame: Vec<u8>,
    /// Position of the cursor, if it is certain.
    at: Option<Position>,
    /// Row of the last character. It is known even at the end of a row, where the column is not.
    row: Option<u16>,
    sgr: Sgr,
    is_shown: Option<bool>,
    /// Cells per row, as of the last query of the size.
    width: Shared<u16>,
}

/// A run of empty cells in a row, not written yet.
#[derive(Debug, Clone, Copy)]
struct Blanks {
    from: Position,
    count: u16,
}

impl<W: Write> AnsiBackend<W> {
    pub fn new(out: W, size: fn() -> io::Result<Size>, erases: bool) -> Self {
        let frame = Vec::with_capacity(1 << 12);
        Self { out, size, erases, frame, at: None, row: None, sgr: Sgr::PLAIN, is_shown: None, width: Shared::new(0) }
    }

    fn push(&mut self, text: &str) {
        self.frame.extend_from_slice(text.as_bytes());
    }

    fn move_to(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let Position { x, y } = to;
        let absolute = match (x, y) {
            (0, 0) => "\x1b[H".to_owned(),
            (0, _) => format!("\x1b[{}H", y + 1),
            (..) => format!("\x1b[{};{}H", y + 1, x + 1),
        };
        let relative = self.relative(to).filter(|sequence| sequence.len() < absolute.len());
        self.push(&relative.unwrap_or(absolute));
        self.at = Some(to);
        self.row = Some(y);
    }

    /// Returns a cursor movement relative to the current position; `None` if no short one is certain to reach the
    /// target.
    fn relative(&self, to: Position) -> Option<String> {
        if let Some(at) = self.at.filter(|at| at.y == to.y) {
            return Some(match (to.x.checked_sub(at.x), at.x.saturating_sub(to.x)) {
                (_, 1) => "\x08".to_owned(),
                (Some(1), _) => "\x1b[C".to_owned(),
                (Some(right), _) => format!("\x1b[{right}C"),
                (None, _) if to.x == 0 => "\r".to_owned(),
                (None, left) => format!("\x1b[{left}D"),
            });
        }
        // A line feed never leaves the screen, since the row that is wanted lies on it.
        let row = self.row?;
        let feeds = if row == to.y { "\r" } else { (row + 1 == to.y).then_some("\r\n")? };
        Some(match to.x {
            0 => feeds.to_owned(),
            1 => format!("{feeds}\x1b[C"),
            right => format!("{feeds}\x1b[{right}C"),
        })
    }

    fn set_style(&mut self, sgr: Sgr) {
        let sequence = self.sgr.change(sgr);
        self.push(&sequence);
        self.sgr = sgr;
    }

    fn print(&mut self, position: Position, cell: &Cell) {
        self.move_to(position);
        self.set_style(Sgr::from_cell(cell));
        self.push(cell.symbol());
        self.at = cursor_advance(cell.symbol())
            .map(|cells| position.x + cells)
            // At the end of a row terminals differ in where the cursor is.
            .filter(|x| *x < self.width.get())
            .map(|x| Position { x, y: position.y });
    }

    /// Clears cells by writing blanks or by erasing, whichever is shorter.
    fn erase(&mut self, blanks: Blanks, ends_here: bool) {
        let Blanks { from, count } = blanks;
        self.move_to(from);
        if !self.sgr.leaves_blanks_unchanged() {
            self.set_style(Sgr::PLAIN);
        }
        let is_rest = from.x + count >= self.width.get();
        let erase = if is_rest { "\x1b[K".to_owned() } else { format!("\x1b[{count}X") };
        // Erasing leaves the cursor where it is: going on costs a move.
        let going_on = if is_rest || ends_here { 0 } else { format!("\x1b[{count}C").len() };
        let is_longer = usize::from(count) <= erase.len() + going_on;
        if is_longer || !(is_rest || self.erases) {
            self.frame.resize(self.frame.len() + usize::from(count), b' ');
            let x = from.x + count;
            self.at = (x < self.width.get()).then_some(Position { x, ..from });
        } else {
            self.push(&erase);
        }
    }

    /// Forgets the state of the cursor, so that the next output positions it absolutely.
    fn invalidate(&mut self) {
        (self.at, self.row, self.is_shown) = (None, None, None);
    }
}

/// Returns the number of cells by which a symbol moves the cursor; `None` unless all terminals agree on it.
fn cursor_advance(symbol: &str) -> Option<u16> {
    let mut chars = symbol.chars();
    let (first, None) = (chars.next()?, chars.next()) else { return None };
    match first {
        ' '..='~' | '\u{a1}'..='\u{17f}' if first != '\u{ad}' => Some(1),
        // Lines and blocks that a frame is made of.
        '\u{2500}'..='\u{259f}' => Some(1),
        // Chinese characters and their punctuation.
        '\u{3001}'..='\u{3029}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' => {
            Some(2)
        }
        _ => None,
    }
}

impl<W: Write> Backend for AnsiBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut blanks: Option<Blanks> = None;
        for (x, y, cell) in content {
            let position = Position { x, y };
            let is_blank = cell.symbol() == " " && Sgr::from_cell(cell).leaves_blanks_unchanged();
            let follows = blanks.is_some_and(|Blanks { from, count }| from.y == y && from.x + count == x);
            match (&mut blanks, is_blank) {
                (Some(run), true) if follows => run.count += 1,
                (_, _) => {
                    if let Some(run) = blanks.take() {
                        self.erase(run, !follows);
                    }
                    if is_blank {
                        blanks = Some(Blanks { from: position, count: 1 });
                    } else {
                        self.print(position, cell);
                    }
                }
            }
        }
        if let Some(run) = blanks {
            self.erase(run, true);
        }
        self.set_style(Sgr::PLAIN);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(false) {
            self.push("\x1b[?25l");
            self.is_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(true) {
            self.push("\x1b[?25h");
            self.is_shown = Some(true);
        }
        Ok(())
    }

    /// Returns the last known position. A query would race with typed keys.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.invalidate();
        self.sgr = Sgr::PLAIN;
        self.push(match clear_type {
            ClearType::All => "\x1b[m\x1b[2J",
            ClearType::AfterCursor => "\x1b[m\x1b[J",
            ClearType::BeforeCursor => "\x1b[m\x1b[1J",
            ClearType::CurrentLine => "\x1b[m\x1b[2K",
            ClearType::UntilNewLine => "\x1b[m\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let size = (self.size)()?;
        self.width.set(size.width);
        Ok(size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = std::mem::take(&mut self.frame);
        if frame.is_empty() { Ok(()) } else { self.out.write_all(&frame).and_then(|()| self.out.flush()) }
    }
}

#[cfg(test)]
mod tests;
