//! The review as lines: problems first, then every answer, each with the number that opens it.

use crate::app::{Action, AnswerOrigin, CheckResult, Model, ReviewRow, endpoint_text, preflight, review_rows};
use crate::form::value_text;
use crate::i18n::{self, tr};

use super::output::comma;
use super::output::{OutputItem, error, text};

/// Returns every row, or without `in_full` only those besides the answers. A row keeps its number either way.
pub(super) fn question(model: &Model, in_full: bool) -> Vec<OutputItem> {
    let mut said = vec![text(match model.form.issues.len() {
        0 => tr!("Review: no problem is left."),
        n => tr!("Review: {n} problem is to be solved." | "Review: {n} problems are to be solved." % n),
    })];
    for (at, row) in review_rows(&model.form).into_iter().enumerate() {
        if in_full || !matches!(row, ReviewRow::Field(_)) {
            said.extend(line(model, at + 1, row));
        }
    }
    if in_full {
        said.push(text(tr!("Sent to {way}.", way = endpoint_text(&model.account.label))));
    } else {
        said.push(text(tr!("review lists every answer.")));
    }
    said.extend(checks(model, in_full));
    if let Some((_, body)) = &model.form.order {
        let (bytes, hash, request) = (body.bytes().len(), body.short_hash(), model.keymap.key_of(Action::RequestPane));
        said.push(text(tr!("Request: {bytes} bytes, SHA-256 {hash}; {request} shows it.", bytes, hash, request)));
        said.push(text(tr!("{summary}.", summary = model.impact().summary())));
    }
    said
}

/// Returns the refusal, the problems and the notes, or a sentence that there are none.
pub(super) fn problems(model: &Model) -> Vec<OutputItem> {
    let refusal =
        model.form.rejection.iter().map(|refusal| error(&tr!("Refused: {sentence}", sentence = refusal.sentence)));
    let issues = model.form.issues.iter().map(|issue| error(&issue.to_string()));
    let notes = model.form.warnings.iter().map(|note| text(tr!("Note: {note}", note = note.to_string())));
    let said: Vec<OutputItem> = refusal.chain(issues).chain(notes).collect();
    if said.is_empty() { vec![text(tr!("There is no problem."))] } else { said }
}

fn line(model: &Model, number: usize, row: ReviewRow) -> Option<OutputItem> {
    let numbered = |words: String| text(tr!("{number}. {row}", number, row = words));
    let wrong = |what: String| numbered(tr!("Error: {what}", what));
    Some(match row {
        ReviewRow::Refusal => {
            let sentence = model.form.rejection.as_ref().map_or("", |refusal| refusal.sentence.as_str());
            wrong(tr!("Refused: {sentence}", sentence))
        }
        ReviewRow::Problem(at) => wrong(model.form.issues.get(at)?.to_string()),
        ReviewRow::Note(at) => {
            let note = model.form.warnings.get(at)?.to_string();
            numbered(tr!("Note: {note}", note))
        }
        ReviewRow::Warning(at) => {
            let warning = model.form.order_warnings.get(at)?;
            numbered(tr!("Warning: {warning}", warning))
        }
        ReviewRow::Change(at) => {
            let change = model.form.changes.get(at)?;
            let (label, was, is) = (change.field.label(), &change.was, &change.is);
            numbered(tr!("Changed: {label}, from {was} to {is}", label, was, is))
        }
        ReviewRow::Field(id) => {
            let (label, value) = (id.label(), value_text(id, &model.form.draft, &model.form.catalogue));
            let value =
                if value.is_empty() { tr!("empty") } else { crate::text::sanitize::visible(&value).into_owned() };
            let origin = model.form.origin_words(id);
            // That a value is the form's own, or was typed a moment ago, is no news.
            let is_news = match model.form.origin(id) {
                AnswerOrigin::Default => false,
                // Unless it was typed by hand, it was chosen from the list.
                AnswerOrigin::Typed => origin != AnswerOrigin::Typed.word(),
                AnswerOrigin::SavedDraft
                | AnswerOrigin::Profile
                | AnswerOrigin::Template
                | AnswerOrigin::LastOrder
                | AnswerOrigin::File
                | AnswerOrigin::Flag => true,
            };
            numbered(if is_news {
                tr!("{label}: {value} (from: {origin})", label, value, origin)
            } else {
                tr!("{label}: {value}", label, value)
            })
        }
        ReviewRow::PlaceOrder => return None,
    })
}

/// Returns the results of the checks against the API, grouped by result. Passed ones are listed only `in_full`.
fn checks(model: &Model, in_full: bool) -> Vec<OutputItem> {
    let checks = preflight(&model.form, &model.account);
    let of = |finding: CheckResult| {
        let those = checks.iter().filter(|check| check.finding == finding).map(|check| i18n::t(check.what));
        those.collect::<Vec<_>>().join(comma())
    };
    let mut said = Vec::new();
    let (failed, passed, open) = (of(CheckResult::Failed), of(CheckResult::Passed), of(CheckResult::CannotTell));
    if !failed.is_empty() {
        said.push(text(tr!("Checked and failed: {failed}.", failed)));
    }
    if !passed.is_empty() && in_full {
        said.push(text(tr!("Checked and passed: {passed}.", passed)));
    }
    if !open.is_empty() {
        said.push(text(tr!("Only the order itself will tell: {open}.", open)));
    }
    said
}

pub(super) fn prompt(model: &Model) -> String {
    if model.form.order.is_some() && model.form.rejection.is_none() {
        tr!("Review, a number to change an answer (Enter goes to the confirmation): ")
    } else {
        tr!("Review, a number to change an answer (Enter goes to the first problem): ")
    }
}
