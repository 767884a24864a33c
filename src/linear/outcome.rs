//! What became of the order, in the words of the screen, and what can be done next.

use crate::app::{Model, Page, ResultPage, Verdict, outcome_words, search_words};
use crate::order::text::visible;
use crate::view::status_words;
use crate::words::tr;

use super::field;
use super::talk::{Said, error, text};

fn result(model: &Model) -> Option<&ResultPage> {
    match &model.page {
        Page::Result(result) => Some(result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    }
}

/// The outcome, its ids, and what is known of it so far.
pub(super) fn words(model: &Model) -> Vec<Said> {
    let Some(result) = result(model) else { return Vec::new() };
    let (heading, sentences) = outcome_words(result);
    let heading = tr!("{heading}.", heading);
    let mut said = match result.verdict() {
        Verdict::Accepted => vec![text(heading)],
        Verdict::Rejected { .. } | Verdict::NotSent | Verdict::NotKnown => vec![error(&heading)],
    };
    said.extend(
        result.ids.iter().map(|(label, value)| {
            text(tr!("{label}: {value}", label = crate::words::of(label), value = visible(value)))
        }),
    );
    said.extend(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(text));
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        said.push(error(&tr!(
            "The journal could not keep this outcome ({why}): the next start will look for the order.",
            why
        )));
    }
    if result.verdict() == Verdict::NotKnown || result.is_conflict(model) {
        said.extend(found_out(model));
    }
    said
}

/// What looking has brought: the servers, or what is known of an order in doubt.
pub(super) fn found_out(model: &Model) -> Vec<Said> {
    let Some(result) = result(model) else { return Vec::new() };
    match result.verdict() {
        _ if result.is_conflict(model) => {
            search_words(model, result).into_iter().map(|(words, _)| text(words)).collect()
        }
        Verdict::NotKnown => search_words(model, result).into_iter().map(|(words, _)| text(words)).collect(),
        Verdict::Accepted => followed(result),
        Verdict::Rejected { .. } | Verdict::NotSent => Vec::new(),
    }
}

fn followed(result: &ResultPage) -> Vec<Said> {
    let Some(follow) = &result.follow else { return Vec::new() };
    let mut said = Vec::new();
    if result.stake.pays_now || !follow.servers.is_empty() {
        let (ready, wanted) = (result.ready(), result.stake.servers.unwrap_or(1));
        said.push(text(tr!("Servers: {ready} of {wanted} ready", ready, wanted)));
    } else if follow.sweeps > 0 {
        said.push(text(tr!("No server is listed yet, as it should be while the order is unpaid.")));
    }
    said.extend(follow.servers.iter().map(|server| {
        text(tr!("{name}: {status}", name = visible(&server.name), status = status_words(server.status)))
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
    match (result.verdict(), field::leads_to_field(result)) {
        (Verdict::Accepted, _) => tr!("look at the servers, new order, or quit: "),
        (Verdict::NotKnown, _) => tr!("look again, or quit (Enter goes back to Review): "),
        (Verdict::Rejected { .. }, Some(id)) => {
            tr!("quit, or change the order (Enter goes to {label}): ", label = id.label())
        }
        (Verdict::Rejected { .. } | Verdict::NotSent, _) => tr!("quit, or try again (Enter goes back to Review): "),
    }
}
