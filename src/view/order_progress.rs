//! The stages of an order's life, in the row where the form has its steps.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::{Model, OrderStage, StageState, order_progress};
use crate::text::width::display_width;

use super::text::draw_text;
use super::theme::Theme;

/// Columns of a mark and the blank behind it.
const MARK_WIDTH: u16 = 2;
/// Most columns between two stages.
const WIDEST_GAP: u16 = 3;

/// Draws the stages with their marks, and returns the column and width of the name of the stage that the order has
/// reached.
pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, line: Rect) -> Option<(u16, u16)> {
    let progress = order_progress(&model.page, &model.journal)?;
    let glyphs = theme.glyphs();
    let room = line.width.saturating_sub(1);
    let names: u16 = OrderStage::ALL.into_iter().map(|stage| display_width(stage.name()) + MARK_WIDTH).sum();
    let gap = (room.saturating_sub(names) / 4).clamp(1, WIDEST_GAP);
    let mut x = line.x + 1;
    let mut current = None;
    for stage in OrderStage::ALL {
        let is_current = stage == progress.stage;
        let (mark, style) = match progress.state {
            _ if stage < progress.stage => (glyphs.done, theme.good()),
            _ if !is_current => (" ", theme.secondary()),
            StageState::Running => (glyphs.current, theme.focus()),
            StageState::Done => (glyphs.done, theme.good()),
            StageState::Failed => (glyphs.problem, theme.problem()),
            StageState::Unknown => ("?", theme.problem()),
        };
        let room = line.right().saturating_sub(x);
        let width = display_width(stage.name());
        draw_text(frame.buffer_mut(), x, line.y, room.min(1), mark, style);
        let name = if is_current { theme.focus() } else { theme.text() };
        draw_text(frame.buffer_mut(), x + MARK_WIDTH, line.y, room.saturating_sub(MARK_WIDTH), stage.name(), name);
        if is_current {
            current = Some((x + MARK_WIDTH, width.min(room.saturating_sub(MARK_WIDTH))));
        }
        x += MARK_WIDTH + width + gap;
    }
    current
}
