//! Finds the target of a click, by the same layout that was drawn.

use ratatui::layout::{Position, Rect};

use crate::app::{ClickTarget, Model, Overlay, Page, review_rows};
use crate::form::{Control, Step, field};

use super::text::first_visible_row;
use super::{layout, picker, ports, request_pane, review, side_pane, step_bar};

/// Returns the target at a column and row; `None` if a click has no effect there.
#[must_use]
pub fn hit_test(model: &Model, column: u16, row: u16) -> Option<ClickTarget> {
    let at = Position::new(column, row);
    let screen = layout::Regions::new(model, Rect::new(0, 0, model.width, model.height));
    if let Some(Overlay::Request { .. }) = model.overlay {
        return request_pane::line_at(model, screen.cover, at).map(ClickTarget::RequestLine);
    }
    if matches!(model.overlay, Some(Overlay::Introduction(_))) {
        return Some(ClickTarget::Overlay);
    }
    if model.page != Page::Form || model.overlay.is_some() {
        return None;
    }
    if let Some(pane) = screen.pane.filter(|pane| pane.contains(at)) {
        let (_, request) = side_pane::areas(model, pane);
        return request_pane::line_at(model, request, at).map(ClickTarget::RequestLine);
    }
    if screen.steps.contains(at) {
        let places = step_bar::positions(screen.steps, model.form.step);
        return places
            .into_iter()
            .find(|(_, x, width)| (*x..x + width).contains(&column))
            .map(|(step, ..)| ClickTarget::Step(step));
    }
    if !screen.body.contains(at) {
        return None;
    }
    if model.form.step == Step::Review {
        return hit_review(model, screen.body, at);
    }
    let areas = layout::field_areas(model, screen.body);
    let (id, area) = areas.into_iter().find(|(_, area)| area.contains(at))?;
    let row_of = |rows: Rect, cursor: usize, len: usize| {
        let top = first_visible_row(cursor, len, rows.height.into());
        Some(top + usize::from(at.y.checked_sub(rows.y)?)).filter(|row| rows.contains(at) && *row < len)
    };
    let found = match field(id).control {
        Control::Picker { .. } => model
            .form
            .pickers
            .get(&id)
            .and_then(|list| row_of(picker::rows_area(area), list.cursor.unwrap_or(0), list.list.rows.len())),
        Control::Ports => row_of(ports::rows_area(area), model.form.ports.row, model.form.draft.ports.len() + 1),
        Control::Radio { options, chosen, .. } => row_of(area, chosen(&model.form.draft), options.len()),
        Control::Text { .. } | Control::Stepper { .. } => None,
        Control::Fixed { .. } => return None,
    };
    Some(match (found, field(id).control) {
        (Some(row), Control::Ports) => ClickTarget::PortCell(row, ports::column_at(ports::rows_area(area), column)),
        (Some(row), _) => ClickTarget::Row(id, row),
        (None, _) => ClickTarget::Field(id),
    })
}

fn hit_review(model: &Model, body: Rect, at: Position) -> Option<ClickTarget> {
    let rows = review_rows(&model.form).len();
    let (list, _, button) = review::areas(model, body);
    if button.contains(at) {
        return Some(ClickTarget::ReviewRow(rows - 1));
    }
    let listed = rows - 1;
    let top = review::top_row(model, listed, list.height);
    let row = top + usize::from(at.y.checked_sub(list.y)?);
    (list.contains(at) && row < listed).then_some(ClickTarget::ReviewRow(row))
}
