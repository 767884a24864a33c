//! The regions of the screen, shared by drawing and hit testing.

use ratatui::layout::Rect;

use crate::app::{Model, Page, sheet_height};
use crate::form::{Control, Field, fields_of};
use crate::order::FieldId;

use super::screen_size::{is_compact, is_compact_screen};
use super::{footer, order_summary};

/// The regions of the screen; those without room are empty.
pub struct Regions {
    pub summary: Rect,
    pub steps: Rect,
    pub body: Rect,
    pub pane: Option<Rect>,
    pub hint_line: Rect,
    pub keys_line: Rect,
    /// Area that an overlay may cover: everything below the step bar, or on a compact screen between the summary and
    /// the keys.
    pub cover: Rect,
}

impl Regions {
    pub fn new(model: &Model, area: Rect) -> Self {
        if matches!(model.page, Page::Confirm(_)) {
            return sheet_regions(area);
        }
        if is_compact(area) {
            return compact_regions(model, area);
        }
        let mut top = RowSplitter { area };
        let summary = top.take(order_summary::height(model, area.width));
        let keys_line = top.take_last(1);
        let hint_line = top.take_last(footer::hint_rows(model, area.width, 2));
        let steps = top.take(1);
        let cover = Rect { y: steps.bottom(), height: area.bottom().saturating_sub(steps.bottom()), ..area };
        if top.area.height > 12 {
            top.take(1);
        }
        let mut body = top.area;
        let pane = model.pane_width().map(|width| {
            let pane = Rect { x: body.right() - width, width, ..body };
            body.width -= width + 1;
            pane
        });
        Self { summary, steps, body, pane, hint_line, keys_line, cover }
    }
}

/// Computes the regions of a screen with the order sheet, whose height is that of [`sheet_height`]: what is shown there
/// does not depend on the header.
fn sheet_regions(area: Rect) -> Regions {
    let height = sheet_height(area.width, area.height);
    let mut top = RowSplitter { area };
    let summary = top.take(u16::from(area.height > 1));
    let steps = top.take(u16::from(!is_compact(area)));
    let body = top.take(height);
    let hint_line = top.take(u16::from(area.height > 7));
    Regions { summary, steps, body, pane: None, hint_line, keys_line: top.area, cover: body }
}

/// Computes the regions of a compact screen.
fn compact_regions(model: &Model, area: Rect) -> Regions {
    let mut top = RowSplitter { area };
    let summary = top.take(u16::from(area.height > 1));
    let keys_line = top.take_last(u16::from(area.height > 3));
    let cover = top.area;
    let most = match area.height {
        ..=2 => 0,
        3..=6 => 1,
        7..=9 => 2,
        10.. => 3,
    };
    let hint_line = top.take_last(footer::hint_rows(model, area.width, most));
    let has_label = top.area.height > 1 && matches!(model.page, Page::Form);
    let steps = top.take(u16::from(has_label));
    Regions { summary, steps, body: top.area, pane: None, hint_line, keys_line, cover }
}

/// The rest of an area, from which rows are taken at its top and bottom.
struct RowSplitter {
    area: Rect,
}

impl RowSplitter {
    fn take(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.area.height);
        let taken = Rect { height: rows, ..self.area };
        self.area.y += rows;
        self.area.height -= rows;
        taken
    }

    fn take_last(&mut self, rows: u16) -> Rect {
        let rows = rows.min(self.area.height);
        self.area.height -= rows;
        Rect { y: self.area.bottom(), height: rows, ..self.area }
    }
}

/// Returns the smallest number of rows that a field needs.
fn least_rows(model: &Model, field: &Field) -> u16 {
    match field.control {
        Control::Picker { .. } => 5,
        Control::Text { .. } | Control::Stepper { .. } | Control::Switch { .. } => 2,
        Control::Radio { options, .. } => u16::try_from(options.len()).unwrap_or(u16::MAX) + 1,
        Control::Ports => u16::try_from(model.form.draft.ports.len()).unwrap_or(u16::MAX).saturating_add(3),
        Control::Fixed { .. } => 1,
    }
}

/// Returns the fields of the step with the area of each. Pickers share the spare rows; if there are too few rows,
/// fields before the focused one are left out. A compact screen has the focused field only.
pub fn field_areas(model: &Model, body: Rect) -> Vec<(FieldId, Rect)> {
    if is_compact_screen(model) {
        return vec![(model.form.focus, body)];
    }
    let mut fields: Vec<&Field> = fields_of(model.form.step, &model.form.draft).collect();
    let needed = |fields: &[&Field]| fields.iter().map(|field| u32::from(least_rows(model, field))).sum::<u32>();
    while needed(&fields) > u32::from(body.height) && fields.len() > 1 && fields[0].id != model.form.focus {
        fields.remove(0);
    }
    let mut spare = u16::try_from(u32::from(body.height).saturating_sub(needed(&fields))).unwrap_or(0);
    let mut pickers = fields.iter().filter(|field| matches!(field.control, Control::Picker { .. })).count();
    let mut y = body.y;
    let mut areas = Vec::new();
    for field in fields {
        let mut height = least_rows(model, field);
        if matches!(field.control, Control::Picker { .. }) {
            let each = spare.checked_div(u16::try_from(pickers).unwrap_or(1)).unwrap_or(0);
            let extra = wanted_rows(model, field).saturating_sub(height).min(each);
            pickers -= 1;
            spare -= extra;
            height += extra;
        }
        let height = height.min(body.bottom().saturating_sub(y));
        areas.push((field.id, Rect { y, height, ..body }));
        y += height;
    }
    areas
}

/// Returns the number of rows that a picker has use for, at most 20. It does not depend on the filter.
fn wanted_rows(model: &Model, field: &Field) -> u16 {
    let rows = model.form.pickers.get(&field.id).map_or(0, |picker| picker.list.total + 1);
    // Room for the sentences that stand where no rows are.
    let rows = rows.max(5);
    u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(5).min(20)
}

/// Distance in cells of the answers from the left edge of the form.
pub const LABEL_WIDTH: u16 = 19;
