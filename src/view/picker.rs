//! A list to pick from, in its four states: loading, ready, empty, failed. Only the rows in view are formatted.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::{Action, FieldStatus, ListState, LoadError, Model, Picker};
use crate::form::{
    Column, Control, Field, FuzzyQuery, PickerRow, cells, columns, marks, past_use, resource_of, row_value, used,
};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::controls::{draw_field_note, draw_label};
use super::row_details;
use super::screen_size::is_compact_screen;
use super::text::{draw_text, draw_text_right, first_visible_row, style_chars};
use super::theme::Theme;
use crate::text::width::display_width;
use crate::text::wrap::wrap;

/// Returns the area of the list's rows: below the title and the names of the columns, above the lines for details and
/// remark. It depends on the size of `area` only, so that nothing moves when the contents change.
pub fn rows_area(area: Rect) -> Rect {
    let below = match area.height {
        14.. => 2,
        5.. => 1,
        _ => 0,
    };
    let above = 1 + u16::from(has_headings(area));
    Rect { y: area.y + above.min(area.height), height: area.height.saturating_sub(above + below), ..area }
}

/// Returns whether the names of the columns have a line; only a small area has none for them.
fn has_headings(area: Rect) -> bool {
    area.height > 4
}

pub fn draw(model: &Model, field: &Field, theme: Theme, frame: &mut Frame, area: Rect) {
    let (Some(picker), Some(resource)) = (model.form.pickers.get(&field.id), resource_of(field.id)) else { return };
    if area.height == 0 {
        return;
    }
    let state = model.form.lists.get(&resource);
    draw_title(model, field, picker, state, theme, frame, area);
    let rows = rows_area(area);
    let shown = u16::try_from(picker.list.rows.len()).unwrap_or(u16::MAX).min(rows.height);
    let columns = Table { model, field, picker, theme }.draw(frame, area, rows);
    let has_remark = area.height > 4 && draw_last_line(model, field, picker, state, theme, frame, area);
    // A list without a row begins below its title.
    let from = if picker.list.rows.is_empty() { area.y + 1 } else { rows.y + shown };
    let bottom = area.bottom().saturating_sub(u16::from(has_remark));
    let free = Rect {
        x: area.x + 4.min(area.width),
        y: from,
        width: area.width.saturating_sub(4),
        height: bottom.saturating_sub(from),
    };
    if picker.list.listed > 0 {
        row_details::draw(model, field, picker, &columns, theme, frame, free);
        return;
    }
    let words = empty_list_lines(model, field, picker, state);
    let lines = words.iter().flat_map(|sentence| wrap(sentence, free.width));
    let failed = matches!(state, Some(ListState::Failed(_)));
    for (line, y) in lines.zip(free.y..free.bottom()) {
        let style = if failed { theme.problem() } else { theme.text() };
        draw_text(frame.buffer_mut(), free.x, y, free.width, &line, style);
    }
}

/// Draws the last line: a problem or note of the field, or the reason why old rows are still shown. Returns whether it
/// drew one.
fn draw_last_line(
    model: &Model,
    field: &Field,
    picker: &Picker,
    state: Option<&ListState>,
    theme: Theme,
    frame: &mut Frame,
    area: Rect,
) -> bool {
    let line = Rect { x: area.x + 4, y: area.bottom() - 1, width: area.width.saturating_sub(4), height: 1 };
    // A note on the focused field stands in the line at the bottom; here it would hide the details.
    let says = match model.form.field_status(field.id) {
        FieldStatus::Problem(_) => true,
        FieldStatus::Note(_) => model.form.focus != field.id,
        FieldStatus::Fine => false,
    };
    if says {
        draw_field_note(model, field.id, theme, frame, line);
        return true;
    }
    let (text, style) = match state {
        Some(ListState::Failed(failure)) if picker.list.total > 0 => {
            let key = model.keymap.key_of(Action::Refresh);
            let why = format!("{}{}", failure.sentence.trim_end_matches(['.', '。']), request_id(failure));
            (tr!("Old rows; {key} tries again. {why}", key, why), theme.problem())
        }
        Some(ListState::Loading { again: Some(words), .. }) if picker.list.total > 0 => {
            (words.clone(), theme.warning())
        }
        Some(ListState::Failed(_) | ListState::Loading { .. } | ListState::Ready { .. }) | None => return false,
    };
    draw_text(frame.buffer_mut(), line.x, line.y, line.width, &text, style);
    true
}

/// Returns the request id of a failure for display; an empty text if there is none or its sentence contains it already.
fn request_id(failure: &LoadError) -> String {
    let id = failure.request_id.as_ref().filter(|id| !failure.sentence.contains(*id));
    id.map_or_else(String::new, |id| tr!(" Request id {id}.", id))
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
    let filter = &picker.filter.text;
    let value = field.control.slot().map_or("", |slot| (slot.read)(&model.form.draft));
    let mut words = state_text(model, picker, state);
    // On a small screen what was chosen goes before how the list was read.
    let wanted =
        display_width(if filter.is_empty() { value } else { filter }).saturating_add(display_width(&words) + 10);
    if is_compact_screen(model) && wanted > right.width {
        words =
            if picker.list.total > 0 { format!("{}/{}", picker.list.listed, picker.list.total) } else { String::new() };
    }
    let from = draw_text_right(frame.buffer_mut(), right, 0, &words, theme.secondary());
    let room = from.saturating_sub(x + 1);
    if filter.is_empty() {
        let Control::Picker { optional, .. } = field.control else { return };
        let (text, style) = match (value, optional) {
            ("", true) => (i18n::t(phrase!("none")), theme.text()),
            ("", false) => (i18n::t(phrase!("not chosen")), theme.text()),
            (value, _) => (value, theme.accent()),
        };
        let end = draw_text(frame.buffer_mut(), x, area.y, room, text, style);
        // What is typed begins a filter: behind the value, where it covers nothing.
        if model.form.focus == field.id && model.overlay.is_none() && end < area.right() {
            frame.set_cursor_position(Position::new(end, area.y));
        }
        return;
    }
    let style = if model.form.focus == field.id { theme.focus() } else { theme.text() };
    let at = draw_text(frame.buffer_mut(), x, area.y, room, i18n::t(phrase!("filter: ")), style);
    let end = draw_text(frame.buffer_mut(), at, area.y, from.saturating_sub(at + 2), filter, theme.accent());
    if model.form.focus == field.id && model.overlay.is_none() {
        frame.set_cursor_position(Position::new(end, area.y));
    }
}

/// Formats the state of the list, such as `12 of 40, read 14:02:11`, `loading 3 s` or `failed`.
fn state_text(model: &Model, picker: &Picker, state: Option<&ListState>) -> String {
    let (listed, of) = (picker.list.listed, picker.list.total);
    match state {
        None => String::new(),
        Some(ListState::Loading { since, .. }) => {
            let seconds = model.now.saturating_sub(*since) / 1000;
            match (of > 0, seconds) {
                (true, 0) => tr!("{listed} of {of}, reading again", listed, of),
                (true, seconds) => tr!("{listed} of {of}, reading again {seconds} s", listed, of, seconds),
                (false, 0) => tr!("loading"),
                (false, seconds) => tr!("loading {seconds} s", seconds),
            }
        }
        Some(ListState::Ready { stamp }) => tr!("{listed} of {of}, read {stamp}", listed, of, stamp),
        Some(ListState::Failed(_)) if of > 0 => tr!("{listed} of {of}, reading again failed", listed, of),
        Some(ListState::Failed(_)) => tr!("failed"),
    }
}

/// Returns the reason why the list has no rows, and what the user can do about it.
pub fn empty_list_lines(model: &Model, field: &Field, picker: &Picker, state: Option<&ListState>) -> Vec<String> {
    let noun = resource_of(field.id).map_or_else(|| i18n::t(phrase!("rows")), crate::catalogue::Resource::noun);
    match state {
        Some(ListState::Loading { again: Some(words), .. }) => vec![tr!("Loading the {noun}...", noun), words.clone()],
        None | Some(ListState::Loading { again: None, .. }) => vec![tr!("Loading the {noun}...", noun)],
        Some(ListState::Failed(failure)) => {
            let why = failure.sentence.trim_end_matches(['.', '。']);
            let key = model.keymap.key_of(Action::Refresh);
            let advice = if matches!(field.id, FieldId::Image | FieldId::BandwidthId) {
                tr!("{key} tries again, or type the id yourself.", key)
            } else {
                tr!("{key} tries again, or type the name yourself.", key)
            };
            vec![format!("{}{}", tr!("The {noun} could not be read: {why}.", noun, why), request_id(failure)), advice]
        }
        Some(ListState::Ready { .. }) if !picker.filter.text.is_empty() => {
            let (of, filter) = (picker.list.total, &picker.filter.text);
            vec![if picker.list.hidden > 0 {
                let key = model.keymap.key_of(Action::ShowIncompatible);
                tr!(
                    "None of {of} matches \"{filter}\": Backspace widens the filter; {key} looks among those that do not fit too.",
                    of,
                    filter,
                    key
                )
            } else {
                tr!("None of {of} matches \"{filter}\": Backspace widens the filter.", of, filter)
            }]
        }
        Some(ListState::Ready { .. }) if picker.list.hidden > 0 => {
            let (upstream, label) = if field.id == FieldId::Image {
                (&model.form.draft.phone_flavor, FieldId::PhoneFlavor.label())
            } else {
                (&model.form.draft.server_flavor, FieldId::ServerFlavor.label())
            };
            if upstream.is_empty() {
                return vec![tr!("{label} comes first: it decides what can be chosen here.", label)];
            }
            let (hidden, key) = (picker.list.hidden, model.keymap.key_of(Action::ShowIncompatible));
            vec![tr!(
                "None of {hidden} {noun} fits {upstream}: {key} shows them with the reason.",
                hidden,
                noun,
                upstream,
                key
            )]
        }
        Some(ListState::Ready { .. }) if field.id == FieldId::BandwidthId => {
            vec![tr!("The project has no {noun}: choose another kind above, or type an id.", noun)]
        }
        Some(ListState::Ready { .. }) => vec![tr!("The project has no {noun}.", noun)],
    }
}

/// Returns the columns that fit into `width` cells, with their indexes. The last optional ones are left out first, and
/// one column takes the rest of the width.
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

/// A list, drawn as a table.
struct Table<'a> {
    model: &'a Model,
    field: &'a Field,
    picker: &'a Picker,
    theme: Theme,
}

impl Table<'_> {
    /// Draws the names of the columns and the rows in view, and returns the columns that fit.
    fn draw(&self, frame: &mut Frame, area: Rect, rows: Rect) -> Vec<(usize, Column)> {
        let Self { model, field, picker, theme } = self;
        let mut all: Vec<Column> = columns(field.id).to_vec();
        if picker.list.has_used {
            all.push(used());
        }
        if let Some(column) = picker.filter.sort.and_then(|at| all.get_mut(at)) {
            *column = column.sorted();
        }
        let columns = fit(&all, area.width.saturating_sub(4));
        if picker.list.rows.is_empty() {
            return columns;
        }
        let mut x = area.x + 4;
        for (at, column) in columns.iter().filter(|_| has_headings(area)) {
            if picker.filter.sort == Some(*at) {
                let title = format!("{} {}", i18n::t(column.title), column.direction.mark());
                draw_text(frame.buffer_mut(), x, area.y + 1, column.width, &title, theme.accent());
            } else {
                draw_text(frame.buffer_mut(), x, area.y + 1, column.width, i18n::t(column.title), theme.secondary());
            }
            x += column.width + 1;
        }
        let chosen = field.control.slot().map_or("", |slot| (slot.read)(&model.form.draft));
        let mut search = FuzzyQuery::new(&picker.filter.text);
        let top = first_visible_row(picker.cursor, picker.list.rows.len(), rows.height.into());
        for (at, y) in (top..picker.list.rows.len()).zip(rows.y..rows.bottom()) {
            let row = picker.list.rows[at];
            let is_chosen = row_value(field.id, row, &picker.filter, &model.form.catalogue) == chosen
                && (!chosen.is_empty() || row == PickerRow::Nothing);
            let line = Rect { y, height: 1, ..rows };
            self.draw_row(row, (at == picker.cursor, is_chosen), &columns, &mut search, frame, line);
        }
        columns
    }

    fn draw_row(
        &self,
        row: PickerRow,
        (under_cursor, is_chosen): (bool, bool),
        columns: &[(usize, Column)],
        search: &mut FuzzyQuery,
        frame: &mut Frame,
        line: Rect,
    ) {
        let Self { model, field, picker, theme } = self;
        let mut cells = cells(field.id, row, &picker.filter, &model.form.draft, &model.form.catalogue);
        let only = cells.cells.len() == 1 && !matches!(row, PickerRow::Listed(_));
        let focused = model.form.focus == field.id && under_cursor;
        let style = match (&cells.obstacle, is_chosen) {
            (Some(_), _) => theme.secondary(),
            (None, true) => theme.accent(),
            (None, false) => theme.text(),
        };
        let style = if focused { theme.selected() } else { style };
        let sign = match (focused, is_chosen) {
            (true, true) => "  >*",
            (true, false) => "  > ",
            (false, true) => "   *",
            (false, false) => "    ",
        };
        let buf = frame.buffer_mut();
        let mut x = draw_text(buf, line.x, line.y, line.width, sign, if focused { theme.focus() } else { style });
        if only {
            let text = cells.cells.first().map_or("", String::as_str);
            draw_text(buf, x, line.y, line.right().saturating_sub(x), text, style);
            return;
        }
        let used = past_use(field.id, row, &picker.filter, &model.form.catalogue);
        cells.cells.push(used.map_or_else(String::new, crate::form::PastUse::word));
        let shown: Vec<usize> = columns.iter().map(|(at, _)| *at).collect();
        let marked = if search.is_empty() { Vec::new() } else { marks(field.id, &cells, &shown, search) };
        for (place, (at, column)) in columns.iter().enumerate() {
            let Some(text) = cells.cells.get(*at) else { continue };
            let end = draw_text(buf, x, line.y, column.width, text, style);
            if let Some(letters) = marked.get(place) {
                style_chars(buf, x, line.y, column.width, text, letters, theme.matched());
            }
            let next = (x + column.width + 1).min(line.right());
            if focused {
                let blank = next.saturating_sub(end);
                draw_text(buf, end, line.y, blank, &" ".repeat(blank.into()), style);
            }
            x = next;
        }
    }
}
