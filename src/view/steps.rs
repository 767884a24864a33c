//! The step line: every step in words, with a mark for complete, problems or untouched.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Page, StepMark};
use crate::form::Step;

use super::put::{cells, put};
use super::theme::{CUT, Theme};

/// Cells of the sign that there are steps before.
const MORE: u16 = 2;

/// What stands before the name of a step.
fn mark(mark: StepMark) -> &'static str {
    match mark {
        StepMark::Untouched => "-",
        StepMark::Complete => "+",
        StepMark::Problems => "!",
    }
}

/// Where each step stands on the line. Where there is no room for all, the first ones make way for the present one.
pub fn places(area: Rect, present: Step) -> Vec<(Step, u16, u16)> {
    let gap = if area.width >= 78 { 2 } else { 1 };
    let mut shown: Vec<(Step, u16)> = Step::ALL.into_iter().map(|step| (step, cells(step.name()) + 2)).collect();
    let needed = |shown: &[(Step, u16)]| {
        let end = shown.iter().position(|(step, _)| *step == present).map_or(0, |at| at + 1);
        shown.iter().take(end).map(|(_, width)| width + gap).sum::<u16>().saturating_sub(gap)
    };
    let mut x = area.x;
    while needed(&shown) + (x - area.x) > area.width && shown.len() > 1 {
        shown.remove(0);
        x = area.x + MORE;
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
    let places = places(area, model.step);
    if places.len() < Step::ALL.len() {
        put(frame.buffer_mut(), area.x, area.y, MORE, CUT, theme.faint());
    }
    for (step, x, _) in places {
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
