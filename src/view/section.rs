//! The heading of a section: `Order ------------ 2 fields to fill in`.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::text::width::display_width;

use super::text::draw_text;
use super::theme::Theme;

/// Draws a section's heading: its name, a line, and a note at the right.
pub fn draw_heading(name: &str, note: &str, theme: Theme, frame: &mut Frame, line: Rect) {
    let buf = frame.buffer_mut();
    let x = draw_text(buf, line.x, line.y, line.width, name, theme.accent()) + 1;
    let note_width = display_width(note);
    let end = line.right().saturating_sub(if note.is_empty() { 0 } else { note_width + 1 });
    let dashes = theme.glyphs().border.horizontal_top.repeat(end.saturating_sub(x).into());
    draw_text(buf, x, line.y, end.saturating_sub(x), &dashes, theme.border());
    if !note.is_empty() && end > x {
        draw_text(buf, end + 1, line.y, note_width, note, theme.secondary());
    }
}
