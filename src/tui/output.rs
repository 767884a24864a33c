//! The way of a frame to the terminal, in as few bytes as are needed: a person may sit behind a slow
//! line. One write a frame; relative moves where they are shorter; one sequence for a change of
//! look; blanks are erased in one go; the cursor is told only what changed. The terminal is never
//! asked anything.

use std::cell::Cell as Shared;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::pen::Pen;

/// Size of the terminal in cells, by a call that opens nothing.
pub fn size() -> io::Result<Size> {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout())?;
    Ok(Size { width: size.ws_col, height: size.ws_row })
}

/// A backend that counts bytes. What else is written to the terminal must leave cursor and look
/// alone, or be followed by `clear`.
#[derive(Debug)]
pub struct Output<W> {
    out: W,
    /// Size of the terminal in cells.
    size: fn() -> io::Result<Size>,
    /// The terminal erases cells within a row (ECH), which the first ones did not.
    erases: bool,
    frame: Vec<u8>,
    /// Where the cursor is, as far as that is certain.
    at: Option<Position>,
    /// Row of the last character, known at the end of a row too.
    row: Option<u16>,
    pen: Pen,
    is_shown: Option<bool>,
    /// Cells in a row, as they were when the size was asked for last.
    width: Shared<u16>,
}

/// Empty cells in a row, not written yet.
#[derive(Debug, Clone, Copy)]
struct Blanks {
    from: Position,
    count: u16,
}

impl<W: Write> Output<W> {
    pub fn new(out: W, size: fn() -> io::Result<Size>, erases: bool) -> Self {
        let frame = Vec::with_capacity(1 << 12);
        Self { out, size, erases, frame, at: None, row: None, pen: Pen::PLAIN, is_shown: None, width: Shared::new(0) }
    }

    fn put(&mut self, text: &str) {
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
        self.put(&relative.unwrap_or(absolute));
        self.at = Some(to);
        self.row = Some(y);
    }

    /// A move that depends on where the cursor is, if that is known.
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

    fn look(&mut self, pen: Pen) {
        let sequence = self.pen.change(pen);
        self.put(&sequence);
        self.pen = pen;
    }

    fn print(&mut self, position: Position, cell: &Cell) {
        self.move_to(position);
        self.look(Pen::of(cell));
        self.put(cell.symbol());
        self.at = step(cell.symbol())
            .map(|cells| position.x + cells)
            // At the end of a row terminals differ in where the cursor is.
            .filter(|x| *x < self.width.get())
            .map(|x| Position { x, y: position.y });
    }

    /// Empties cells: with blanks, or by erasing, whichever is shorter.
    fn erase(&mut self, blanks: Blanks, ends_here: bool) {
        let Blanks { from, count } = blanks;
        self.move_to(from);
        if !self.pen.leaves_blanks_empty() {
            self.look(Pen::PLAIN);
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
            self.put(&erase);
        }
    }

    /// Everything is unknown: what comes next says all of it.
    fn forget(&mut self) {
        (self.at, self.row, self.is_shown) = (None, None, None);
    }
}

/// Cells by which a symbol moves the cursor, if every terminal agrees on it.
fn step(symbol: &str) -> Option<u16> {
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

impl<W: Write> Backend for Output<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut blanks: Option<Blanks> = None;
        for (x, y, cell) in content {
            let position = Position { x, y };
            let is_blank = cell.symbol() == " " && Pen::of(cell).leaves_blanks_empty();
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
        self.look(Pen::PLAIN);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(false) {
            self.put("\x1b[?25l");
            self.is_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.is_shown != Some(true) {
            self.put("\x1b[?25h");
            self.is_shown = Some(true);
        }
        Ok(())
    }

    /// Where the cursor was put last: the terminal's answer would race with the keys.
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
        self.forget();
        self.pen = Pen::PLAIN;
        self.put(match clear_type {
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
mod tests {
    use std::cell::RefCell;
    use std::num::NonZeroU16;
    use std::rc::Rc;

    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    const WIDTH: u16 = 20;
    const HEIGHT: u16 = 4;

    #[derive(Clone)]
    struct Line(Rc<RefCell<Vec<u8>>>);

    impl Write for Line {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A text in a look at a place.
    type Piece = (u16, u16, String, Style);

    fn letters() -> impl Strategy<Value = Style> {
        let colors = vec![Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(77), Color::Rgb(1, 20, 250)];
        let modifiers = vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM, Modifier::BOLD | Modifier::ITALIC];
        let look = (proptest::sample::select(colors), proptest::sample::select(modifiers));
        look.prop_map(|(fg, modifier)| Style::new().fg(fg).add_modifier(modifier))
    }

    fn ground() -> impl Strategy<Value = Style> {
        let colors = vec![Color::Reset, Color::Red, Color::White, Color::Indexed(77), Color::Rgb(1, 20, 250)];
        let modifiers = vec![Modifier::empty(), Modifier::BOLD, Modifier::REVERSED, Modifier::UNDERLINED];
        let look = (letters(), proptest::sample::select(colors), proptest::sample::select(modifiers));
        look.prop_map(|(style, bg, modifier)| style.bg(bg).add_modifier(modifier))
    }

    /// What stands on the screen, and where the cursor is.
    type Frame = (Vec<Piece>, Option<(u16, u16)>);

    fn frames(text: BoxedStrategy<String>, style: BoxedStrategy<Style>) -> impl Strategy<Value = Vec<Frame>> {
        let piece = (0..WIDTH, 0..HEIGHT, text, style);
        let frame = (prop::collection::vec(piece, 0..6), prop::option::of((0..WIDTH, 0..HEIGHT)));
        prop::collection::vec(frame, 1..5)
    }

    fn narrow() -> BoxedStrategy<String> {
        prop_oneof!["[a-c ]{1,12}", " {1,20}", "[─é“e\u{301}]{1,6}"].boxed()
    }

    /// Of a character of two cells that is half written over, terminals keep the ground of the other
    /// half or not: these have none.
    fn wide() -> BoxedStrategy<String> {
        prop_oneof![narrow(), "[镜像、a ]{1,8}"].boxed()
    }

    fn parser() -> vt100::Parser {
        vt100::Parser::new(NonZeroU16::new(HEIGHT).unwrap(), NonZeroU16::new(WIDTH).unwrap(), 0)
    }

    #[expect(clippy::unnecessary_wraps, reason = "as the real one")]
    fn size() -> io::Result<Size> {
        Ok(Size { width: WIDTH, height: HEIGHT })
    }

    /// Everything that is seen, without the colour of letters that are none.
    fn seen(parser: &vt100::Parser) -> Vec<String> {
        let screen = parser.screen();
        let cells = (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (y, x)));
        let look = |(y, x)| {
            let cell = screen.cell(y, x).unwrap();
            let is_blank = matches!(cell.contents(), "" | " ");
            let is_seen = !is_blank || cell.inverse() || cell.underline();
            let letters = is_seen.then_some((cell.contents(), cell.fgcolor(), cell.bold(), cell.dim()));
            format!("{y} {x} {letters:?} {:?} {} {}", cell.bgcolor(), cell.inverse(), cell.underline())
        };
        let mut seen: Vec<String> = cells.map(look).collect();
        let cursor = (!screen.hide_cursor()).then(|| screen.cursor_position());
        seen.push(format!("{cursor:?}"));
        seen
    }

    /// The frame alone, written cell by cell with nothing left out.
    fn plainly(pieces: &[Piece], cursor: Option<(u16, u16)>) -> vt100::Parser {
        let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        paint(pieces, &mut buffer);
        let mut parser = parser();
        let empty = ratatui::buffer::Buffer::empty(buffer.area);
        for (x, y, cell) in empty.diff_iter(&buffer) {
            let look = Pen::PLAIN.change(Pen::of(cell));
            parser.process(format!("\x1b[m\x1b[{};{}H{look}{}\x1b[m", y + 1, x + 1, cell.symbol()).as_bytes());
        }
        let shown = cursor.map_or("\x1b[?25l".to_owned(), |(x, y)| format!("\x1b[{};{}H", y + 1, x + 1));
        parser.process(shown.as_bytes());
        parser
    }

    fn paint(pieces: &[Piece], buffer: &mut ratatui::buffer::Buffer) {
        for (x, y, text, style) in pieces {
            buffer.set_stringn(*x, *y, text, usize::from(WIDTH - x), *style);
        }
    }

    fn shows_each(frames: Vec<Frame>) {
        let line = Line(Rc::default());
        let mut parser = parser();
        let mut terminal = Terminal::new(Output::new(line.clone(), size, true)).unwrap();
        for (pieces, cursor) in frames {
            let draw = |frame: &mut ratatui::Frame| {
                paint(&pieces, frame.buffer_mut());
                if let Some(cursor) = cursor {
                    frame.set_cursor_position(cursor);
                }
            };
            terminal.draw(draw).unwrap();
            parser.process(&line.0.take());
            assert_eq!(seen(&parser), seen(&plainly(&pieces, cursor)));
        }
    }

    proptest! {
        #[test]
        fn a_terminal_shows_each_frame_as_if_it_were_written_plainly(frames in frames(narrow(), ground().boxed())) {
            shows_each(frames);
        }

        #[test]
        fn and_so_it_does_with_chinese_characters(frames in frames(wide(), letters().boxed())) {
            shows_each(frames);
        }
    }

    fn written(frames: &[&[Piece]]) -> String {
        let line = Line(Rc::default());
        let mut terminal = Terminal::new(Output::new(line.clone(), size, true)).unwrap();
        for pieces in frames {
            line.0.take();
            terminal
                .draw(|frame| {
                    paint(pieces, frame.buffer_mut());
                    frame.set_cursor_position((0, 3));
                })
                .unwrap();
        }
        String::from_utf8(line.0.take()).unwrap()
    }

    fn at(x: u16, y: u16, text: &str, style: Style) -> Piece {
        (x, y, text.into(), style)
    }

    #[test]
    fn what_did_not_change_costs_nothing() {
        let red = Style::new().fg(Color::Red);
        let pieces = [at(2, 1, "Count", red)];
        assert_eq!(written(&[&pieces, &pieces]), "");
    }

    #[test]
    fn moves_are_relative_and_blanks_are_erased_where_that_is_shorter() {
        let plain = Style::new();
        let dashes = at(0, 1, &"-".repeat(WIDTH.into()), plain);
        assert_eq!(written(&[&[at(0, 0, "ab", plain), at(4, 0, "c", plain)]]), "\x1b[Hab\x1b[2Cc\x1b[?25h\x1b[4H");
        assert_eq!(written(&[std::slice::from_ref(&dashes), &[at(0, 1, "-", plain)]]), "\x1b[2;2H\x1b[K\x1b[4H");
        let shorter = [dashes.clone(), at(1, 1, &" ".repeat(17), plain)];
        assert_eq!(written(&[&[dashes], &shorter]), "\x1b[2;2H\x1b[17X\x1b[4H");
    }

    #[test]
    fn a_chinese_text_is_written_without_a_move_for_each_character() {
        let row = [at(0, 0, "服务器、镜像", Style::new())];
        assert_eq!(written(&[&row]), "\x1b[H服务器、镜像\x1b[?25h\x1b[4H");
    }
}
