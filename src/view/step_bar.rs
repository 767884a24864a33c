//! The step bar: every step by its name, with a mark for complete, problems or untouched. Where the names do not fit,
//! only the current step has one.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Model, StepStatus};
use crate::form::Step;
use crate::i18n::tr;
use crate::text::width::display_width;

use super::text::{draw_text, draw_text_right};
use super::theme::Theme;

/// Columns of a mark and the blank behind it.
const MARK_WIDTH: u16 = 2;
/// Most columns between two steps.
const WIDEST_GAP: u16 = 4;

/// Returns each step with its first column and its width, mark included. Steps whose names do not fit have the width of
/// their marks.
pub fn positions(area: Rect, current: Step) -> Vec<(Step, u16, u16)> {
    let from = area.x + 1;
    let room = area.width.saturating_sub(1);
    let names: u16 = Step::ALL.into_iter().map(|step| display_width(step.name()) + MARK_WIDTH).sum();
    let gaps = u16::try_from(Step::ALL.len() - 1).unwrap_or(u16::MAX);
    let has_names = names + gaps <= room;
    let gap = if has_names { ((room - names) / gaps).min(WIDEST_GAP) } else { 0 };
    let mut x = from;
    Step::ALL
        .into_iter()
        .map(|step| {
            let is_named = has_names || step == current;
            let name = if is_named { display_width(step.name()) } else { 0 };
            let place = (step, x, name + MARK_WIDTH);
            x += name + MARK_WIDTH + if has_names { gap } else { u16::from(is_named) };
            place
        })
        .collect()
}

/// Returns the column and width of the name of the current step.
pub fn current_name(area: Rect, current: Step) -> Option<(u16, u16)> {
    let place = positions(area, current).into_iter().find(|(step, ..)| *step == current);
    place.map(|(_, x, width)| (x + MARK_WIDTH, width.saturating_sub(MARK_WIDTH)))
}

/// Returns whether every step has its name, so that the bar does not say which one is the current one of how many.
pub fn has_all_names(area: Rect, current: Step) -> bool {
    positions(area, current).iter().all(|(_, _, width)| *width > MARK_WIDTH)
}

fn mark(model: &Model, step: Step, theme: Theme) -> (&'static str, Style) {
    let glyphs = theme.glyphs();
    match model.form.step_status(step) {
        StepStatus::Problems => (glyphs.problem, theme.problem()),
        StepStatus::Warnings => (glyphs.warning, theme.warning()),
        _ if step == model.form.step => (glyphs.current, theme.focus()),
        StepStatus::Complete => (glyphs.done, theme.good()),
        StepStatus::Untouched => (" ", theme.secondary()),
    }
}

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let places = positions(area, model.form.step);
    let buf = frame.buffer_mut();
    for (step, x, width) in places {
        let (mark, style) = mark(model, step, theme);
        let room = area.right().saturating_sub(x);
        draw_text(buf, x, area.y, room.min(1), mark, style);
        let name = if step == model.form.step { theme.focus() } else { theme.text() };
        let room = room.min(width).saturating_sub(MARK_WIDTH);
        draw_text(buf, x + MARK_WIDTH, area.y, room, step.name(), name);
    }
    if !has_all_names(area, model.form.step) {
        let place = tr!("Step {step} of {steps}", step = model.form.step.index() + 1, steps = Step::ALL.len());
        let line = Rect { width: area.width.saturating_sub(super::layout::RIGHT_MARGIN), ..area };
        draw_text_right(buf, line, 0, &place, theme.secondary());
    }
}
