//! The lines around a page, its title and its purpose, and the bar beside what has the focus.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, Page};
use crate::form::Step;
use crate::i18n::tr;

use crate::text::width::display_width;

use super::layout::{GUTTER, Regions};
use super::step_bar;
use super::text::{draw_text, draw_text_right};
use super::theme::Theme;

/// Draws the lines below the steps and above the footer. `current` is the column and width of the current step.
pub fn draw_lines(screen: &Regions, current: Option<(u16, u16)>, theme: Theme, frame: &mut Frame) {
    let glyphs = theme.glyphs();
    let heavy = current.map_or(0..0, |(x, width)| x..x + width);
    for (line, joint, heavy) in
        [(screen.top_line, glyphs.joint_down, heavy), (screen.bottom_line, glyphs.joint_up, 0..0)]
    {
        if line.height == 0 {
            continue;
        }
        for x in line.left()..line.right() {
            let (symbol, style) = if heavy.contains(&x) {
                (glyphs.heavy_line, theme.focus())
            } else if screen.pane.is_some_and(|pane| pane.x == x) {
                (joint, theme.border())
            } else {
                (glyphs.border.horizontal_top, theme.border())
            };
            draw_text(frame.buffer_mut(), x, line.y, 1, symbol, style);
        }
    }
}

/// Draws the heading of a page that has no steps, and returns its column and width.
pub fn draw_heading(text: &str, theme: Theme, frame: &mut Frame, line: Rect) -> (u16, u16) {
    let x = line.x + 1 + GUTTER;
    draw_text(frame.buffer_mut(), x, line.y, line.width.saturating_sub(1 + GUTTER), text, theme.accent());
    (x, display_width(text))
}

/// Draws the title of a page of the form, its place among the steps unless the step bar has it, and its purpose if there
/// is a row for it.
pub fn draw_title(model: &Model, theme: Theme, frame: &mut Frame, screen: &Regions) {
    let area = screen.title;
    if area.height == 0 || !matches!(model.page, Page::Form | Page::Confirm(_)) {
        return;
    }
    let step = model.form.step;
    let line = Rect { x: area.x + GUTTER, width: area.width.saturating_sub(GUTTER), ..area };
    let place = tr!("Step {step} of {steps}", step = step.index() + 1, steps = Step::ALL.len());
    let place = if step_bar::has_all_names(screen.steps, step) { place.as_str() } else { "" };
    let from = draw_text_right(frame.buffer_mut(), line, 0, place, theme.secondary());
    draw_text(frame.buffer_mut(), line.x, line.y, from.saturating_sub(line.x + 1), step.title(), theme.accent());
    if area.height > 1 {
        draw_text(frame.buffer_mut(), line.x, line.y + 1, line.width, step.purpose(), theme.secondary());
    }
}

/// Draws the bar in the gutter beside the rows of what has the focus.
pub fn draw_focus_bar(theme: Theme, frame: &mut Frame, area: Rect) {
    for y in area.y..area.bottom() {
        if let Some(cell) = frame.buffer_mut().cell_mut((area.x, y)) {
            cell.reset();
        }
        draw_text(frame.buffer_mut(), area.x, y, 1, theme.glyphs().focus_bar, theme.focus());
    }
}
