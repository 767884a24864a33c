//! A field of the form as a question: its place among the others, its rule, what it is now.

use crate::app::{FieldState, Model, ResultPage};
use crate::form::{Control, FIELDS, Field, Step, field};
use crate::order::FieldId;
use crate::view::consequence_of;
use crate::words::{self, phrase, tr};

use super::picker;
use super::ports;
use super::talk::{Asks, Said, Talk, error, text};

/// The fields that are asked for, as the form stands now.
pub(super) fn asked(model: &Model) -> Vec<&'static Field> {
    FIELDS.iter().filter(|row| (row.shown)(&model.draft) && row.control.can_focus()).collect()
}

pub(super) fn question(talk: &Talk, model: &Model, id: FieldId, asks: Asks) -> Vec<Said> {
    let row = field(id);
    if asks.is_again {
        return options(talk, model, row);
    }
    let mut said = Vec::new();
    if let Some(step) = asks.step {
        let (number, all) = (step.index() + 1, Step::ALL.len());
        said.push(text(tr!("Step {number} of {all}: {name}.", number, all, name = step.name())));
    }
    let fields = asked(model);
    let (number, all) = (fields.iter().position(|other| other.id == id).unwrap_or(0) + 1, fields.len());
    let (label, rule) = (id.label(), words::of(row.rule));
    said.push(text(match row.control {
        // What can be chosen is listed: the rule would say it twice.
        Control::Picker { .. } | Control::Radio { .. } | Control::Fixed { .. } => {
            tr!("Field {number} of {all}: {label}.", number, all, label)
        }
        Control::Text { .. } | Control::Stepper { .. } | Control::Switch { .. } | Control::Ports => {
            tr!("Field {number} of {all}: {label}. {rule}.", number, all, label, rule)
        }
    }));
    said.extend(options(talk, model, row));
    said.extend(state(model, id));
    if matches!(id, FieldId::Subnet | FieldId::BandwidthSize) {
        said.extend(consequence_of(model, id).map(text));
    }
    said
}

/// What can be answered, as far as it can be listed.
fn options(talk: &Talk, model: &Model, row: &Field) -> Vec<Said> {
    match row.control {
        Control::Picker { .. } => picker::list(model, row.id, talk.top),
        Control::Radio { options, .. } => options
            .iter()
            .enumerate()
            .map(|(at, (name, meaning))| {
                let (number, name, meaning) = (at + 1, words::of(name), words::of(meaning));
                text(tr!("{number}. {name}: {meaning}", number, name, meaning))
            })
            .collect(),
        Control::Switch { on, off, .. } => {
            let (on, off) = (words::of(on), words::of(off));
            vec![text(tr!("on: {on}. off: {off}.", on, off))]
        }
        Control::Ports => ports::list(model),
        Control::Text { .. } | Control::Stepper { .. } | Control::Fixed { .. } => Vec::new(),
    }
}

/// What is wrong with the field, if that may be said already, and what is to be known of it.
fn state(model: &Model, id: FieldId) -> Vec<Said> {
    let mut said = Vec::new();
    if let Some(refusal) = model.refusal.as_ref().filter(|refusal| refusal.field == Some(id)) {
        said.push(error(&tr!("Refused: {sentence}", sentence = refusal.sentence)));
        said.push(text(&refusal.advice));
    }
    said.extend(model.problems_of(id).map(|issue| error(&issue.to_string())));
    if let FieldState::Note(note) = model.state_of(id) {
        said.push(text(tr!("Note: {note}", note)));
    }
    said
}

/// What is said when a field was answered and is left.
pub(super) fn after(model: &Model, id: FieldId) -> Vec<Said> {
    let notes = model.notes.iter().filter(|note| note.field() == id);
    let mut said: Vec<Said> = notes.map(|note| text(tr!("Note: {note}", note = note.to_string()))).collect();
    if matches!(id, FieldId::ServerName | FieldId::Count) {
        said.extend(consequence_of(model, id).map(text));
    }
    said
}

pub(super) fn prompt(model: &Model, id: FieldId) -> String {
    let label = id.label();
    match field(id).control {
        Control::Picker { .. } => picker::prompt(model, id),
        Control::Text { slot, .. } | Control::Stepper { slot, .. } => match (slot.read)(&model.draft) {
            "" => tr!("{label}: ", label),
            value => tr!("{label} (Enter keeps {value}): ", label, value = cut(value)),
        },
        Control::Radio { options, chosen, .. } => {
            let value = options.get(chosen(&model.draft)).map_or("", |(name, _)| words::of(name));
            tr!("{label} (Enter keeps {value}): ", label, value)
        }
        Control::Switch { is_on, .. } => {
            let value = if is_on(&model.draft) { "on" } else { "off" };
            tr!("{label}, on or off (Enter keeps {value}): ", label, value)
        }
        Control::Ports => tr!("A port such as web 20000 public (Enter goes on): "),
        Control::Fixed { .. } => tr!("{label}: ", label),
    }
}

/// What stands between the parts of a list.
pub(super) fn comma() -> &'static str {
    words::of(phrase!(", "))
}

/// A text from outside in a sentence.
pub(super) fn cut(value: &str) -> String {
    crate::order::text::brief(value, 64)
}

/// Whether a result can be left for the form.
pub(super) fn leads_to_field(result: &ResultPage) -> Option<FieldId> {
    result.landing
}
