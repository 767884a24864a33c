//! A list to choose from, as numbered rows: one page at a time, narrowed by typing.

use crate::app::{ListState, Model, Picker};
use crate::form::{ColumnKind, PickerRow, RowFact, cells, columns, details, resource_of};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::view::empty_list_lines;

use super::output::{OutputItem, ROWS, error, text};
use super::output::{comma, shorten};

/// Returns one page of rows, from index `top` on, with remarks about the state of the list.
pub(super) fn list(model: &Model, id: FieldId, top: usize) -> Vec<OutputItem> {
    let (Some(picker), Some(resource)) = (model.form.pickers.get(&id), resource_of(id)) else { return Vec::new() };
    let state = model.form.lists.get(&resource);
    let mut said = Vec::new();
    let rows = numbered(picker);
    if !picker.filter.text.is_empty() {
        let (listed, of, typed) = (picker.list.listed, picker.list.total, shorten(&picker.filter.text));
        said.push(text(tr!("{listed} of {of} match {typed}; clear lists all again.", listed, of, typed)));
    }
    if picker.list.listed == 0 && picker.filter.text.is_empty() {
        let words = empty_list_lines(model, crate::form::field(id), picker, state);
        let has_failed = matches!(state, Some(ListState::Failed(_)));
        said.extend(words.iter().map(|words| if has_failed { error(words) } else { text(words) }));
    }
    if let Some(ListState::Failed(failure)) = state.filter(|_| picker.list.total > 0) {
        let why = failure.sentence.trim_end_matches('.');
        said.push(error(&tr!("the list is an old one, reading it again failed: {why}", why)));
    }
    let shown = picker.list.rows[..rows].iter().enumerate().skip(top).take(ROWS);
    let shown: Vec<(usize, PickerRow, String)> =
        shown.map(|(at, row)| (at + 1, *row, row_text(model, id, picker, *row, false))).collect();
    for (number, row, words) in &shown {
        // Rows that sound alike are told apart by their ids.
        let is_alone = shown.iter().filter(|(_, _, other)| other == words).count() == 1;
        let row = if is_alone { words.clone() } else { row_text(model, id, picker, *row, true) };
        said.push(text(tr!("{number}. {row}", number, row)));
    }
    let end = (top + ROWS).min(rows);
    if end < rows || top > 0 {
        let from = top + 1;
        said.push(text(if end < rows {
            tr!("{from} to {end} of {rows}. more lists the next ones; letters narrow the list.", from, end, rows)
        } else {
            tr!("{from} to {end} of {rows}.", from, end, rows)
        }));
    }
    if picker.list.hidden > 0 && picker.list.listed > 0 && top == 0 {
        let hidden = picker.list.hidden;
        said.push(text(tr!("{n} more does not fit; all lists it with the reason."
            | "{n} more do not fit; all lists them with the reason." % hidden)));
    }
    said
}

/// Returns a row as a sentence: its known facts and the reason why it cannot be chosen. Unless `in_full`, leaves out
/// ids, fingerprints and the server flavor chosen before.
pub(super) fn row_text(model: &Model, id: FieldId, picker: &Picker, row: PickerRow, in_full: bool) -> String {
    let (filter, draft, catalogue) = (&picker.filter, &model.form.draft, &model.form.catalogue);
    match row {
        PickerRow::Nothing => tr!("none"),
        PickerRow::Typed => tr!("{typed}, as typed", typed = shorten(&filter.text)),
        PickerRow::Listed(_) => {
            let Some(details) = details(id, row, filter, draft, catalogue) else { return String::new() };
            let is_said = |fact: &&RowFact| in_full || !(is_long_id(id, fact) || repeats_flavor(model, id, fact));
            let facts: Vec<&str> = details.facts.iter().filter(is_said).map(|fact| fact.text.as_str()).collect();
            let facts = facts.join(comma());
            match details.obstacle {
                Some(why) => tr!("{facts}. Cannot be chosen: {why}", facts, why),
                None => facts,
            }
        }
    }
}

pub(super) fn prompt(model: &Model, id: FieldId) -> String {
    let label = id.label();
    let Some(picker) = model.form.pickers.get(&id) else { return tr!("{label}: ", label) };
    let row = picker.row().map(|row| cells(id, row, &picker.filter, &model.form.draft, &model.form.catalogue));
    let can_be_kept = row.is_some_and(|row| row.obstacle.is_none()) && !super::field::is_refused(model, id);
    match picker.cursor.filter(|_| can_be_kept) {
        Some(at) => tr!("{label}, a number or letters (Enter takes {number}): ", label, number = at + 1),
        None if numbered(picker) == 0 => tr!("{label}: ", label),
        None => tr!("{label}, a number or letters: ", label),
    }
}

/// Returns the index of the row that an answer means, by its exact name or id or by its number; `None` if no row fits.
pub(super) fn matching_row(model: &Model, id: FieldId, typed: &str) -> Option<usize> {
    let picker = model.form.pickers.get(&id)?;
    let (filter, catalogue) = (&picker.filter, &model.form.catalogue);
    let is_it =
        |row: &PickerRow| *row != PickerRow::Nothing && crate::form::row_value(id, *row, filter, catalogue) == typed;
    let named = picker.list.rows.iter().position(is_it);
    let number = || typed.parse::<usize>().ok().filter(|number| (1..=numbered(picker)).contains(number));
    named.or_else(|| number().map(|number| number - 1))
}

/// Returns whether a fact is an id or a fingerprint: long to listen to, and needed only to tell rows apart.
fn is_long_id(id: FieldId, fact: &RowFact) -> bool {
    let column = fact.column.and_then(|at| columns(id).get(at));
    column.is_some_and(|column| column.search == Some(ColumnKind::Id))
}

/// Returns whether a fact repeats the server flavor that was chosen just before.
fn repeats_flavor(model: &Model, id: FieldId, fact: &RowFact) -> bool {
    let chosen = &model.form.draft.server_flavor;
    id == FieldId::PhoneFlavor && fact.column.is_none() && !chosen.is_empty() && fact.text.ends_with(chosen)
}

/// Returns the number of rows that can be chosen by number. The row for the typed text is left out: `take` is the
/// command for it.
pub(super) fn numbered(picker: &Picker) -> usize {
    picker.list.rows.iter().filter(|row| **row != PickerRow::Typed).count()
}

/// Returns whether an answer can only be meant as the number of a row. It has at most three digits; ids have more.
pub(super) fn is_row_number(typed: &str) -> bool {
    typed.len() <= 3 && typed.bytes().all(|byte| byte.is_ascii_digit())
}
