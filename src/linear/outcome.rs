//! The outcome of the order, in the same sentences as on the screen, and the commands that follow.

use crate::app::{
    Model, OutcomeKind, Page, ReadIn, ResultPage, SearchLine, kind_is_good, outcome_text, search_lines, status_text,
};
use crate::i18n::tr;
use crate::text::sanitize::visible;

use super::output::{OutputItem, error, text};

fn result(model: &Model) -> Option<&ResultPage> {
    match &model.page {
        Page::Result(result) => Some(result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    }
}

/// Returns the kind of the outcome; `None` unless a result page is shown.
pub(super) fn kind(model: &Model) -> Option<OutcomeKind> {
    result(model).map(|result| result.outcome_kind(&model.journal))
}

/// Returns the outcome, its ids, and the results of the search for the order so far.
pub(super) fn outcome_lines(model: &Model) -> Vec<OutputItem> {
    let Some(result) = result(model) else { return Vec::new() };
    let (heading, sentences) = outcome_text(&model.journal, result);
    let heading = tr!("{heading}.", heading);
    let mut said =
        if kind_is_good(result.outcome_kind(&model.journal)) { vec![text(heading)] } else { vec![error(&heading)] };
    said.extend(
        result
            .shown_ids(&model.journal)
            .iter()
            .map(|(label, value)| text(tr!("{label}: {value}", label = crate::i18n::t(label), value = visible(value)))),
    );
    said.extend(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(text));
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        said.push(error(&tr!(
            "The journal could not keep this outcome ({why}): the next start will look for the order.",
            why
        )));
    }
    said.extend(searched(model, result));
    said
}

/// Returns the result of `look`: the servers of an accepted order, or the state of the search for an order that is not
/// settled.
pub(super) fn reconciliation_lines(model: &Model) -> Vec<OutputItem> {
    let Some(result) = result(model) else { return Vec::new() };
    match result.outcome_kind(&model.journal) {
        OutcomeKind::Accepted => followed(result),
        OutcomeKind::Unknown | OutcomeKind::Rejected => searched(model, result),
        OutcomeKind::Conflict | OutcomeKind::Found | OutcomeKind::NotFound | OutcomeKind::NotPlaced => {
            outcome_lines(model)
        }
        OutcomeKind::NotSent => vec![text(tr!("Nothing was ordered: there is nothing to look for."))],
    }
}

fn searched(model: &Model, result: &ResultPage) -> Vec<OutputItem> {
    let lines = search_lines(&model.journal, &model.keymap, result, ReadIn::Program).into_iter();
    lines
        .map(|line| match line {
            SearchLine::Sentence(sentence) => text(sentence),
            SearchLine::Command(command) => OutputItem::Verbatim(command),
        })
        .collect()
}

fn followed(result: &ResultPage) -> Vec<OutputItem> {
    let Some(follow) = &result.poll else { return Vec::new() };
    let mut said = Vec::new();
    if result.impact.pays_now || !follow.servers.is_empty() {
        let (ready, wanted) = (result.ready(), result.impact.servers.unwrap_or(1));
        said.push(text(tr!("Servers: {ready} of {wanted} ready", ready, wanted)));
    } else if follow.polls > 0 {
        said.push(text(tr!("No server is listed yet, as it should be while the order is unpaid.")));
    }
    said.extend(follow.servers.iter().map(|server| {
        text(tr!("{name}: {status}", name = visible(&server.name), status = status_text(server.status)))
    }));
    said.extend(
        follow
            .failure
            .as_ref()
            .map(|failure| error(&tr!("The server list could not be read: {why}", why = failure.sentence))),
    );
    said
}

/// Returns the prompt, which names the commands that work here.
pub(super) fn prompt(model: &Model) -> String {
    let Some(result) = result(model) else { return String::new() };
    match (result.outcome_kind(&model.journal), result.rejected_field) {
        (OutcomeKind::Accepted, _) => tr!("look, new or quit: "),
        (OutcomeKind::Unknown, _) => tr!("look or quit (Enter goes back to Review): "),
        (OutcomeKind::Rejected, Some(id)) => {
            tr!("look, back or quit (Enter goes to {label}): ", label = id.label())
        }
        (OutcomeKind::Rejected, None) => tr!("look, back or quit (Enter goes back to Review): "),
        (
            OutcomeKind::NotSent
            | OutcomeKind::Found
            | OutcomeKind::NotFound
            | OutcomeKind::NotPlaced
            | OutcomeKind::Conflict,
            _,
        ) => tr!("back or quit (Enter goes back to Review): "),
    }
}

/// Returns the help for the result page: the commands that apply to this outcome.
pub(super) fn help(model: &Model) -> Vec<OutputItem> {
    let Some(result) = result(model) else { return Vec::new() };
    let mut said = vec![text(tr!(
        "This is what became of the order. request and journal show what was sent and what is recorded, quit leaves."
    ))];
    said.extend(match result.outcome_kind(&model.journal) {
        OutcomeKind::Accepted => vec![text(tr!("look reads the servers, new starts another order."))],
        OutcomeKind::Unknown => [
            vec![text(tr!("look searches the server list for the order."))],
            vec![text(tr!("cph-wizard orders resolve records what became of it, once you know:"))],
            searched(model, result).into_iter().filter(is_command).collect(),
        ]
        .concat(),
        OutcomeKind::Conflict => [
            vec![text(tr!("cph-wizard orders resolve records that these orders belong to it, once you checked them:"))],
            searched(model, result).into_iter().filter(is_command).collect(),
        ]
        .concat(),
        OutcomeKind::Rejected => {
            vec![text(tr!("look searches the server list, in case an order exists all the same; back changes it."))]
        }
        OutcomeKind::NotSent | OutcomeKind::Found | OutcomeKind::NotFound | OutcomeKind::NotPlaced => {
            vec![text(tr!("back goes back to Review."))]
        }
    });
    said
}

fn is_command(item: &OutputItem) -> bool {
    match item {
        OutputItem::Verbatim(_) => true,
        OutputItem::Text(_) | OutputItem::Prompt { .. } => false,
    }
}
