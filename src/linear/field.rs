//! A field of the form as a question: its number, its rule and its current state.

use crate::app::{FieldStatus, Model};
use crate::form::{Control, FIELDS, Field, Step, field};
use crate::i18n::{self, tr};
use crate::order::FieldId;
use crate::view::answer_effect;

use super::output::{OutputItem, error, shorten, text};
use super::picker;
use super::ports;
use super::session::{LinearSession, QuestionContext};

/// Returns the fields that apply to the draft and can be answered.
pub(super) fn visible_fields(model: &Model) -> Vec<&'static Field> {
    FIELDS.iter().filter(|row| (row.shown)(&model.form.draft) && row.control.can_focus()).collect()
}

pub(super) fn question(session: &LinearSession, model: &Model, id: FieldId, asks: QuestionContext) -> Vec<OutputItem> {
    let row = field(id);
    if asks.is_again {
        return options(session, model, row);
    }
    let mut said = Vec::new();
    if let Some(step) = asks.step {
        let (number, all) = (step.index() + 1, Step::ALL.len());
        said.push(text(tr!("Step {number} of {all}: {name}.", number, all, name = step.name())));
    }
    let fields = visible_fields(model);
    let (number, all) = (fields.iter().position(|other| other.id == id).unwrap_or(0) + 1, fields.len());
    let (label, rule) = (id.label(), i18n::t(row.rule));
    said.push(text(match row.control {
        // What can be chosen is listed: the rule would say it twice.
        Control::Picker { .. } | Control::Radio { .. } | Control::Fixed { .. } => {
            tr!("Field {number} of {all}: {label}.", number, all, label)
        }
        Control::Text { .. } | Control::Stepper { .. } | Control::Ports => {
            tr!("Field {number} of {all}: {label}. {rule}.", number, all, label, rule)
        }
    }));
    said.extend(options(session, model, row));
    said.extend(state(model, id));
    if matches!(id, FieldId::Subnet | FieldId::BandwidthSize) {
        said.extend(answer_effect(model, id).map(text));
    }
    said
}

/// Returns the possible answers, as far as they can be listed.
fn options(session: &LinearSession, model: &Model, row: &Field) -> Vec<OutputItem> {
    match row.control {
        Control::Picker { .. } => picker::list(model, row.id, session.top),
        Control::Radio { options, .. } => options
            .iter()
            .enumerate()
            .map(|(at, (name, meaning))| {
                let (number, name, meaning) = (at + 1, i18n::t(name), i18n::t(meaning));
                text(tr!("{number}. {name}: {meaning}", number, name, meaning))
            })
            .collect(),
        Control::Ports => ports::list(model),
        Control::Text { .. } | Control::Stepper { .. } | Control::Fixed { .. } => Vec::new(),
    }
}

/// Returns the refusal of the field, the issues that may be shown already, and its note.
fn state(model: &Model, id: FieldId) -> Vec<OutputItem> {
    let mut said = Vec::new();
    if let Some(refusal) = model.form.rejection.as_ref().filter(|refusal| refusal.field == Some(id)) {
        said.push(error(&tr!("Refused: {sentence}", sentence = refusal.sentence)));
        said.push(text(&refusal.advice));
    }
    said.extend(model.form.shown_issues(id).map(|issue| error(&issue.to_string())));
    if let FieldStatus::Note(note) = model.form.field_status(id) {
        said.push(text(tr!("Note: {note}", note)));
    }
    said
}

/// Returns the notes and effects of an answer, printed when the field is left.
pub(super) fn effect_lines(model: &Model, id: FieldId) -> Vec<OutputItem> {
    let notes = model.form.warnings.iter().filter(|note| note.field() == id);
    let mut said: Vec<OutputItem> = notes.map(|note| text(tr!("Note: {note}", note = note.to_string()))).collect();
    if matches!(id, FieldId::ServerName | FieldId::Count) {
        said.extend(answer_effect(model, id).map(text));
    }
    said
}

/// Returns whether the value of a field was refused, by a rule or by the API. Such a value is never offered as the
/// default.
pub(super) fn is_refused(model: &Model, id: FieldId) -> bool {
    let is_rejected = model.form.rejection.as_ref().is_some_and(|refusal| refusal.field == Some(id));
    let is_empty = field(id).control.slot().is_some_and(|slot| (slot.read)(&model.form.draft).is_empty());
    is_rejected || (!is_empty && model.form.issues.iter().any(|issue| issue.field() == id))
}

/// Returns the reasons why the value of a field was refused, and how to leave it all the same.
pub(super) fn refusal_lines(model: &Model, id: FieldId) -> Vec<OutputItem> {
    let rejection = model.form.rejection.iter().filter(|refusal| refusal.field == Some(id));
    let rejected = rejection.map(|refusal| error(&tr!("Refused: {sentence}", sentence = refusal.sentence)));
    let issues = model.form.issues.iter().filter(|issue| issue.field() == id).map(|issue| error(&issue.to_string()));
    rejected.chain(issues).chain([text(tr!("Type another value. next leaves this one as it is."))]).collect()
}

pub(super) fn prompt(model: &Model, id: FieldId) -> String {
    let label = id.label();
    let is_refused = is_refused(model, id);
    match field(id).control {
        Control::Picker { .. } => picker::prompt(model, id),
        Control::Text { slot, .. } | Control::Stepper { slot, .. } => match (slot.read)(&model.form.draft) {
            "" => tr!("{label}: ", label),
            _ if is_refused => tr!("{label}: ", label),
            value => tr!("{label} (Enter keeps {value}): ", label, value = shorten(value)),
        },
        Control::Radio { .. } if is_refused => tr!("{label}: ", label),
        Control::Radio { options, chosen, .. } => {
            let value = options.get(chosen(&model.form.draft)).map_or("", |(name, _)| i18n::t(name));
            tr!("{label} (Enter keeps {value}): ", label, value)
        }
        Control::Ports => tr!("A port such as web 20000 public (Enter goes on): "),
        Control::Fixed { .. } => tr!("{label}: ", label),
    }
}
