//! The palette: an input line, and below it the steps, fields and actions that match.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::{Model, PaletteItem, PaletteTarget, PaletteView};
use crate::i18n::{self, phrase, tr};
use crate::text::width::pad_right;

use super::panel::{draw_panel, line_width, panel_height};
use super::screen_size::is_compact;
use super::text::{draw_text, first_visible_row};
use super::theme::Theme;
use crate::text::truncate::truncate;

const PROMPT: &str = phrase!("Type a word: ");
const WIDTH: u16 = 68;
/// Width in cells of the names, which their details follow.
const DETAIL_COLUMN: usize = 28;

pub fn draw(model: &Model, palette: &PaletteView, theme: Theme, frame: &mut Frame, cover: Rect) {
    let PaletteView { typed, cursor } = palette;
    let cursor = *cursor;
    let around = model.surroundings();
    let offers = palette.items(&around);
    let screen = frame.area();
    let room = usize::from(panel_height(screen, cover).saturating_sub(1 + u16::from(!is_compact(screen)))).clamp(1, 16);
    let top = first_visible_row(cursor, offers.len(), room);
    let mut lines: Vec<(String, Style)> = vec![(String::new(), theme.text())];
    for (at, offer) in offers.iter().enumerate().skip(top).take(room) {
        let (mark, style) = if at == cursor { ("> ", theme.selected()) } else { ("  ", theme.text()) };
        lines.push((truncate(&format!("{mark}{}", item_text(offer)), line_width(screen, cover, WIDTH)), style));
    }
    if offers.is_empty() {
        lines.push((tr!("No step, field or action has these words."), theme.problem()));
    }
    // The panel keeps its size while one types.
    let rows = PaletteView::default().items(&around).len().min(room) + 1;
    lines.resize(rows.max(lines.len()), (String::new(), theme.text()));
    let inner = draw_panel(i18n::t(phrase!("Go to")), &lines, WIDTH, theme, frame, cover);
    if inner.height == 0 {
        return;
    }
    let end = draw_text(frame.buffer_mut(), inner.x, inner.y, inner.width, i18n::t(PROMPT), theme.secondary());
    let x = draw_text(frame.buffer_mut(), end, inner.y, inner.right().saturating_sub(end), typed, theme.accent());
    frame.set_cursor_position(Position::new(x.min(inner.right().saturating_sub(1)), inner.y));
}

fn item_text(offer: &PaletteItem) -> String {
    let name = offer.name;
    let words = match offer.what {
        PaletteTarget::Step(_) => tr!("Step: {name}", name),
        PaletteTarget::Field(_) => tr!("Field: {name}", name),
        PaletteTarget::Action(_) => tr!("Do: {name}", name),
    };
    format!("{} {}", pad_right(&words, DETAIL_COLUMN), offer.beside)
}
