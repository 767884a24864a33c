//! The outcome of an order as a heading and sentences, the same on the screen, in linear mode and in the receipt.

use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;
use crate::purchase::intents::{FoundBy, OrderState, Purchase};
use crate::purchase::{Outcome, Rejection};
use crate::text::sanitize::{sentence, visible};

/// Returns the outcome as a heading and sentences, from what is known now.
#[must_use]
pub fn outcome_text(journal: &OrderJournal, result: &ResultPage) -> (&'static str, Vec<String>) {
    let (product, period) = (result.impact.product_text(), result.impact.period_text());
    let (heading, sentences) = match result.outcome_kind(journal) {
        OutcomeKind::Conflict => conflict_text(journal, result),
        OutcomeKind::Found => {
            let by = match result.purchase(journal).map(Purchase::state) {
                Some(OrderState::Found { by }) => *by,
                Some(
                    OrderState::Ready
                    | OrderState::Sending
                    | OrderState::Accepted(_)
                    | OrderState::Rejected(_)
                    | OrderState::NotSent(_)
                    | OrderState::Unknown(_)
                    | OrderState::NotFound
                    | OrderState::Conflict
                    | OrderState::NotPlaced,
                )
                | None => FoundBy::Reading,
            };
            let heading = match by {
                FoundBy::Reading => phrase!("FOUND: the order was placed"),
                FoundBy::User => phrase!("FOUND: you recorded that the order was placed"),
            };
            (heading, vec![tr!("{product} for {period}.", product, period)])
        }
        OutcomeKind::NotFound => (
            phrase!("NOT FOUND: the order was not placed"),
            vec![tr!("The orders of the account were read completely, often and long enough. This one is not there.")],
        ),
        OutcomeKind::NotPlaced => (
            phrase!("NOT PLACED: you recorded that the order was not placed"),
            vec![tr!("{product} for {period}.", product, period)],
        ),
        OutcomeKind::Accepted | OutcomeKind::Rejected | OutcomeKind::NotSent | OutcomeKind::Unknown => {
            answer_text(result)
        }
    };
    (i18n::t(heading), sentences)
}

/// Returns the outcome as the response to the request gives it.
fn answer_text(result: &ResultPage) -> (&'static str, Vec<String>) {
    let (product, period) = (result.impact.product_text(), result.impact.period_text());
    match &result.outcome {
        Outcome::Accepted(_) if result.impact.pays_now => (
            phrase!("ACCEPTED: the order is placed and paid"),
            vec![tr!("{product} for {period}. The servers are being built.", product, period)],
        ),
        Outcome::Accepted(_) => (
            phrase!("ACCEPTED: the order is placed, not paid yet"),
            vec![
                tr!("{product} for {period}.", product, period),
                tr!("Pay it in the console: Billing Center, Orders, Unpaid Orders."),
                tr!("Nothing is built before that; an unpaid order usually lapses after 7 days."),
            ],
        ),
        Outcome::Rejected(refusal) => (
            phrase!("REJECTED: Huawei Cloud reported that it rejected the order"),
            vec![sentence(&rejection_text(refusal)), refusal.explained(result.impact.servers).unwrap_or_default()],
        ),
        Outcome::NotSent(not_sent) => (
            phrase!("NOT SENT: nothing left this machine"),
            [Some(sentence(&not_sent.message())), not_sent.advice().map(Into::into)]
                .into_iter()
                .flatten()
                .chain([tr!("Nothing was ordered; you may try again.")])
                .collect(),
        ),
        Outcome::Unknown(unknown) => {
            let guess = if unknown.probably_placed {
                tr!("The order was probably placed. It is not sent again; placing it again could buy twice.")
            } else {
                tr!("The order may or may not exist. It is not sent again; placing it again could buy twice.")
            };
            (
                phrase!("UNKNOWN: the request was sent, its outcome is not proven"),
                vec![sentence(&unknown.message()), guess],
            )
        }
    }
}

/// Returns the heading and sentences of a conflict: more than one order, or one that was reported as rejected.
fn conflict_text(journal: &OrderJournal, result: &ResultPage) -> (&'static str, Vec<String>) {
    let number = result.purchase(journal).map_or(0, |purchase| purchase.order_ids().len());
    let heading = if number > 1 {
        phrase!("CONFLICT: more than one order belongs to this confirmation")
    } else {
        phrase!("CONFLICT: the purchase was rejected, but an order exists")
    };
    let mut sentences = Vec::new();
    if number > 1 {
        sentences.push(tr!("You confirmed one order; Huawei Cloud has {number}.", number));
    }
    if let Outcome::Rejected(refusal) = &result.outcome {
        let why = sentence(&rejection_text(refusal));
        sentences.push(tr!("Huawei Cloud had reported a rejection: {why}", why));
    }
    (heading, sentences)
}

/// Returns the cloud's message with its code and HTTP status, after the label of the field that it concerns.
#[must_use]
pub fn rejection_text(refusal: &Rejection) -> String {
    let message = visible(refusal.message.trim_end_matches('.'));
    let (code, status) = (visible(&refusal.code), refusal.status);
    match crate::purchase::field_of(&refusal.code).map(FieldId::label) {
        Some(label) => tr!("{label}: {message} ({code}, HTTP {status})", label, message, code, status),
        None => tr!("{message} ({code}, HTTP {status})", message, code, status),
    }
}

/// Returns the advice about the rejection of an order of this many servers, with the request id, by which support finds
/// it.
#[must_use]
pub fn rejection_advice(refusal: &Rejection, servers: Option<i64>) -> String {
    let advice = refusal.explained(servers).unwrap_or_else(|| tr!("Change the order or ask the vendor's support."));
    match &refusal.request_id {
        Some(id) => tr!("{advice} Request id {id}.", advice, id = visible(id)),
        None => advice,
    }
}
