//! The request as it grows, and on Review the exact bytes; the member of the focused field is lit.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, Borders, Widget};

use crate::app::{Model, ReviewRow, review_rows};
use crate::form::{SketchLine, Step, sketch};
use crate::order::FieldId;

use super::put::put;
use super::theme::Theme;

pub fn draw_pane(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    let block = Block::new().borders(Borders::LEFT);
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(1), ..inner };
    let lines = sketch(&model.draft);
    let lit = lit_field(model);
    let first_lit = lines.iter().position(|line| line.field.is_some() && line.field == lit).unwrap_or(0);
    put(frame.buffer_mut(), inner.x, inner.y, inner.width, title(model), theme.faint());
    let mut page = Rect { y: inner.y + 1.min(inner.height), height: inner.height.saturating_sub(1), ..inner };
    if lines.len() > page.height.into() {
        page.height = page.height.saturating_sub(1);
        let words = format!("{} lines: Ctrl-R shows all of them", lines.len());
        put(frame.buffer_mut(), page.x, page.bottom(), page.width, &words, theme.faint());
    }
    let room = usize::from(page.height);
    let top = (first_lit + 3).saturating_sub(room).min(lines.len().saturating_sub(room));
    draw_lines(&lines, top, lit, theme, frame, page);
}

fn title(model: &Model) -> &'static str {
    if model.order.is_some() { "Request: exactly these bytes" } else { "Request, not complete yet" }
}

/// The whole request, over the page.
pub fn draw_page(model: &Model, top: usize, theme: Theme, frame: &mut Frame, area: Rect) {
    let lines = sketch(&model.draft);
    let room = usize::from(area.height.saturating_sub(2));
    let top = top.min(lines.len().saturating_sub(room));
    put(
        frame.buffer_mut(),
        area.x,
        area.y,
        area.width,
        &format!("POST /v1/{}/cloud-phone/phones", model.account.project),
        theme.plain(),
    );
    let hash = match &model.order {
        Some((_, body)) => format!("{}: {}", title(model), body.hash()),
        None => title(model).to_owned(),
    };
    put(frame.buffer_mut(), area.x, area.y + 1, area.width, &hash, theme.faint());
    draw_lines(
        &lines,
        top,
        lit_field(model),
        theme,
        frame,
        Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area },
    );
}

fn draw_lines(lines: &[SketchLine], top: usize, lit: Option<FieldId>, theme: Theme, frame: &mut Frame, area: Rect) {
    for (line, y) in lines.iter().skip(top).zip(area.y..area.bottom()) {
        let is_lit = line.field.is_some() && line.field == lit;
        let style = if is_lit { theme.lit() } else { theme.plain() };
        put(frame.buffer_mut(), area.x, y, area.width, &line.text, style);
    }
}

/// The field whose member is lit: the focused one, or the one under the review's cursor.
fn lit_field(model: &Model) -> Option<FieldId> {
    if model.step != Step::Review {
        return Some(model.focus);
    }
    match review_rows(model).get(model.review_cursor) {
        Some(ReviewRow::Field(id)) => Some(*id),
        Some(ReviewRow::Problem(at)) => model.issues.get(*at).map(crate::order::Issue::field),
        Some(ReviewRow::Note(at)) => model.notes.get(*at).map(|note| note.field()),
        Some(ReviewRow::Refusal | ReviewRow::PlaceOrder) | None => None,
    }
}
