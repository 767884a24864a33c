//! A list to pick from, in its four states: loading, ready, empty, failed. Only the rows in view
//! are made.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::{ListState, Model, Picker};
use crate::form::{Column, Control, Field, PickRow, cells, columns, resource_of, row_value};
use crate::order::FieldId;

use super::controls::{draw_label, draw_remark};
use super::put::{cells as width_of, put, put_right, window, wrap};
use super::theme::Theme;

/// The rows of the list itself: below the title and the names of the columns, above the remark.
pub fn rows_area(area: Rect) -> Rect {
    Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(3), ..area }
}

pub fn draw(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) {
    let (Some(picker), Some(resource)) = (model.pickers.get(&field.id), resource_of(field.id)) else { return };
    if area.height == 0 {
        return;
    }
    let state = model.lists.get(&resource);
    draw_title(model, field, picker, state, theme, frame, area);
    let rows = rows_area(area);
    if picker.pick.rows.is_empty() {
        let words = absence(model, field, picker, state);
        let lines = words.iter().flat_map(|sentence| wrap(sentence, rows.width.saturating_sub(4)));
        let failed = matches!(state, Some(ListState::Failed(_)));
        for (line, y) in lines.zip(area.y + 1..area.bottom().saturating_sub(1)) {
            let style = if failed { theme.problem() } else { theme.plain() };
            put(frame.buffer_mut(), rows.x + 4, y, rows.width.saturating_sub(4), &line, style);
        }
    } else {
        draw_rows(model, field, picker, theme, frame, area, rows);
    }
    let remark = Rect { x: area.x + 4, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    if area.height > 3 {
        draw_remark(model, field.id, theme, frame, remark);
    }
}

fn draw_title(
    model: &Model,
    field: &Field,
    picker: &Picker,
    state: Option<&ListState>,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) {
    let x = draw_label(model, field, theme, frame, area);
    let right = Rect { x, width: area.right().saturating_sub(x), ..area };
    let from = put_right(frame.buffer_mut(), right, 0, &state_words(model, picker, state), theme.faint());
    let room = from.saturating_sub(x + 1);
    let filter = &picker.filter.text;
    if filter.is_empty() {
        let value = field.control.slot().map_or("", |slot| (slot.read)(&model.draft));
        let Control::Picker { optional, .. } = field.control else { return };
        let (text, style) = match (value, optional) {
            ("", true) => ("none", theme.plain()),
            ("", false) => ("not chosen", theme.plain()),
            (value, _) => (value, theme.strong()),
        };
        put(frame.buffer_mut(), x, area.y, room, text, style);
        return;
    }
    let style = if model.focus == field.id { theme.focus() } else { theme.plain() };
    let at = put(frame.buffer_mut(), x, area.y, room, "filter: ", style);
    let end = put(frame.buffer_mut(), at, area.y, from.saturating_sub(at + 2), filter, theme.strong());
    if model.focus == field.id && model.overlay.is_none() {
        frame.set_cursor_position(Position::new(end, area.y));
    }
}

/// `12 of 40, read 14:02:11`, `loading 3 s`, `failed`.
fn state_words(model: &Model, picker: &Picker, state: Option<&ListState>) -> String {
    let count = format!("{} of {}", picker.pick.listed, picker.pick.of);
    match state {
        None => String::new(),
        Some(ListState::Loading { since, .. }) => {
            let seconds = model.now.saturating_sub(*since) / 1000;
            let word = if picker.pick.of > 0 { "reading again" } else { "loading" };
            if seconds == 0 { word.into() } else { format!("{word} {seconds} s") }
        }
        Some(ListState::Ready { stamp }) => format!("{count}, read {stamp}"),
        Some(ListState::Failed(_)) if picker.pick.of > 0 => format!("{count}, reading again failed"),
        Some(ListState::Failed(_)) => "failed".into(),
    }
}

/// Why there is no row, and what can be done.
fn absence(model: &Model, field: &Field, picker: &Picker, state: Option<&ListState>) -> Vec<String> {
    let noun = resource_of(field.id).map_or("rows", crate::catalogue::Resource::noun);
    match state {
        Some(ListState::Loading { again: Some(words), .. }) => vec![format!("Loading the {noun}..."), words.clone()],
        None | Some(ListState::Loading { again: None, .. }) => vec![format!("Loading the {noun}...")],
        Some(ListState::Failed(failure)) => {
            // A refusal's sentence names the call already.
            let id = failure.request_id.as_ref().filter(|id| !failure.sentence.contains(*id));
            let id = id.map_or_else(String::new, |id| format!(" Request id {id}."));
            vec![
                format!("The {noun} could not be read: {}.{id}", failure.sentence.trim_end_matches('.')),
                "F5 tries again, or type the id yourself.".into(),
            ]
        }
        Some(ListState::Ready { .. }) if !picker.filter.text.is_empty() => {
            let all = if picker.pick.hidden > 0 { "; F6 looks among those that do not fit too" } else { "" };
            vec![format!(
                "None of {} matches \"{}\": Backspace widens the filter{all}.",
                picker.pick.of, picker.filter.text
            )]
        }
        Some(ListState::Ready { .. }) if picker.pick.hidden > 0 => {
            let (upstream, label) = if field.id == FieldId::Image {
                (&model.draft.phone_flavor, FieldId::PhoneFlavor.label())
            } else {
                (&model.draft.server_flavor, FieldId::ServerFlavor.label())
            };
            if upstream.is_empty() {
                return vec![format!("{label} comes first: it decides what can be chosen here.")];
            }
            vec![format!("None of {} {noun} fits {upstream}: F6 shows them with the reason.", picker.pick.hidden)]
        }
        Some(ListState::Ready { .. }) if field.id == FieldId::BandwidthId => {
            vec![format!("The project has no {noun}: choose another kind above, or type an id.")]
        }
        Some(ListState::Ready { .. }) => vec![format!("The project has no {noun}.")],
    }
}

/// The columns that there is room for, with their widths.
fn fit(all: &[Column], width: u16) -> Vec<(usize, Column)> {
    let mut columns: Vec<(usize, Column)> = all.iter().copied().enumerate().collect();
    loop {
        let gaps = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
        let needed: u16 = columns.iter().map(|(_, column)| column.width).sum::<u16>() + gaps;
        match columns.iter().rposition(|(_, column)| column.optional) {
            Some(at) if needed > width => {
                columns.remove(at);
            }
            _ => {
                for (_, column) in columns.iter_mut().filter(|(_, column)| column.takes_rest) {
                    column.width = (column.width + width).saturating_sub(needed);
                }
                return columns;
            }
        }
    }
}

fn draw_rows(model: &Model, field: &Field, picker: &Picker, theme: Theme, frame: &mut Frame, area: Rect, rows: Rect) {
    let columns = fit(columns(field.id), area.width.saturating_sub(4));
    let mut x = area.x + 4;
    for (_, column) in &columns {
        put(frame.buffer_mut(), x, area.y + 1, column.width, column.title, theme.faint());
        x += column.width + 1;
    }
    let chosen = field.control.slot().map_or("", |slot| (slot.read)(&model.draft));
    let top = window(picker.cursor, picker.pick.rows.len(), rows.height.into());
    for (at, y) in (top..picker.pick.rows.len()).zip(rows.y..rows.bottom()) {
        let row = picker.pick.rows[at];
        let under_cursor = at == picker.cursor;
        let is_chosen = row_value(field.id, row, &picker.filter, &model.catalogue) == chosen
            && (!chosen.is_empty() || row == PickRow::Nothing);
        draw_row(
            model,
            field,
            picker,
            row,
            (under_cursor, is_chosen),
            &columns,
            theme,
            frame,
            Rect { y, height: 1, ..rows },
        );
    }
}

#[expect(clippy::too_many_arguments, reason = "one row of a table: all of it decides how the row looks")]
fn draw_row(
    model: &Model,
    field: &Field,
    picker: &Picker,
    row: PickRow,
    (under_cursor, is_chosen): (bool, bool),
    columns: &[(usize, Column)],
    theme: Theme,
    frame: &mut Frame,
    line: Rect,
) {
    let cells = cells(field.id, row, &picker.filter, &model.draft, &model.catalogue);
    let focused = model.focus == field.id && under_cursor;
    let style = match (&cells.obstacle, is_chosen) {
        (Some(_), _) => theme.faint(),
        (None, true) => theme.strong(),
        (None, false) => theme.plain(),
    };
    let style = if focused { theme.selected() } else { style };
    let mark = match (focused, is_chosen) {
        (true, true) => "  >*",
        (true, false) => "  > ",
        (false, true) => "   *",
        (false, false) => "    ",
    };
    let buf = frame.buffer_mut();
    let mut x = put(buf, line.x, line.y, line.width, mark, if focused { theme.focus() } else { style });
    let only = cells.cells.len() == 1;
    for (at, column) in columns {
        let Some(text) = cells.cells.get(*at) else { continue };
        let room = if only { line.right().saturating_sub(x) } else { column.width };
        let end = put(buf, x, line.y, room, text, style);
        let next = (x + column.width + 1).min(line.right());
        if focused && !only {
            let blank = usize::from(next.saturating_sub(end));
            put(buf, end, line.y, next.saturating_sub(end), &" ".repeat(blank), style);
        }
        x = next;
    }
    if only && columns.first().is_none_or(|(at, _)| *at != 0) {
        let text = cells.cells.first().map_or("", String::as_str);
        put(buf, line.x + 4, line.y, line.width.saturating_sub(4).min(width_of(text)), text, style);
    }
}
