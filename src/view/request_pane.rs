//! The request while the form is filled in, and its exact bytes once it is complete; the member of the focused field is
//! highlighted.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Block, Borders, Widget};

use crate::app::{Action, Model, Overlay, RequestView, has_field};
use crate::form::{PreviewLine, request_preview};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::text::{draw_text, first_visible_row};
use super::theme::Theme;

pub fn draw_pane(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    let block = Block::new().borders(Borders::LEFT).border_set(theme.glyphs().border).border_style(theme.border());
    block.render(area, frame.buffer_mut());
    let lines = request_preview(&model.form.draft);
    let VisibleLines { inner, rows, top } = pane_lines(model, &lines, area);
    draw_text(frame.buffer_mut(), inner.x, inner.y, inner.width, title(model), theme.secondary());
    if lines.len() > rows.height.into() {
        let key = model.keymap.key_of(Action::RequestPane);
        let words = tr!("{lines} lines: {key} shows all of them", lines = lines.len(), key);
        draw_text(frame.buffer_mut(), rows.x, rows.bottom(), rows.width, &words, theme.secondary());
    }
    draw_lines(&lines, top, model.form.highlighted_field(), theme, frame, rows);
}

/// Areas for the lines of the request, and the index of the first line that is shown.
struct VisibleLines {
    inner: Rect,
    rows: Rect,
    top: usize,
}

fn pane_lines(model: &Model, lines: &[PreviewLine], area: Rect) -> VisibleLines {
    let inner = Block::new().borders(Borders::LEFT).inner(area);
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    let mut rows = Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(1), ..inner };
    if lines.len() > rows.height.into() {
        rows.height = rows.height.saturating_sub(1);
    }
    let lit = model.form.highlighted_field();
    let first_lit = lines.iter().position(|line| line.field.is_some() && line.field == lit).unwrap_or(0);
    let room = usize::from(rows.height);
    VisibleLines { inner, rows, top: (first_lit + 3).saturating_sub(room).min(lines.len().saturating_sub(room)) }
}

fn title(model: &Model) -> &'static str {
    i18n::t(if model.form.order.is_some() {
        phrase!("Request: exactly these bytes")
    } else {
        phrase!("Request, not complete yet")
    })
}

/// Returns the area that the overlay with the whole request takes.
pub fn page(cover: Rect) -> Rect {
    Rect { height: cover.height.saturating_sub(2), ..cover }
}

/// Draws the whole request over the page, with its path, hash and cursor.
pub fn draw_page(model: &Model, view: RequestView, theme: Theme, frame: &mut Frame, area: Rect) {
    let lines = request_preview(&model.form.draft);
    let words = format!("POST /v1/{}/cloud-phone/phones", model.account.label.project);
    draw_text(frame.buffer_mut(), area.x, area.y, area.width, &words, theme.text());
    let hash = match &model.form.order {
        Some((_, body)) => format!("{}: {}", title(model), body.hash()),
        None => title(model).to_owned(),
    };
    draw_text(frame.buffer_mut(), area.x, area.y + 1, area.width, &hash, theme.secondary());
    let VisibleLines { rows, top, .. } = page_lines(model, &lines, area);
    draw_lines(&lines, top, model.form.highlighted_field(), theme, frame, rows);
    let Some(line) = view.cursor(&model.form) else { return };
    let Some(y) = line.checked_sub(top).and_then(|row| u16::try_from(row).ok()).filter(|y| *y < rows.height) else {
        return;
    };
    draw_text(frame.buffer_mut(), area.x, rows.y + y, 2, ">", theme.accent());
    let text = theme.ascii_safe_json(&lines[line].text);
    draw_text(frame.buffer_mut(), rows.x, rows.y + y, rows.width, &text, theme.selected());
}

fn page_lines(model: &Model, lines: &[PreviewLine], area: Rect) -> VisibleLines {
    let rows = Rect {
        x: area.x + 2.min(area.width),
        y: area.y + 2.min(area.height),
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(2),
    };
    let top = first_visible_row(cursor_line(model), lines.len(), rows.height.into());
    VisibleLines { inner: area, rows, top }
}

/// Returns the index of the request line at a point of the pane, or of the overlay if it is open; `None` if the line
/// belongs to no field.
pub fn line_at(model: &Model, area: Rect, at: Position) -> Option<usize> {
    let lines = request_preview(&model.form.draft);
    let is_page = matches!(model.overlay, Some(Overlay::Request(_)));
    let VisibleLines { rows, top, .. } =
        if is_page { page_lines(model, &lines, area) } else { pane_lines(model, &lines, area) };
    let line = top + usize::from(at.y.checked_sub(rows.y)?);
    (rows.contains(at) && lines.get(line).is_some_and(has_field)).then_some(line)
}

fn draw_lines(lines: &[PreviewLine], top: usize, lit: Option<FieldId>, theme: Theme, frame: &mut Frame, area: Rect) {
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        let is_lit = line.field.is_some() && line.field == lit;
        let style = if is_lit { theme.request_highlight() } else { theme.text() };
        draw_text(frame.buffer_mut(), area.x, y, area.width, &theme.ascii_safe_json(&line.text), style);
    }
}

/// Returns the index of the line under the overlay's cursor; 0 if there is none.
fn cursor_line(model: &Model) -> usize {
    let Some(Overlay::Request(view)) = model.overlay else { return 0 };
    view.cursor(&model.form).unwrap_or(0)
}
