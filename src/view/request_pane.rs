//! The request while the form is filled in, and its exact bytes once it is complete; the member of the focused field is
//! highlighted.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::{Model, Overlay, RequestView, has_field};
use crate::form::{PreviewLine, request_preview};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::section::draw_heading;
use super::text::{draw_text, first_visible_row};
use super::theme::Theme;

/// Draws the request in its section of the pane.
pub fn draw_pane(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let lines = request_preview(&model.form.draft);
    let VisibleLines { rows, top } = pane_lines(model, &lines, area);
    let hidden = lines.len() > rows.height.into();
    let note =
        if hidden { tr!("from line {line} of {lines}", line = top + 1, lines = lines.len()) } else { note(model) };
    draw_heading(i18n::t(phrase!("Request")), &note, theme, frame, Rect { height: 1, ..area });
    let below = lines.len().saturating_sub(top + usize::from(rows.height));
    if below > 0 {
        let words = tr!("... {n} more line" | "... {n} more lines" % below);
        draw_text(frame.buffer_mut(), rows.x, rows.bottom(), rows.width, &words, theme.secondary());
    }
    draw_lines(&lines, top, model.form.highlighted_field(), theme, frame, rows);
}

/// Returns what the request is: its size and hash, or the number of fields that it lacks.
fn note(model: &Model) -> String {
    match &model.form.order {
        Some((_, body)) => {
            tr!("{bytes} bytes, {hash}", bytes = body.bytes().len(), hash = truncated_hash(body.short_hash()))
        }
        None => tr!("{n} field to fill in" | "{n} fields to fill in" % model.form.issues.len()),
    }
}

fn truncated_hash(hash: &str) -> &str {
    hash.get(..8).unwrap_or(hash)
}

/// Area for the lines of the request, and the index of the first line that is shown.
struct VisibleLines {
    rows: Rect,
    top: usize,
}

fn pane_lines(model: &Model, lines: &[PreviewLine], area: Rect) -> VisibleLines {
    let mut rows = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    if lines.len() > rows.height.into() {
        rows.height = rows.height.saturating_sub(1);
    }
    let lit = model.form.highlighted_field();
    let first_lit = lines.iter().position(|line| line.field.is_some() && line.field == lit).unwrap_or(0);
    let room = usize::from(rows.height);
    VisibleLines { rows, top: (first_lit + 3).saturating_sub(room).min(lines.len().saturating_sub(room)) }
}

fn title(model: &Model) -> &'static str {
    i18n::t(if model.form.order.is_some() {
        phrase!("Request: exactly these bytes")
    } else {
        phrase!("Request, not complete yet")
    })
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
    let VisibleLines { rows, top } = page_lines(model, &lines, area);
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
    VisibleLines { rows, top }
}

/// Returns the index of the request line at a point of the pane, or of the overlay if it is open; `None` if the line
/// belongs to no field.
pub fn line_at(model: &Model, area: Rect, at: Position) -> Option<usize> {
    let lines = request_preview(&model.form.draft);
    let is_page = matches!(model.overlay, Some(Overlay::Request(_)));
    let VisibleLines { rows, top } =
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
