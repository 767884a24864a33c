//! The panel of an overlay: a box in the middle of the screen with styled lines in it, without a border if the screen
//! is compact.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};

use super::screen_size::is_compact;
use super::text::draw_text;
use super::theme::Theme;
use crate::text::width::{display_width, pad_right};
use crate::text::wrap::{wrap, wrap_to_height};

/// Draws a box with styled lines in the middle of `cover`, and returns the area of its text. On a compact screen it has
/// no border.
pub fn draw_panel(
    title: &str,
    lines: &[(String, Style)],
    width: u16,
    theme: Theme,
    frame: &mut Frame,
    cover: Rect,
) -> Rect {
    if is_compact(frame.area()) {
        return draw_bare_panel(title, lines, theme, frame, cover);
    }
    let width = width.min(cover.width);
    let text_width = width.saturating_sub(4);
    let wrapped: Vec<(String, Style)> =
        lines.iter().flat_map(|(text, style)| wrap(text, text_width).into_iter().map(|line| (line, *style))).collect();
    let height = u16::try_from(wrapped.len()).unwrap_or(u16::MAX).saturating_add(2).min(cover.height);
    let area = Rect { x: cover.x + (cover.width - width) / 2, y: cover.y + (cover.height - height) / 2, width, height };
    clear(area, frame.buffer_mut());
    let block = Block::bordered().border_set(theme.glyphs().border).border_style(theme.border());
    let inner = block.inner(area);
    block.render(area, frame.buffer_mut());
    draw_over(frame.buffer_mut(), area.x + 1, area.y, width.saturating_sub(2), &format!(" {title} "), theme.accent());
    let inner = Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner };
    for ((text, style), y) in wrapped.iter().zip(inner.y..inner.bottom()) {
        draw_text(frame.buffer_mut(), inner.x, y, inner.width, text, *style);
    }
    inner
}

/// Draws a text over a border, whose own style is not kept.
pub fn draw_over(buf: &mut Buffer, x: u16, y: u16, width: u16, text: &str, style: Style) -> u16 {
    let covered = Rect { x, y, width: display_width(text).min(width), height: 1 };
    for at in covered.intersection(buf.area).positions() {
        buf[at].reset();
    }
    draw_text(buf, x, y, width, text, style)
}

/// Returns a label and its text in lines of at most `width` cells; further lines are indented to the beginning of the
/// text. Below 40 cells it is one line, which is not wrapped yet.
pub fn labelled_lines(label: &str, says: &str, width: u16) -> Vec<String> {
    if width < 40 {
        return vec![format!("{}{says}", pad_right(label, LABEL_WIDTH.into()))];
    }
    let lines = wrap(says, width - LABEL_WIDTH).into_iter().enumerate();
    lines
        .map(|(at, line)| format!("{}{line}", pad_right(if at == 0 { label } else { "" }, LABEL_WIDTH.into())))
        .collect()
}

/// Width in columns of the labels in a panel.
const LABEL_WIDTH: u16 = 10;

/// Returns the number of lines that a panel has room for.
pub fn panel_height(screen: Rect, cover: Rect) -> u16 {
    let around = if is_compact(screen) { u16::from(has_title(cover)) } else { 2 };
    cover.height.saturating_sub(around)
}

/// Returns the width in cells of a line in a panel that is to be `width` cells wide.
pub fn line_width(screen: Rect, cover: Rect, width: u16) -> u16 {
    if is_compact(screen) { cover.width } else { width.min(cover.width).saturating_sub(4) }
}

/// Returns whether a panel without a border has a row for its title.
fn has_title(cover: Rect) -> bool {
    cover.height > 4
}

/// Draws a panel without a border over the whole of `cover`, as a small screen needs every cell, and returns the area
/// of its text.
fn draw_bare_panel(title: &str, lines: &[(String, Style)], theme: Theme, frame: &mut Frame, cover: Rect) -> Rect {
    Clear.render(cover, frame.buffer_mut());
    let mut inner = cover;
    if has_title(cover) {
        draw_text(frame.buffer_mut(), cover.x, cover.y, cover.width, title, theme.accent());
        inner = Rect { y: cover.y + 1, height: cover.height - 1, ..cover };
    }
    let mut left = inner;
    for (text, style) in lines {
        for line in wrap_to_height(text, left.width, left.height).iter().take(left.height.into()) {
            draw_text(frame.buffer_mut(), left.x, left.y, left.width, line, *style);
            left = Rect { y: left.y + 1, height: left.height.saturating_sub(1), ..left };
        }
    }
    Rect { height: inner.height - left.height, ..inner }
}

/// Clears an area. If its left edge cuts a wide character, the other half is cleared too, since a terminal cannot show
/// half of one.
fn clear(area: Rect, buf: &mut Buffer) {
    Clear.render(area, buf);
    let Some(x) = area.x.checked_sub(1) else { return };
    for y in area.y..area.bottom() {
        if let Some(cell) = buf.cell_mut((x, y)).filter(|cell| display_width(cell.symbol()) > 1) {
            cell.set_symbol(" ");
        }
    }
}
