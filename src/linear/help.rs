//! Help: the current question, the targets of `goto`, and all commands.

use crate::app::{Model, Page};
use crate::form::{Step, doc_conflict, field};
use crate::i18n::{self, tr};
use crate::order::FieldId;

use super::command::{COMMANDS, Scope};
use super::field::visible_fields;
use super::outcome;
use super::output::comma;
use super::output::{OutputItem, error, text};

/// Returns all commands, grouped by scope.
pub(super) fn commands(model: &Model) -> Vec<OutputItem> {
    let mut said = Vec::new();
    for scope in [Scope::Anywhere, Scope::Lists, Scope::Ports, Scope::Order, Scope::Offers] {
        said.push(text(match scope {
            Scope::Anywhere => tr!("Anywhere:"),
            Scope::Lists => tr!("At lists and fields:"),
            Scope::Ports => tr!("At the ports:"),
            Scope::Order => tr!("At the review and behind it:"),
            Scope::Offers => tr!("Where something is offered:"),
        }));
        said.extend(COMMANDS.iter().filter(|row| row.scope == scope).map(|row| {
            let name = if row.usage.is_empty() { row.name.to_owned() } else { format!("{} {}", row.name, row.usage) };
            text(tr!("{name}: {about}", name, about = row.about()))
        }));
    }
    said.push(text(tr!("An empty line keeps what is there and goes on; it never orders.")));
    said.push(text(tr!("An answer that looks like a command is typed with = before it, like =back.")));
    if matches!(model.page, Page::Waiting(_)) {
        said.push(text(tr!("Ctrl-C asks first while the order is on its way.")));
    }
    said
}

/// Returns the help of a field: purpose, rule, example, JSON name and source, then the conflicting documents, its
/// issues, notes and refusal.
pub(super) fn field_help(model: &Model, id: FieldId) -> Vec<OutputItem> {
    let row = field(id);
    let mut said = vec![
        text(tr!("{label}: {help}", label = id.label(), help = i18n::t(row.help))),
        text(tr!("Rule: {rule}", rule = i18n::t(row.rule))),
        text(tr!("Example: {example}", example = i18n::t(row.example))),
        text(tr!("JSON name: {name}", name = id.json_name())),
        text(tr!("Source: {document}, {date}", document = i18n::t(row.source.document), date = row.source.date)),
    ];
    said.extend(doc_conflict(id).map(|says| text(tr!("Elsewhere: {says}", says = i18n::t(says)))));
    said.extend(model.form.shown_issues(id).map(|issue| error(&issue.to_string())));
    let notes = model.form.warnings.iter().filter(|note| note.field() == id);
    said.extend(notes.map(|note| text(tr!("Note: {note}", note = note.to_string()))));
    if let Some(refusal) = model.form.rejection.as_ref().filter(|refusal| refusal.field == Some(id)) {
        said.push(error(&tr!("Refused: {sentence}", sentence = refusal.sentence)));
        said.push(text(&refusal.advice));
    }
    said
}

/// Returns the fields and steps that `goto` accepts.
pub(super) fn navigation_targets(model: &Model) -> Vec<OutputItem> {
    let steps: Vec<&str> = Step::ALL.iter().map(|step| step.name()).collect();
    let fields: Vec<&str> = visible_fields(model).iter().map(|row| row.id.label()).collect();
    vec![
        text(tr!("Fields: {fields}.", fields = fields.join(comma()))),
        text(tr!("Steps: {steps}.", steps = steps.join(comma()))),
        text(tr!("goto NAME goes there.")),
    ]
}

/// Returns the help for the current question.
pub(super) fn context_help(model: &Model) -> Vec<OutputItem> {
    match &model.page {
        Page::Form if model.form.step != Step::Review => {
            let mut said = field_help(model, model.form.focus);
            said.push(text(tr!("keys lists all commands.")));
            said
        }
        Page::Form => vec![text(tr!(
            "Review: a number leads to that answer and back here. Enter or place asks for the confirmation; nothing is \
             ordered by it. request shows what would be sent, keys lists all commands."
        ))],
        Page::Confirm(_) => vec![text(tr!(
            "Confirmation: the word that is asked for places the order, once. Anything else places nothing; back leads to \
             the review."
        ))],
        Page::Waiting(_) => vec![text(tr!("The answer to the order is awaited. Ctrl-C asks first before it leaves."))],
        Page::Result(_) => outcome::help(model),
        Page::Setup(_) => vec![text(tr!(
            "Choose who orders by a number. Nothing is ordered here; back leads to the question before, quit leaves."
        ))],
    }
}

/// Returns the field that a name means: one with this label or JSON name, or the only one whose label or JSON name
/// begins with it. Case is ignored.
pub(super) fn field_named(model: &Model, name: &str) -> Option<FieldId> {
    let name = name.trim().to_lowercase();
    let names = |id: FieldId| [id.label().to_lowercase(), id.json_name().to_lowercase()];
    let fields = visible_fields(model);
    let whole = fields.iter().find(|row| names(row.id).contains(&name));
    let begun: Vec<_> = fields.iter().filter(|row| names(row.id).iter().any(|own| own.starts_with(&name))).collect();
    match (whole, &begun[..]) {
        (Some(row), _) => Some(row.id),
        (None, [row]) => Some(row.id),
        (None, _) => None,
    }
}

/// Returns the step with this name, in the current language or in English. Case is ignored.
pub(super) fn step_named(name: &str) -> Option<Step> {
    let name = name.trim().to_lowercase();
    let fits = |step: &Step| step.name().to_lowercase() == name || format!("{step:?}").to_lowercase() == name;
    Step::ALL.into_iter().find(fits)
}
