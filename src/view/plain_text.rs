//! The plain-text page: lines that begin in the first column, without a border that would be selected with them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::app::{Model, plain_text_lines};

use super::text::draw_text;
use super::theme::Theme;

pub fn draw(model: &Model, top: usize, theme: Theme, frame: &mut Frame, page: Rect) {
    // The line of keys stays.
    Clear.render(page, frame.buffer_mut());
    let lines = plain_text_lines(&model.surroundings(), page.width);
    let top = top.min(lines.len().saturating_sub(1));
    for (line, y) in lines.iter().skip(top).zip(page.y..page.bottom()) {
        draw_text(frame.buffer_mut(), page.x, y, page.width, line, theme.text());
    }
}
