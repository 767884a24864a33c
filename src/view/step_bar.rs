//! The step bar: every step by its name, with a mark for complete, problems or untouched.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Page, StepStatus};
use crate::form::Step;

use super::text::draw_text;
use super::theme::{TRUNCATION_MARK, Theme};
use crate::text::width::display_width;

/// Width in cells of the mark for steps that are left out.
const MORE_WIDTH: u16 = 2;

/// Returns the mark before the name of a step.
fn mark(mark: StepStatus) -> &'static str {
    match mark {
        StepStatus::Untouched => "-",
        StepStatus::Complete => "+",
        StepStatus::Warnings | StepStatus::Problems => "!",
    }
}

/// Returns each step that is shown with its first column and its width. If not all fit, the first ones are left out
/// until the current one fits.
pub fn positions(area: Rect, present: Step) -> Vec<(Step, u16, u16)> {
    let gap = if area.width >= 78 { 2 } else { 1 };
    let mut shown: Vec<(Step, u16)> =
        Step::ALL.into_iter().map(|step| (step, display_width(step.name()) + 2)).collect();
    let needed = |shown: &[(Step, u16)]| {
        let end = shown.iter().position(|(step, _)| *step == present).map_or(0, |at| at + 1);
        shown.iter().take(end).map(|(_, width)| width + gap).sum::<u16>().saturating_sub(gap)
    };
    let mut x = area.x;
    while needed(&shown) + (x - area.x) > area.width && shown.len() > 1 {
        shown.remove(0);
        x = area.x + MORE_WIDTH;
    }
    let place = |(step, width)| {
        let from = x;
        x += width + gap;
        (step, from, width)
    };
    shown.into_iter().map(place).collect()
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let is_form = matches!(model.page, Page::Form | Page::Confirm(_));
    let places = positions(area, model.form.step);
    if places.len() < Step::ALL.len() {
        draw_text(frame.buffer_mut(), area.x, area.y, MORE_WIDTH, TRUNCATION_MARK, theme.secondary());
    }
    for (step, x, _) in places {
        let state = model.form.step_status(step);
        let style = match state {
            StepStatus::Warnings | StepStatus::Problems => theme.problem(),
            StepStatus::Complete => theme.good(),
            StepStatus::Untouched => theme.secondary(),
        };
        let name = if step == model.form.step && is_form { theme.selected() } else { theme.text() };
        let room = area.right().saturating_sub(x);
        let after = draw_text(frame.buffer_mut(), x, area.y, room, mark(state), style);
        draw_text(frame.buffer_mut(), after + 1, area.y, area.right().saturating_sub(after + 1), step.name(), name);
    }
}
