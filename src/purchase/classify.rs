//! The one function that determines the outcome of an order from what was observed of its call. It is total and pure,
//! and whatever is not proven becomes `Unknown`.

use super::outcome::{NotSent, Outcome, Receipt, Rejection, Unknown};
use super::reasons::{AnswerFlaw, NotSentReason, UnknownReason};
use super::response::ParsedResponse;
use crate::api::{CallEnd, Observation};
use crate::codes::leaves_doubt;
use crate::i18n::{Language, with_language};

/// Returns the outcome of a purchase call.
///
/// `Accepted` needs a 2xx status with a well-formed order id and no error code. `Rejected` needs one of a few 4xx
/// statuses and the cloud's own error format, with a code that rules out an order and without an order id. `NotSent`
/// needs a call that failed before it was sent and a body that was never requested. Everything else is `Unknown`.
#[must_use]
pub fn classify(seen: &Observation) -> Outcome {
    match &seen.end {
        CallEnd::Response { status, content_type, request_id_header, body } => {
            answered(*status, content_type.as_deref(), request_id_header.as_deref(), body)
        }
        CallEnd::Truncated { status, request_id_header, error } => {
            let reason = UnknownReason::AnswerCutShort { error: error.clone() };
            unknown(reason, Some(*status), request_id_header.clone())
        }
        CallEnd::TooLarge { status, request_id_header } => {
            unknown(UnknownReason::AnswerTooLarge, Some(*status), request_id_header.clone())
        }
        CallEnd::Withheld { why } => not_sent(seen, NotSentReason::SendingNotRecorded { detail: in_english(why) }),
        CallEnd::NotPrepared { why } => not_sent(seen, NotSentReason::NotPrepared { detail: in_english(why) }),
        CallEnd::NotConnected { error } => not_sent(seen, NotSentReason::NotConnected { error: error.clone() }),
        CallEnd::TimedOut { status, request_id_header, seconds } => {
            let seconds = *seconds;
            let reason = match status {
                Some(_) => UnknownReason::AnswerTimedOut { seconds },
                None => UnknownReason::NoAnswer { seconds },
            };
            unknown(reason, *status, request_id_header.clone())
        }
        CallEnd::Failed { error } => unknown(UnknownReason::ConnectionBroken { error: error.clone() }, None, None),
    }
}

/// Returns the text in English, whatever the current language: the journal keeps details in English.
fn in_english(why: &impl ToString) -> String {
    with_language(Language::English, || why.to_string())
}

/// Returns `NotSent` only if the body was never requested, which proves that no byte of it was sent; otherwise
/// `Unknown`.
fn not_sent(seen: &Observation, reason: NotSentReason) -> Outcome {
    if seen.body_requested {
        return unknown(UnknownReason::FailedWhileSending { reason }, None, None);
    }
    Outcome::NotSent(NotSent { reason })
}

fn answered(status: u16, content_type: Option<&str>, header: Option<&str>, body: &[u8]) -> Outcome {
    let response = ParsedResponse::parse(body);
    let request_id = response.as_ref().and_then(ParsedResponse::request_id).or_else(|| header.map(str::to_owned));
    let doubt = |reason| unknown(reason, Some(status), request_id.clone());
    // Whatever its body is: most redirects have none, or a page.
    if (300..=399).contains(&status) {
        return doubt(UnknownReason::Redirected);
    }
    let Some(response) = response else {
        return doubt(match content_type {
            _ if body.is_empty() => UnknownReason::EmptyAnswer,
            content_type => UnknownReason::UnreadableAnswer { content_type: content_type.map(str::to_owned) },
        });
    };
    let unclear = |flaw| UnknownReason::UnclearAnswer { flaw, error: response.complaint() };
    match status {
        200..=299 => match response.order_id() {
            Some(_) if response.has_error() => doubt(unclear(AnswerFlaw::OrderIdAndError)),
            Some(order_id) => Outcome::Accepted(Receipt { request_id, order_id, product_id: response.product_id() }),
            None if response.has_error() => doubt(unclear(AnswerFlaw::ErrorInSuccess)),
            None => doubt(unclear(AnswerFlaw::NoOrderId)),
        },
        400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429 => match response.error() {
            Some(_) if response.has_order() => {
                let reason = unclear(AnswerFlaw::RejectionNamesOrder);
                Outcome::Unknown(Unknown { reason, status: Some(status), request_id, probably_placed: true })
            }
            Some((code, _)) if leaves_doubt(&code) => doubt(unclear(AnswerFlaw::AmbiguousCode)),
            Some((code, message)) => Outcome::Rejected(Rejection { status, code, message, request_id }),
            None => doubt(unclear(AnswerFlaw::NotAnApiError)),
        },
        // 408, 409, 423, 425, 499 and every 5xx among them: the order may have got through.
        _ => doubt(unclear(AnswerFlaw::AmbiguousStatus)),
    }
}

/// Returns `Unknown`. A success status makes it probable that the order was placed.
fn unknown(reason: UnknownReason, status: Option<u16>, request_id: Option<String>) -> Outcome {
    let probably_placed = status.is_some_and(|status| (200..=299).contains(&status));
    Outcome::Unknown(Unknown { reason, status, request_id, probably_placed })
}
