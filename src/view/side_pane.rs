//! The pane beside the form: the order in a few lines, and below it the request.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::i18n::{self, phrase, tr};
use crate::text::truncate::truncate;
use crate::text::width::pad_right;
use crate::text::wrap::wrap;

use super::layout::RIGHT_MARGIN;
use super::request_pane;
use super::section::draw_heading;
use super::text::draw_text;
use super::theme::Theme;

/// Columns of the labels.
const LABEL_WIDTH: u16 = 10;
/// Rows that are kept for the request.
const REQUEST_ROWS: u16 = 6;

/// Returns the area for the text of the pane: behind its border, between its margins.
fn text_area(pane: Rect) -> Rect {
    Rect { x: pane.x + 2.min(pane.width), width: pane.width.saturating_sub(2 + RIGHT_MARGIN), ..pane }
}

/// Returns the areas of the order and of the request below it.
pub fn areas(model: &Model, pane: Rect) -> (Rect, Rect) {
    let text = text_area(pane);
    let text = if model.height >= super::layout::TALL {
        Rect { y: text.y + 1, height: text.height.saturating_sub(1), ..text }
    } else {
        text
    };
    let wanted = u16::try_from(order_lines(model, text.width).len()).unwrap_or(u16::MAX).saturating_add(2);
    let height = wanted.min(text.height.saturating_sub(REQUEST_ROWS));
    let request = Rect { y: text.y + height, height: text.height - height, ..text };
    (Rect { height, ..text }, request)
}

/// Returns what is being ordered, where, for how long and how it is paid, each with its label.
fn order_lines(model: &Model, width: u16) -> Vec<(String, String)> {
    let impact = model.impact();
    let label = &model.account.label;
    let room = width.saturating_sub(LABEL_WIDTH);
    let payment = if impact.pays_now { tr!("NOW, when the order is placed") } else { tr!("later") };
    let rows = [
        (phrase!("What"), impact.counted_texts().join(", ")),
        (phrase!("Where"), format!("{}, {}", label.profile, label.region)),
        (phrase!("Term"), impact.period_text()),
        (phrase!("Payment"), payment),
    ];
    let lines = |(label, text): (&'static str, String)| {
        let wrapped = wrap(&text, room.max(1));
        let label = i18n::t(label).to_owned();
        wrapped
            .into_iter()
            .enumerate()
            .map(move |(at, line)| (if at == 0 { label.clone() } else { String::new() }, line))
    };
    rows.into_iter().flat_map(lines).collect::<Vec<_>>()
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, pane: Rect) {
    let side = theme.glyphs().border.vertical_left;
    for y in pane.y..pane.bottom() {
        draw_text(frame.buffer_mut(), pane.x, y, 1, side, theme.border());
    }
    let (order, request) = areas(model, pane);
    if order.height > 0 {
        draw_heading(i18n::t(phrase!("Order")), "", theme, frame, Rect { height: 1, ..order });
    }
    for ((label, text), y) in order_lines(model, order.width).iter().zip(order.y + 1..order.bottom()) {
        let label = pad_right(&truncate(label, LABEL_WIDTH - 1), LABEL_WIDTH.into());
        let x = draw_text(frame.buffer_mut(), order.x, y, order.width, &label, theme.secondary());
        draw_text(frame.buffer_mut(), x, y, order.right().saturating_sub(x), text, theme.text());
    }
    request_pane::draw_pane(model, theme, frame, request);
}
