//! A pasted list of ports before it is taken: its rows, what is to be known of them, and why a line is
//! no row.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::form::PastedRow;

use super::overlay::{draw_panel, line_width, room};
use super::put::{cells, cut, padded};
use super::theme::Theme;

const WIDTH: u16 = 76;

pub fn draw(rows: &[PastedRow], theme: Theme, frame: &mut Frame, cover: Rect) {
    let room = usize::from(room(frame.area(), cover).saturating_sub(4));
    let width = line_width(frame.area(), cover, WIDTH);
    let taken = rows.iter().filter(|row| row.can_be_taken()).count();
    let head = match rows.len() - taken {
        _ if taken == 0 => "This looks like a list of ports, but no row can be taken:".to_owned(),
        0 => "This looks like a list of ports:".to_owned(),
        out => format!("This looks like a list of ports. {out} of {} cannot be taken:", rows.len()),
    };
    let mut lines = vec![(head, theme.plain())];
    lines.extend(rows.iter().take(room).map(|row| line(row, width, theme)));
    if rows.len() > room {
        let rest = &rows[room..];
        let out = rest.iter().filter(|row| !row.can_be_taken()).count();
        let out = if out == 0 { String::new() } else { format!(", {out} of them not taken") };
        lines.push((format!("  and {} more{out}", rest.len()), theme.plain()));
    }
    let last = match taken {
        0 => "There is nothing to take; Esc closes this.".to_owned(),
        1 => "Enter takes 1 row, Esc drops the list.".to_owned(),
        n => format!("Enter takes {n} rows, Esc drops them."),
    };
    lines.push((last, theme.strong()));
    draw_panel("Pasted ports", &lines, WIDTH, theme, frame, cover);
}

/// A row on one line.
fn line(row: &PastedRow, width: u16, theme: Theme) -> (String, Style) {
    match &row.read {
        Ok(port) => {
            let reach = if port.public { "public" } else { "private" };
            let remark = row.remark.as_ref().map(|remark| format!("  {remark}")).unwrap_or_default();
            let style = match (row.is_known, &row.remark) {
                (true, _) => theme.faint(),
                (false, Some(_)) => theme.note(),
                (false, None) => theme.strong(),
            };
            let (name, number) = (padded(&port.name, 18), padded(&port.number, 7));
            (cut(&format!("  {name} {number}{reach:<7}{remark}"), width), style)
        }
        Err(why) => {
            let pasted = cut(&row.line, width.saturating_sub(cells(why) + 4).max(12));
            (cut(&format!("! {pasted}: {why}"), width), theme.problem())
        }
    }
}
