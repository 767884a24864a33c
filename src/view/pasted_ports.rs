//! The preview of a pasted list of ports: its rows with remarks, and the reason why a line cannot be taken.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::form::PastedPort;
use crate::i18n::{self, phrase, tr};
use crate::text::width::pad_right;

use super::panel::{draw_panel, line_width, panel_height};
use super::theme::Theme;
use crate::text::truncate::truncate;
use crate::text::width::display_width;

const WIDTH: u16 = 76;

pub fn draw(rows: &[PastedPort], theme: Theme, frame: &mut Frame, cover: Rect) {
    let room = usize::from(panel_height(frame.area(), cover).saturating_sub(4));
    let width = line_width(frame.area(), cover, WIDTH);
    let taken = rows.iter().filter(|row| row.is_valid()).count();
    let head = match rows.len() - taken {
        _ if taken == 0 => tr!("This looks like a list of ports, but no row can be taken:"),
        0 => tr!("This looks like a list of ports:"),
        out => tr!("This looks like a list of ports. {out} of {all} cannot be taken:", out, all = rows.len()),
    };
    let mut lines = vec![(head, theme.text())];
    lines.extend(rows.iter().take(room).map(|row| line(row, width, theme)));
    if rows.len() > room {
        let rest = &rows[room..];
        let out = rest.iter().filter(|row| !row.is_valid()).count();
        let more = rest.len();
        let words = match out {
            0 => tr!("  and {more} more", more),
            out => tr!("  and {more} more, {out} of them not taken", more, out),
        };
        lines.push((words, theme.text()));
    }
    let last = match taken {
        0 => tr!("There is nothing to take; Esc closes this."),
        1 => tr!("Enter takes 1 row, Esc drops the list."),
        rows => tr!("Enter takes {rows} rows, Esc drops them.", rows),
    };
    lines.push((last, theme.accent()));
    draw_panel(i18n::t(phrase!("Pasted ports")), &lines, WIDTH, theme, frame, cover);
}

/// Formats a pasted row on one line, with its remark or the reason why it cannot be taken.
fn line(row: &PastedPort, width: u16, theme: Theme) -> (String, Style) {
    match &row.read {
        Ok(port) => {
            let remark = row.remark.as_ref().map(|remark| format!("  {remark}")).unwrap_or_default();
            let style = match (row.is_known, &row.remark) {
                (true, _) => theme.secondary(),
                (false, Some(_)) => theme.warning(),
                (false, None) => theme.accent(),
            };
            let (name, number) = (pad_right(&truncate(&port.name, 18), 18), pad_right(&truncate(&port.number, 8), 6));
            let reached = if port.public { tr!("{number} public", number) } else { tr!("{number} private", number) };
            (truncate(&format!("  {name} {}{remark}", pad_right(&reached, 14)), width), style)
        }
        Err(why) => {
            let why = why.to_string();
            let pasted = truncate(&row.line, width.saturating_sub(display_width(&why) + 4).max(12));
            (truncate(&format!("! {pasted}: {why}"), width), theme.problem())
        }
    }
}
