//! The palette: one line to type into, and below it the steps, fields and actions that are left.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Model, Offer, Offered, padded};
use crate::words::{self, phrase, tr};

use super::overlay::{draw_panel, line_width, room};
use super::put::{cut, put, window};
use super::small::is_small;
use super::theme::Theme;

const PROMPT: &str = phrase!("Type a word: ");
const WIDTH: u16 = 68;
/// Where names and what stands beside them begin.
const BESIDE: usize = 28;

pub fn draw(model: &Model, typed: &str, cursor: usize, theme: Theme, frame: &mut Frame, cover: Rect) {
    let offers = model.palette(typed);
    let screen = frame.area();
    let room = usize::from(room(screen, cover).saturating_sub(1 + u16::from(!is_small(screen)))).clamp(1, 16);
    let top = window(cursor, offers.len(), room);
    let mut lines: Vec<(String, Style)> = vec![(String::new(), theme.plain())];
    for (at, offer) in offers.iter().enumerate().skip(top).take(room) {
        let (mark, style) = if at == cursor { ("> ", theme.selected()) } else { ("  ", theme.plain()) };
        lines.push((cut(&format!("{mark}{}", words(offer)), line_width(screen, cover, WIDTH)), style));
    }
    if offers.is_empty() {
        lines.push((tr!("No step, field or action has these words."), theme.problem()));
    }
    // The panel keeps its size while one types.
    let rows = model.palette("").len().min(room) + 1;
    lines.resize(rows.max(lines.len()), (String::new(), theme.plain()));
    let inner = draw_panel(words::of(phrase!("Go to")), &lines, WIDTH, theme, frame, cover);
    if inner.height == 0 {
        return;
    }
    let end = put(frame.buffer_mut(), inner.x, inner.y, inner.width, words::of(PROMPT), theme.faint());
    let x = put(frame.buffer_mut(), end, inner.y, inner.right().saturating_sub(end), typed, theme.strong());
    frame.set_cursor_position(Position::new(x.min(inner.right().saturating_sub(1)), inner.y));
}

fn words(offer: &Offer) -> String {
    let name = offer.name;
    let words = match offer.what {
        Offered::Step(_) => tr!("Step: {name}", name),
        Offered::Field(_) => tr!("Field: {name}", name),
        Offered::Action(_) => tr!("Do: {name}", name),
    };
    format!("{} {}", padded(&words, BESIDE), offer.beside)
}
