//! The step line: every step in words, with a mark for complete, problems or untouched.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Page, StepMark};
use crate::form::Step;

use super::put::{cells, put};
use super::theme::Theme;

/// What stands before the name of a step.
fn mark(mark: StepMark) -> &'static str {
    match mark {
        StepMark::Untouched => "-",
        StepMark::Complete => "+",
        StepMark::Problems => "!",
    }
}

/// Where each step stands on the line.
pub fn places(area: Rect) -> Vec<(Step, u16, u16)> {
    let gap = if area.width >= 78 { 2 } else { 1 };
    let mut x = area.x;
    let mut places = Vec::new();
    for step in Step::ALL {
        let width = cells(step.name()) + 2;
        places.push((step, x, width));
        x += width + gap;
    }
    places
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let is_form = matches!(model.page, Page::Form | Page::Confirm(_));
    for (step, x, _) in places(area) {
        let state = model.mark_of(step);
        let style = match state {
            StepMark::Problems => theme.problem(),
            StepMark::Complete => theme.good(),
            StepMark::Untouched => theme.faint(),
        };
        let name = if step == model.step && is_form { theme.selected() } else { theme.plain() };
        let room = area.right().saturating_sub(x);
        let after = put(frame.buffer_mut(), x, area.y, room, mark(state), style);
        put(frame.buffer_mut(), after + 1, area.y, area.right().saturating_sub(after + 1), step.name(), name);
    }
}
