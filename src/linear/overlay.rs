//! The overlays of the screen in linear mode: printed and closed, or asked as a question.

use crate::app::{
    Call, LibraryPage, LibraryPrompt, LibraryRow, Model, Overlay, SavedDraft, about, call_lines, duration,
    library_rows, plain_text_lines, unresolved_lines,
};
use crate::form::{PastedPort, request_preview};
use crate::i18n::tr;
use crate::text::sanitize::brief;

use super::output::comma;
use super::output::{OutputItem, ROWS, text};
use super::{export, help, ports};

/// An overlay in the form that linear mode needs.
pub(super) enum LinearOverlay<'a> {
    /// Text that is printed and closed.
    Notice(Vec<OutputItem>),
    Resume(&'a SavedDraft),
    PastedPorts(&'a [PastedPort]),
    Library(&'a LibraryPage),
}

/// Returns the open overlay in the form that linear mode needs; `None` if none is open.
pub(super) fn linear_overlay(model: &Model) -> Option<LinearOverlay<'_>> {
    let notice = match model.overlay.as_ref()? {
        Overlay::Resume(offer) => return Some(LinearOverlay::Resume(&offer.0)),
        Overlay::PastedPorts(ports) => return Some(LinearOverlay::PastedPorts(&ports.0)),
        Overlay::Library(page) => return Some(LinearOverlay::Library(page)),
        Overlay::Keys(_) => help::commands(model),
        Overlay::FieldHelp(help) => help::field_help(model, help.0),
        Overlay::Palette(_) => help::navigation_targets(model),
        Overlay::Unresolved(_) => unresolved(model),
        Overlay::Request(_) => request(model),
        Overlay::Inspector(_) => calls(model),
        Overlay::Changelog(_) => changes(model),
        Overlay::Introduction(_) => vec![text(introduction())],
        Overlay::Export(view) => export::exported(model, *view),
        Overlay::PlainText(_) => {
            let lines = plain_text_lines(&model.surroundings(), u16::MAX);
            lines.into_iter().map(OutputItem::Verbatim).collect()
        }
    };
    Some(LinearOverlay::Notice(notice))
}

/// Returns the text of an overlay that is only to be read; `None` if no such overlay is open.
pub(super) fn notice_lines(model: &Model) -> Option<Vec<OutputItem>> {
    match linear_overlay(model)? {
        LinearOverlay::Notice(lines) => Some(lines),
        LinearOverlay::Resume(_) | LinearOverlay::PastedPorts(_) | LinearOverlay::Library(_) => None,
    }
}

pub(super) fn introduction() -> String {
    tr!("This orders Huawei Cloud Phone servers, one question after the other. Type an answer and press Enter; an \
         empty line keeps what is there and goes on. help explains the question, keys lists all commands; back, goto \
         and review lead elsewhere, and no answer is lost. Nothing is bought before the confirmation asks for a word \
         and you type it. quit leaves and keeps what you filled in.")
}

fn unresolved(model: &Model) -> Vec<OutputItem> {
    unresolved_lines(&model.journal, u16::MAX, usize::MAX)
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| text(line.trim()))
        .collect()
}

/// Returns the request as it would be sent.
pub(super) fn request(model: &Model) -> Vec<OutputItem> {
    let mut said = vec![OutputItem::Verbatim(format!("POST /v1/{}/cloud-phone/phones", model.account.label.project))];
    said.extend(request_preview(&model.form.draft).into_iter().map(|line| OutputItem::Verbatim(line.text)));
    said.push(text(match &model.form.order {
        Some((_, body)) => tr!("These are exactly the bytes that are sent. SHA-256: {hash}", hash = body.hash()),
        None => tr!("The request is not complete yet."),
    }));
    said
}

/// Returns the newest calls, each with its number.
pub(super) fn calls(model: &Model) -> Vec<OutputItem> {
    if model.calls.is_empty() {
        return vec![text(tr!("There was no call in this run yet."))];
    }
    let line = |(at, call): (usize, &Call)| {
        let (number, method, target, took) = (at + 1, &call.method, &call.target, duration(call.took));
        let status = call.answer.as_ref().map_or_else(|| tr!("no answer"), |answer| answer.status.to_string());
        text(tr!(
            "{number}. {at} {method} {target}: {status}, {took}",
            number,
            at = call.at,
            method,
            target,
            status,
            took
        ))
    };
    let mut said: Vec<OutputItem> = model.calls.newest_first().enumerate().take(ROWS).map(line).collect();
    said.push(text(tr!("The newest first. calls N shows one in full.")));
    said
}

/// Returns one call in full. Numbers count from 1, the newest first; `None` if there is no such call.
pub(super) fn call(model: &Model, number: usize) -> Option<Vec<OutputItem>> {
    let call = model.calls.newest_first().nth(number.checked_sub(1)?)?;
    // Lines are folded by whoever prints them.
    Some(call_lines(call, u16::MAX).into_iter().map(|line| OutputItem::Verbatim(line.text)).collect())
}

pub(super) fn changes(model: &Model) -> Vec<OutputItem> {
    let lines = model.form.history.log.lines();
    if lines.len() == 0 {
        return vec![text(tr!("Nothing was changed in this form yet."))];
    }
    lines
        .map(|change| {
            let (label, from, to) = (change.field.label(), &change.from, &change.to);
            text(match change.how {
                crate::app::ChangeKind::Made => tr!("{label}: from {from} to {to}", label, from, to),
                crate::app::ChangeKind::Undone => tr!("{label}: undone, from {from} to {to}", label, from, to),
                crate::app::ChangeKind::Redone => tr!("{label}: made again, from {from} to {to}", label, from, to),
            })
        })
        .collect()
}

/// Returns the orders in the journal of this machine, the newest first.
pub(super) fn journal(model: &Model) -> Vec<OutputItem> {
    let Some(journal) = &model.journal.view else { return vec![text(tr!("The journal is not open yet."))] };
    let purchases = journal.intents.newest_first().take(ROWS);
    let said: Vec<OutputItem> = purchases
        .map(|purchase| {
            let intent = purchase.intent();
            let at = intent.at.strftime("%Y-%m-%d %H:%M UTC").to_string();
            let (name, state) = (brief(&intent.server_name, 60), purchase.state().name());
            let ids: Vec<&str> = purchase.order_ids().iter().map(String::as_str).collect();
            text(if ids.is_empty() {
                tr!("{at}: {name}, {state}", at, name, state)
            } else {
                tr!("{at}: {name}, {state}, order {ids}", at, name, state, ids = ids.join(comma()))
            })
        })
        .collect();
    if said.is_empty() { vec![text(tr!("The journal has no order yet."))] } else { said }
}

/// Returns the question of an open overlay; empty if the overlay asks nothing.
pub(super) fn question(model: &Model) -> Vec<OutputItem> {
    match linear_overlay(model) {
        Some(LinearOverlay::Resume(saved)) => {
            let (name, step, answers) = (brief(saved.title(), 40), saved.step.name(), saved.answers_text());
            vec![text(tr!("There is a draft: {name}, at {step}, {answers}.", name, step, answers))]
        }
        Some(LinearOverlay::PastedPorts(rows)) => ports::pasted(rows),
        Some(LinearOverlay::Library(page)) if page.asks == LibraryPrompt::Nothing => library_lines(model),
        Some(LinearOverlay::Library(page)) => {
            let rows = library_rows(&model.library, &model.form);
            vec![text(rows.get(page.cursor).map(|row| library_row(model, *row)).unwrap_or_default())]
        }
        Some(LinearOverlay::Notice(_)) | None => Vec::new(),
    }
}

fn library_lines(model: &Model) -> Vec<OutputItem> {
    let rows = library_rows(&model.library, &model.form);
    let mut said: Vec<OutputItem> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let number = at + 1;
        said.push(text(tr!("{number}. {row}", number, row = library_row(model, *row))));
    }
    if rows.is_empty() {
        said.push(text(tr!("There is no other draft, no template and no order yet.")));
    }
    said.extend(model.library.notices.iter().map(text));
    said
}

fn library_row(model: &Model, row: LibraryRow) -> String {
    let library = &model.library;
    let words = match row {
        LibraryRow::Draft(at) => library.drafts.get(at).map(|draft| {
            let (name, step) = (brief(draft.saved.title(), 60), draft.saved.step.name());
            let (answers, when) = (draft.saved.answers_text(), &draft.when);
            tr!("Draft {name}: {step}, {answers}, {when}", name, step, answers, when)
        }),
        LibraryRow::Template(at) => library.templates.get(at).map(|template| {
            tr!("Template {name}: {about}", name = brief(&template.name, 60), about = template.about())
        }),
        LibraryRow::Order(at) => model.form.past_orders.get(at).map(|order| {
            let (name, about, state) = (brief(&order.server_name, 60), about(&order.draft), order.state.as_str());
            tr!("Order {name}: {about}, {state}", name, about, state)
        }),
    };
    words.unwrap_or_default()
}

pub(super) fn prompt(model: &Model) -> String {
    match linear_overlay(model) {
        Some(LinearOverlay::Resume(_)) => {
            tr!("Continue it? yes, no, or drafts for others (Enter continues it): ")
        }
        Some(LinearOverlay::PastedPorts(_)) => tr!("Take these ports? yes or no: "),
        Some(LinearOverlay::Library(page)) => match page.asks {
            LibraryPrompt::Nothing if library_rows(&model.library, &model.form).is_empty() => {
                tr!("template NAME keeps this form (Enter goes back): ")
            }
            LibraryPrompt::Nothing => tr!("A number to begin with it (Enter goes back): "),
            LibraryPrompt::Removal => tr!("Remove it? yes or no: "),
            LibraryPrompt::Name { .. } => tr!("Name of the template: "),
        },
        Some(LinearOverlay::Notice(_)) | None => String::new(),
    }
}
