//! A list to pick from, in its four states: loading, ready, empty, failed. Its rows are drawn by `picker_table.rs`.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::app::{Action, FieldStatus, ListState, LoadError, Model, Picker};
use crate::form::{Control, Field, resource_of, typed_form};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use super::controls::{draw_field_note, draw_label};
use super::picker_table::{self, Table};
use super::row_details;
use super::screen_size::is_compact_screen;
use super::text::{draw_text, draw_text_right};
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
pub fn has_headings(area: Rect) -> bool {
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
    let mut words = state_text(model, picker, state, rows_area(area).height);
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

/// Formats the state of the list, such as `9 of 15 fit, 1-6 shown`, `loading 3 s` or `failed`.
fn state_text(model: &Model, picker: &Picker, state: Option<&ListState>, height: u16) -> String {
    match state {
        None => String::new(),
        Some(ListState::Loading { since, .. }) => {
            let seconds = model.now.saturating_sub(*since) / 1000;
            match (picker.list.total > 0, seconds) {
                (true, 0) => tr!("{count}, refreshing", count = count_text(picker)),
                (true, seconds) => tr!("{count}, refreshing {seconds} s", count = count_text(picker), seconds),
                (false, 0) => tr!("loading"),
                (false, seconds) => tr!("loading {seconds} s", seconds),
            }
        }
        Some(ListState::Ready { .. }) => match picker_table::rows_in_view(picker, height) {
            None => count_text(picker),
            Some((from, to)) => tr!("{count}, {from}-{to} shown", count = count_text(picker), from, to),
        },
        Some(ListState::Failed(_)) if picker.list.total > 0 => {
            tr!("{count}, refresh failed", count = count_text(picker))
        }
        Some(ListState::Failed(_)) => tr!("failed"),
    }
}

/// Formats the number of rows, and what it counts: the rows that match the filter, or else those that fit.
fn count_text(picker: &Picker) -> String {
    let (listed, total, misfits) = (picker.list.listed, picker.list.total, picker.list.misfits);
    let all = total + picker.list.hidden;
    if !picker.filter.text.trim().is_empty() {
        return tr!("{listed} of {total} match", listed, total);
    }
    if misfits > 0 { tr!("{fit} of {all} fit", fit = all - misfits, all) } else { tr!("{all} listed", all) }
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
            let mut lines = vec![tr!("None of {of} matches \"{filter}\".", of, filter)];
            if picker.list.hidden > 0 {
                let (key, hidden) = (model.keymap.key_of(Action::ShowIncompatible), picker.list.hidden);
                lines.push(tr!("{key} also searches the {hidden} that do not fit.", key, hidden));
            }
            let form = typed_form(field.id, &model.form.catalogue);
            lines.extend(form.filter(|_| picker.list.rows.is_empty()).map(|form| tr!("{form}.", form)));
            lines
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
            vec![tr!("The project has no {noun}. Choose another kind above, or type an id.", noun)]
        }
        Some(ListState::Ready { .. }) if field.id == FieldId::KeyPair => vec![tr!("The project has no {noun}.", noun)],
        Some(ListState::Ready { .. }) => {
            let key = model.keymap.key_of(Action::ChooseAccount);
            vec![
                tr!("The API lists no {noun} for this project.", noun),
                tr!("Try another region or project ({key}), or an account with Cloud Phone enabled.", key),
                tr!("cph-wizard profile doctor checks the account."),
            ]
        }
    }
}
