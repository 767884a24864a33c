//! What became of the order, in the words of the screen, and what can be done next.

use crate::app::{Model, OutcomeKind, Page, ResultPage, outcome_text, search_lines};
use crate::i18n::tr;
use crate::text::sanitize::visible;
use crate::view::status_text;

use super::field;
use super::output::{OutputItem, error, text};

fn result(model: &Model) -> Option<&ResultPage> {
    match &model.page {
        Page::Result(result) => Some(result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    }
}

/// The outcome, its ids, and what is known of it so far.
pub(super) fn outcome_lines(model: &Model) -> Vec<OutputItem> {
    let Some(result) = result(model) else { return Vec::new() };
    let (heading, sentences) = outcome_text(result);
    let heading = tr!("{heading}.", heading);
    let mut said = match result.outcome_kind() {
        OutcomeKind::Accepted => vec![text(heading)],
        OutcomeKind::Rejected { .. } | OutcomeKind::NotSent | OutcomeKind::NotKnown => vec![error(&heading)],
    };
    said.extend(
        result
            .ids
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
    if result.outcome_kind() == OutcomeKind::NotKnown || result.is_conflict(model) {
        said.extend(reconciliation_lines(model));
    }
    said
}

/// What looking has brought: the servers, or what is known of an order in doubt.
pub(super) fn reconciliation_lines(model: &Model) -> Vec<OutputItem> {
    let Some(result) = result(model) else { return Vec::new() };
    match result.outcome_kind() {
        _ if result.is_conflict(model) => {
            search_lines(model, result).into_iter().map(|(words, _)| text(words)).collect()
        }
        OutcomeKind::NotKnown => search_lines(model, result).into_iter().map(|(words, _)| text(words)).collect(),
        OutcomeKind::Accepted => followed(result),
        OutcomeKind::Rejected { .. } | OutcomeKind::NotSent => Vec::new(),
    }
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

pub(super) fn prompt(model: &Model) -> String {
    let Some(result) = result(model) else { return String::new() };
    match (result.outcome_kind(), field::leads_to_field(result)) {
        (OutcomeKind::Accepted, _) => tr!("look at the servers, new order, or quit: "),
        (OutcomeKind::NotKnown, _) => tr!("look again, or quit (Enter goes back to Review): "),
        (OutcomeKind::Rejected { .. }, Some(id)) => {
            tr!("quit, or change the order (Enter goes to {label}): ", label = id.label())
        }
        (OutcomeKind::Rejected { .. } | OutcomeKind::NotSent, _) => {
            tr!("quit, or try again (Enter goes back to Review): ")
        }
    }
}
