//! The ports table: column heads, one row for each port with its cells, and a row to add a port.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::form::Field;
use crate::i18n::{self, phrase, tr};
use crate::order::{PortColumn, PortDraft};

use super::controls::{draw_box, draw_field_note, draw_label};
use super::text::{draw_text, draw_text_right, first_visible_row};
use super::theme::Theme;
use crate::text::width::display_width;

/// Width in cells of a name, with the brackets around the one that is edited.
const NAME_WIDTH: u16 = 17;
/// Width in cells of a number, with its brackets.
const NUMBER_WIDTH: u16 = 8;
const PUBLIC_WIDTH: u16 = 6;
/// Width in cells from which the columns are further apart.
const AIRY_WIDTH: u16 = 64;
/// Width in cells below which a row shows only the cell under the cursor.
const NARROW_WIDTH: u16 = 44;

/// Returns the area of the table's rows, with the row to add a port.
pub fn rows_area(area: Rect) -> Rect {
    // Where there is no room for more, the row of the cursor is all there is.
    let around = u16::from(area.height > 2);
    let height = area.height.saturating_sub(2 * around);
    Rect { x: area.x + 4.min(area.width), y: area.y + around, width: area.width.saturating_sub(4), height }
}

/// Returns the gap between two columns.
fn gap(rows: Rect) -> u16 {
    if rows.width < AIRY_WIDTH { 1 } else { 3 }
}

/// Returns the cell of a row at a column of the screen.
pub fn column_at(rows: Rect, x: u16) -> PortColumn {
    let number = rows.x + NAME_WIDTH + gap(rows);
    match x {
        x if x < number => PortColumn::Name,
        x if x < number + NUMBER_WIDTH + gap(rows) => PortColumn::Number,
        _ => PortColumn::Public,
    }
}

pub fn draw(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let rows = rows_area(area);
    let is_wide = rows.width >= NARROW_WIDTH;
    if area.height > 2 && is_wide {
        draw_heads(theme, frame, Rect { y: area.y, height: 1, ..rows });
    } else if area.height > 2 {
        draw_label(model, field, theme, frame, area);
    }
    let all = model.form.draft.ports.len() + 1;
    let top = first_visible_row(model.form.ports.row, all, rows.height.into());
    for (at, y) in (top..all).zip(rows.y..rows.bottom()) {
        draw_row(model, field, at, theme, frame, Rect { y, height: 1, ..rows });
    }
    let y = (rows.y + u16::try_from(all - top).unwrap_or(u16::MAX)).min(area.bottom().saturating_sub(1));
    if area.height > 2 {
        draw_field_note(model, field.id, theme, frame, Rect { y, height: 1, ..rows });
        let hidden = all.saturating_sub(rows.height.into());
        if hidden > 0 {
            let (from, to) = (top + 1, top + usize::from(rows.height));
            let words = tr!("{from}-{to} of {all}", from, to, all);
            draw_text_right(frame.buffer_mut(), Rect { y: area.y, height: 1, ..area }, 0, &words, theme.secondary());
        }
    }
}

fn draw_heads(theme: Theme, frame: &mut Frame, line: Rect) {
    let heads = [
        (phrase!("Name"), NAME_WIDTH),
        (phrase!("Port"), NUMBER_WIDTH),
        (phrase!("Public"), PUBLIC_WIDTH),
        (phrase!("Reachable from"), u16::MAX),
    ];
    let mut x = line.x;
    for (at, (head, width)) in heads.into_iter().enumerate() {
        // Texts begin behind the bracket of their box, or behind the mark of a warning.
        let inset = match at {
            0 | 1 => 1,
            2 => 0,
            _ => 2,
        };
        let (head, room) = (i18n::t(head), line.right().saturating_sub(x + inset).min(width));
        if display_width(head) <= room {
            draw_text(frame.buffer_mut(), x + inset, line.y, room, head, theme.secondary());
        }
        x = x.saturating_add(width).saturating_add(gap(line)).min(line.right());
    }
}

fn draw_row(model: &Model, field: &Field, at: usize, theme: Theme, frame: &mut Frame, line: Rect) {
    let here = model.form.focus == field.id && model.form.ports.row == at;
    if here {
        draw_text(frame.buffer_mut(), line.x.saturating_sub(2), line.y, 1, theme.glyphs().current, theme.focus());
    }
    let Some(port) = model.form.draft.ports.get(at) else {
        let style = if here { theme.selected() } else { theme.text() };
        let words = i18n::t(phrase!("+ Add a port, or paste a list"));
        draw_text(frame.buffer_mut(), line.x, line.y, line.width, words, style);
        return;
    };
    let in_cell = |column| here && model.form.ports.column == column && model.overlay.is_none();
    let cell = |x: u16| Rect { x, width: line.right().saturating_sub(x), ..line };
    let cursor = model.form.cursor.0;
    if line.width < NARROW_WIDTH {
        return draw_narrow(model, port, here, theme, frame, line);
    }
    let mut x = line.x;
    let texts = [(&port.name, PortColumn::Name, NAME_WIDTH), (&port.number, PortColumn::Number, NUMBER_WIDTH)];
    for (text, column, width) in texts {
        if in_cell(column) {
            draw_box(text, cursor, true, width - 2, theme, frame, cell(x));
        } else {
            draw_text(frame.buffer_mut(), x + 1, line.y, width - 1, text, theme.text());
        }
        x += width + gap(line);
    }
    let style = if in_cell(PortColumn::Public) { theme.selected() } else { theme.text() };
    draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), check_box(port), style);
    x += PUBLIC_WIDTH + gap(line);
    let room = line.right().saturating_sub(x);
    let (words, short, style) = if port.public {
        (i18n::t(phrase!("! PUBLIC, the internet")), i18n::t(phrase!("! PUBLIC")), theme.problem())
    } else {
        (i18n::t(phrase!("  not the internet")), "", theme.secondary())
    };
    let words = if display_width(words) > room { short } else { words };
    draw_text(frame.buffer_mut(), x, line.y, room, words, style);
}

fn check_box(port: &PortDraft) -> &'static str {
    if port.public { "[x]" } else { "[ ]" }
}

/// Draws a row on a narrow screen: the cell that is being edited, or the port in a few words.
fn draw_narrow(model: &Model, port: &PortDraft, here: bool, theme: Theme, frame: &mut Frame, line: Rect) {
    let reach = i18n::t(if port.public { phrase!("[x] public") } else { phrase!("[ ] public") });
    let room = line.width.saturating_sub(2);
    match (here, model.form.ports.column) {
        (false, _) => {
            let words = format!("{} {} {reach}", port.name, port.number);
            draw_text(frame.buffer_mut(), line.x, line.y, line.width, &words, theme.text());
        }
        (true, PortColumn::Name) => {
            draw_box(
                &port.name,
                model.form.cursor.0,
                model.overlay.is_none(),
                room.min(NAME_WIDTH - 2),
                theme,
                frame,
                line,
            );
        }
        (true, PortColumn::Number) => {
            let x = draw_text(frame.buffer_mut(), line.x, line.y, line.width / 2, &port.name, theme.text()) + 1;
            let cell = Rect { x, width: line.right().saturating_sub(x), ..line };
            draw_box(&port.number, model.form.cursor.0, model.overlay.is_none(), NUMBER_WIDTH - 2, theme, frame, cell);
        }
        (true, PortColumn::Public) => {
            let x = draw_text(frame.buffer_mut(), line.x, line.y, line.width / 2, &port.name, theme.text()) + 1;
            draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), reach, theme.selected());
        }
    }
}
