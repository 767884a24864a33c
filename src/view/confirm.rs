//! The order sheet: everything that the order buys, with the warnings above and the action that places it below. Its
//! frame has the colour of the mode.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Block, Clear, Widget};

use crate::app::{AccountMode, Challenge, Confirm, Model, SheetBorder, SheetLayout, SheetLine, SheetLineKind};
use crate::i18n::tr;

use super::controls::draw_box;
use super::order_summary::badge;
use super::text::draw_text;
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::wrap;

/// Columns before the text of a line, for the mark of a warning.
const GUTTER: u16 = 2;

/// Returns whether a frame of this size shows the order sheet as the model lays it out, with nothing over it.
#[must_use]
pub fn sheet_is_visible(model: &Model, screen: Rect) -> bool {
    let is_same_size = (screen.width, screen.height) == (model.width, model.height);
    is_same_size && model.overlay.is_none() && model.sheet_layout().is_some_and(|layout| layout.fits)
}

pub fn draw(model: &Model, confirm: &Confirm, theme: Theme, frame: &mut Frame, area: Rect) {
    let Some(layout) = model.sheet_layout() else { return };
    if let Some(why) = model.too_small_to_order() {
        for (line, y) in wrap(&why, area.width).iter().zip(area.y..area.bottom()) {
            draw_text(frame.buffer_mut(), area.x, y, area.width, line, theme.problem());
        }
        return;
    }
    let inner = draw_around(model, confirm, &layout, theme, frame, area);
    for (line, y) in layout.lines.iter().zip(inner.y..inner.bottom()) {
        draw_line(model, confirm, line, theme, frame, Rect { y, height: 1, ..inner });
    }
}

/// Draws the frame or the title, and returns the area of the lines.
fn draw_around(
    model: &Model,
    confirm: &Confirm,
    layout: &SheetLayout,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) -> Rect {
    let question = tr!("Place this order?");
    let rows = u16::try_from(layout.lines.len()).unwrap_or(u16::MAX);
    if layout.border != SheetBorder::Frame {
        let title = layout.border.rows().min(area.height);
        if layout.border == SheetBorder::Title {
            // The mode stands in the row above.
            let (x, width) = (area.x + GUTTER, area.width.saturating_sub(GUTTER));
            draw_text(frame.buffer_mut(), x, area.y, width, &question, theme.accent());
        }
        return Rect { y: area.y + title, height: area.height - title, ..area };
    }
    let (badge, badge_style) = badge(model.account.label.mode, theme);
    let (width, height) = (layout.width.min(area.width), rows.saturating_add(2).min(area.height));
    let sheet = Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height };
    let block = Block::bordered().border_set(theme.glyphs().border).border_style(frame_style(model, theme));
    let inner = block.inner(sheet);
    block.render(sheet, frame.buffer_mut());
    let (x, room) = (sheet.x + 2, sheet.width.saturating_sub(4));
    draw_on_frame(&format!("{badge} {question} "), theme.accent(), frame, Rect { x, width: room, height: 1, ..sheet });
    draw_text(frame.buffer_mut(), x, sheet.y, room, &badge, badge_style);
    let foot = format!(" {} ", tr!("request {request}", request = confirm.request_text()));
    let below = Rect { x, y: sheet.bottom() - 1, width: room, height: 1 };
    draw_on_frame(&foot, theme.secondary(), frame, below);
    Rect { x: inner.x + 1, width: inner.width.saturating_sub(2), ..inner }
}

/// Draws a text in a line of the frame, without the colour of the frame.
fn draw_on_frame(text: &str, style: Style, frame: &mut Frame, line: Rect) {
    let width = display_width(text).min(line.width);
    Clear.render(Rect { width, ..line }, frame.buffer_mut());
    draw_text(frame.buffer_mut(), line.x, line.y, width, text, style);
}

fn frame_style(model: &Model, theme: Theme) -> Style {
    match model.account.label.mode {
        AccountMode::Live => theme.live_frame(),
        AccountMode::Simulator => theme.simulator_frame(),
        AccountMode::NoAccount => theme.border(),
    }
}

fn draw_line(model: &Model, confirm: &Confirm, line: &SheetLine, theme: Theme, frame: &mut Frame, row: Rect) {
    let (x, width) = (row.x + GUTTER.min(row.width), row.width.saturating_sub(GUTTER));
    let is_armed = confirm.is_armed(model.now);
    match line.kind {
        SheetLineKind::Warning { is_first } => {
            let mark = if is_first { "!" } else { " " };
            draw_text(frame.buffer_mut(), row.x, row.y, 1, mark, theme.problem());
            draw_text(frame.buffer_mut(), x, row.y, width, &line.text, theme.accent());
        }
        SheetLineKind::Row { is_emphasized } => {
            let style = if is_emphasized { theme.accent() } else { theme.text() };
            let end = draw_text(frame.buffer_mut(), x, row.y, width, &line.label, theme.secondary());
            draw_text(frame.buffer_mut(), end, row.y, row.right().saturating_sub(end), &line.text, style);
        }
        SheetLineKind::More if confirm.was_shown_to_end() => {
            draw_text(frame.buffer_mut(), x, row.y, width, &line.text, theme.secondary());
        }
        // What is to be done next.
        SheetLineKind::More => {
            draw_text(frame.buffer_mut(), x, row.y, width, &line.text, theme.selected());
        }
        // A box that is there takes the keys.
        SheetLineKind::Input if is_armed => {
            if let Challenge::Word { typed, cursor, .. } = &confirm.challenge {
                let area = Rect { x, width, ..row };
                draw_box(typed, cursor.0, model.overlay.is_none(), 62, theme, frame, area);
            }
        }
        SheetLineKind::Blank | SheetLineKind::Input => {}
        SheetLineKind::Action if is_armed && confirm.is_answered() && confirm.was_shown_to_end() => {
            let bar = format!(" {} ", line.text);
            let width = (display_width(&bar)).min(row.right().saturating_sub(x - 1));
            draw_text(frame.buffer_mut(), x - 1, row.y, width, &bar, theme.action());
        }
        SheetLineKind::Ask | SheetLineKind::Action => {
            draw_text(frame.buffer_mut(), x, row.y, width, &line.text, theme.text());
        }
    }
}
