//! Tests that the bytes produce the screen that was drawn, whatever was on it before.

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

/// A text with its position and style.
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

/// The texts of a frame, and the position of the cursor if it is shown.
type Frame = (Vec<Piece>, Option<(u16, u16)>);

fn frames(text: BoxedStrategy<String>, style: BoxedStrategy<Style>) -> impl Strategy<Value = Vec<Frame>> {
    let piece = (0..WIDTH, 0..HEIGHT, text, style);
    let frame = (prop::collection::vec(piece, 0..6), prop::option::of((0..WIDTH, 0..HEIGHT)));
    prop::collection::vec(frame, 1..5)
}

fn narrow() -> BoxedStrategy<String> {
    prop_oneof!["[a-c ]{1,12}", " {1,20}", "[─é“e\u{301}]{1,6}"].boxed()
}

/// Generates texts with wide characters. They need styles without a background: when half of a wide character is
/// overwritten, terminals differ in the background of the other half.
fn wide() -> BoxedStrategy<String> {
    prop_oneof![narrow(), "[镜像、a ]{1,8}"].boxed()
}

fn parser() -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(HEIGHT).unwrap(), NonZeroU16::new(WIDTH).unwrap(), 0)
}

#[expect(clippy::unnecessary_wraps, reason = "what asks for the size may fail elsewhere")]
fn size() -> io::Result<Size> {
    Ok(Size { width: WIDTH, height: HEIGHT })
}

/// Returns everything visible, one line per cell and one for the cursor. The text colour of blank cells is left out.
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

/// Draws the frame on an empty screen, cell by cell, without any optimization.
fn plainly(pieces: &[Piece], cursor: Option<(u16, u16)>) -> vt100::Parser {
    let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    paint(pieces, &mut buffer);
    let mut parser = parser();
    let empty = ratatui::buffer::Buffer::empty(buffer.area);
    for (x, y, cell) in empty.diff_iter(&buffer) {
        let look = Sgr::PLAIN.change(Sgr::from_cell(cell));
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
    let mut terminal = Terminal::new(AnsiBackend::new(line.clone(), size, true)).unwrap();
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
    let mut terminal = Terminal::new(AnsiBackend::new(line.clone(), size, true)).unwrap();
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
