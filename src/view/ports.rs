//! The ports table: one row per port with its input cells, and a row to add a port.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::form::Field;
use crate::i18n::{self, phrase, tr};
use crate::order::{PortColumn, PortDraft};

use super::controls::{draw_box, draw_field_note, draw_label};
use super::text::{draw_text, first_visible_row};
use super::theme::Theme;

const NAME_WIDTH: u16 = 20;
const NUMBER_WIDTH: u16 = 7;
/// Width in cells below which a row shows only the cell under the cursor.
const NARROW_WIDTH: u16 = 44;

/// Returns the area of the table's rows, with the row to add a port.
pub fn rows_area(area: Rect) -> Rect {
    // Where there is no room for more, the row of the cursor is all there is.
    let around = u16::from(area.height > 2);
    let height = area.height.saturating_sub(2 * around);
    Rect { x: area.x + 5.min(area.width), y: area.y + around, width: area.width.saturating_sub(5), height }
}

/// Returns the cell of a row at a column of the screen.
pub fn column_at(rows: Rect, x: u16) -> PortColumn {
    // A box has its brackets, and a gap behind it.
    let number = rows.x + NAME_WIDTH + 3;
    match x {
        x if x < number => PortColumn::Name,
        x if x < number + NUMBER_WIDTH + 3 => PortColumn::Number,
        _ => PortColumn::Public,
    }
}

pub fn draw(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) {
    if area.height == 0 {
        return;
    }
    let x = draw_label(model, field, theme, frame, area);
    let count = match model.form.draft.ports.len() {
        0 => tr!("none: the phones offer no ports of their own"),
        n => tr!("{n} port" | "{n} ports" % n),
    };
    if area.height > 2 {
        draw_text(frame.buffer_mut(), x, area.y, area.right().saturating_sub(x), &count, theme.text());
    }
    let rows = rows_area(area);
    let all = model.form.draft.ports.len() + 1;
    let top = first_visible_row(model.form.ports.row, all, rows.height.into());
    for (at, y) in (top..all).zip(rows.y..rows.bottom()) {
        draw_row(model, field, at, theme, frame, Rect { y, height: 1, ..rows });
    }
    let y = (rows.y + u16::try_from(all - top).unwrap_or(u16::MAX)).min(area.bottom().saturating_sub(1));
    if area.height > 2 {
        draw_field_note(model, field.id, theme, frame, Rect { y, height: 1, ..rows });
    }
}

fn draw_row(model: &Model, field: &Field, at: usize, theme: Theme, frame: &mut Frame, line: Rect) {
    let here = model.form.focus == field.id && model.form.ports.row == at;
    let Some(port) = model.form.draft.ports.get(at) else {
        let style = if here { theme.selected() } else { theme.text() };
        let words = i18n::t(phrase!("+ add a port: type its name, or paste a list"));
        draw_text(frame.buffer_mut(), line.x, line.y, line.width, words, style);
        return;
    };
    draw_text(frame.buffer_mut(), line.x.saturating_sub(3), line.y, 2, &format!("{:>2}", at + 1), theme.secondary());
    let in_cell = |column| here && model.form.ports.column == column && model.overlay.is_none();
    let cell = |x: u16| Rect { x, width: line.right().saturating_sub(x), ..line };
    let cursor = model.form.cursor.0;
    if line.width < NARROW_WIDTH {
        return draw_narrow(model, port, here, theme, frame, line);
    }
    let end = draw_box(&port.name, cursor, in_cell(PortColumn::Name), NAME_WIDTH, theme, frame, cell(line.x));
    let end = draw_box(&port.number, cursor, in_cell(PortColumn::Number), NUMBER_WIDTH, theme, frame, cell(end + 1));
    let reach = if port.public {
        i18n::t(phrase!("[x] public: reachable from the internet"))
    } else {
        i18n::t(phrase!("[ ] private"))
    };
    let style = match (in_cell(PortColumn::Public), port.public) {
        (true, _) => theme.selected(),
        (false, true) => theme.accent(),
        (false, false) => theme.text(),
    };
    let x = end + 1;
    draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), reach, style);
}

/// Draws a row on a narrow screen: the cell that is being edited, or the port in a few words.
fn draw_narrow(model: &Model, port: &PortDraft, here: bool, theme: Theme, frame: &mut Frame, line: Rect) {
    let reach = i18n::t(if port.public { phrase!("[x] public") } else { phrase!("[ ] private") });
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
                room.min(NAME_WIDTH),
                theme,
                frame,
                line,
            );
        }
        (true, PortColumn::Number) => {
            let x = draw_text(frame.buffer_mut(), line.x, line.y, line.width / 2, &port.name, theme.text()) + 1;
            let cell = Rect { x, width: line.right().saturating_sub(x), ..line };
            draw_box(&port.number, model.form.cursor.0, model.overlay.is_none(), NUMBER_WIDTH, theme, frame, cell);
        }
        (true, PortColumn::Public) => {
            let x = draw_text(frame.buffer_mut(), line.x, line.y, line.width / 2, &port.name, theme.text()) + 1;
            draw_text(frame.buffer_mut(), x, line.y, line.right().saturating_sub(x), reach, theme.selected());
        }
    }
}
