//! The regions of the screen, shared by drawing and hit testing.

use ratatui::layout::Rect;

use crate::app::{Model, Page, sheet_height};
use crate::form::{Control, Field, Step, fields_of};
use crate::order::FieldId;

use super::footer;
use super::screen_size::{is_compact, is_compact_screen};

/// The regions of the screen; those without room are empty.
pub struct Regions {
    pub summary: Rect,
    pub steps: Rect,
    /// Line below the steps, whose heavy part lies under the current one. Empty on a compact screen, like the other
    /// line and the title.
    pub top_line: Rect,
    /// Title of the page and its purpose, on one row or two.
    pub title: Rect,
    pub body: Rect,
    /// Pane beside the form, with its border at the left.
    pub pane: Option<Rect>,
    pub bottom_line: Rect,
    pub hint_line: Rect,
    pub keys_line: Rect,
    /// Area that an overlay may cover: everything between the lines, or on a compact screen between the summary and the
    /// keys.
    pub cover: Rect,
}

/// Rows from which a screen has room for air.
pub const TALL: u16 = 32;
/// Rows from which a page says what it is for.
const PURPOSE_FROM: u16 = 20;

impl Regions {
    pub fn new(model: &Model, area: Rect) -> Self {
        if matches!(model.page, Page::Confirm(_)) {
            return sheet_regions(area);
        }
        if is_compact(area) {
            return compact_regions(model, area);
        }
        let mut rest = RowSplitter { area };
        let summary = rest.take(1);
        let steps = rest.take(1);
        let keys_line = rest.take_last(1);
        // On a low screen the questions about the account need every row.
        let is_low_setup = matches!(model.page, Page::Setup(_)) && area.height < PURPOSE_FROM;
        let hint_rows = footer::hint_rows(model, text_width(area.width), 2);
        let hint_line = rest.take_last(if is_low_setup && model.message.is_none() { 0 } else { hint_rows });
        let top_line = rest.take(1);
        let bottom_line = rest.take_last(u16::from(!is_low_setup));
        let cover = rest.area;
        let mut left = rest.area;
        // While the window is being resized, the screen may be narrower than the model knows.
        let pane = model.pane_width().filter(|width| *width < left.width).map(|width| {
            left.width -= width;
            Rect { x: left.right(), width, ..left }
        });
        let mut left = RowSplitter { area: inside_margins(left, pane.is_some()) };
        if area.height >= TALL {
            left.take(1);
        }
        let title = match model.page {
            Page::Form | Page::Confirm(_) => {
                let is_review = model.form.step == Step::Review;
                let has_purpose = area.height >= if is_review { TALL } else { PURPOSE_FROM };
                let title = left.take(if has_purpose { 2 } else { 1 });
                if !is_review || has_purpose {
                    left.take(1);
                }
                title
            }
            Page::Waiting(_) | Page::Result(_) | Page::Setup(_) => left.take(0),
        };
        Self { summary, steps, top_line, title, body: left.area, pane, bottom_line, hint_line, keys_line, cover }
    }
}

/// Columns to the left of what a page draws: the gutter begins behind them.
const LEFT_MARGIN: u16 = 1;
/// Columns to the right of what a page draws.
pub const RIGHT_MARGIN: u16 = 3;
/// Columns between what a page draws and the pane beside it.
const MARGIN_TO_PANE: u16 = 2;
/// Columns of the gutter, with its bar or mark.
pub const GUTTER: u16 = 2;

fn inside_margins(area: Rect, has_pane: bool) -> Rect {
    let right = if has_pane { MARGIN_TO_PANE } else { RIGHT_MARGIN };
    Rect { x: area.x + LEFT_MARGIN.min(area.width), width: area.width.saturating_sub(LEFT_MARGIN + right), ..area }
}

/// Returns the columns of a line of text over the whole screen, between its margins.
fn text_width(width: u16) -> u16 {
    width.saturating_sub(LEFT_MARGIN + GUTTER + RIGHT_MARGIN)
}

/// Returns a line between the margins of the screen.
pub fn text_line(line: Rect) -> Rect {
    Rect { x: line.x + (LEFT_MARGIN + GUTTER).min(line.width), width: text_width(line.width), ..line }
}

/// Computes the regions of a screen with the order sheet, whose height is that of [`sheet_height`].
fn sheet_regions(area: Rect) -> Regions {
    let has_lines = u16::from(!is_compact(area));
    let mut top = RowSplitter { area };
    let summary = top.take(u16::from(area.height > 1));
    let steps = top.take(has_lines);
    let top_line = top.take(has_lines);
    let body = top.take(sheet_height(area.width, area.height));
    let bottom_line = top.take(has_lines);
    let hint_line = top.take(u16::from(area.height > 7));
    let title = Rect { height: 0, ..body };
    let (keys_line, cover) = (top.area, body);
    Regions { summary, steps, top_line, title, body, pane: None, bottom_line, hint_line, keys_line, cover }
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
    let none = Rect { height: 0, ..area };
    Regions {
        summary,
        steps,
        top_line: none,
        title: none,
        body: top.area,
        pane: None,
        bottom_line: none,
        hint_line,
        keys_line,
        cover,
    }
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
        Control::Text { .. } | Control::Stepper { .. } => 2,
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
pub const LABEL_WIDTH: u16 = 18;
