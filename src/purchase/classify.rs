//! The one function that says what became of an order, from what was seen of its call. It is total
//! and pure, and everything that is not proven ends as `Unknown`.

use super::answer::Spoken;
use super::outcome::{NotSent, Outcome, Receipt, Refusal, Unknown};
use crate::api::{End, Observation};
use crate::codes::leaves_doubt;

/// The verdict on a purchase call.
///
/// `Accepted` needs a 2xx with a well-formed order id and no error code. `Refused` needs one of a
/// few statuses of refusal and the cloud's own error shape. `NotSent` needs a failed connection and
/// a body that was never asked for. There is no fourth proof.
#[must_use]
pub fn classify(seen: &Observation) -> Outcome {
    match &seen.end {
        End::Answer { status, content_type, request_id_header, body } => {
            answered(*status, content_type.as_deref(), request_id_header.as_deref(), body)
        }
        End::CutShort { status, request_id_header, why } => {
            let why = format!("the answer broke off after its status {status}: {why}");
            unknown(why, Some(*status), request_id_header.clone())
        }
        End::TooLarge { status, request_id_header } => {
            let why = format!("the answer with status {status} is far larger than an answer to an order");
            unknown(why, Some(*status), request_id_header.clone())
        }
        End::Withheld { why } if !seen.body_asked => Outcome::NotSent(NotSent { why: why.clone() }),
        End::Withheld { why } => unknown(format!("the order was withheld while sending: {why}"), None, None),
        End::NotConnected { why } if !seen.body_asked => Outcome::NotSent(NotSent { why: why.clone() }),
        End::NotConnected { why } => unknown(format!("the connection failed while sending: {why}"), None, None),
        End::TimedOut { status, request_id_header, seconds } => {
            let why = match status {
                Some(status) => format!("the answer with status {status} did not come to its end within {seconds} s"),
                None => format!("no answer came within {seconds} s"),
            };
            unknown(why, *status, request_id_header.clone())
        }
        End::Broken { why } => unknown(format!("the connection broke before an answer came: {why}"), None, None),
    }
}

fn answered(status: u16, content_type: Option<&str>, header: Option<&str>, body: &[u8]) -> Outcome {
    let spoken = Spoken::read(body);
    let request_id = spoken.as_ref().and_then(Spoken::request_id).or_else(|| header.map(str::to_owned));
    let doubt = |what: &str| unknown(what.to_owned(), Some(status), request_id.clone());
    // Whatever its body is: most redirects have none, or a page.
    if (300..=399).contains(&status) {
        return doubt(&format!("the answer is a redirect (status {status}), which was not followed"));
    }
    let Some(spoken) = spoken else {
        return doubt(&format!("the answer has status {status} and is {}", not_json(content_type, body)));
    };
    match status {
        200..=299 => match spoken.order_id() {
            Some(_) if spoken.has_error() => doubt(&complained(status, &spoken, "it has an order id and an error")),
            Some(order_id) => Outcome::Accepted(Receipt { request_id, order_id, product_id: spoken.product_id() }),
            None if spoken.has_error() => doubt(&complained(status, &spoken, "it is an error inside a success")),
            None => doubt(&complained(status, &spoken, "it has no well-formed order id")),
        },
        400 | 401 | 403 | 404 | 405 | 413 | 415 | 422 | 429 => match spoken.error() {
            Some(_) if spoken.has_order() => placed_after_all(status, &spoken, request_id),
            Some((code, _)) if leaves_doubt(&code) => {
                doubt(&complained(status, &spoken, "its code does not tell whether the order exists"))
            }
            Some((code, message)) => Outcome::Rejected(Refusal { status, code, message, request_id }),
            None => doubt(&complained(status, &spoken, "it is not the cloud's way of refusing")),
        },
        // 408, 409, 423, 425, 499 and every 5xx among them: the order may have got through.
        _ => doubt(&complained(status, &spoken, "it does not tell what became of the order")),
    }
}

fn complained(status: u16, spoken: &Spoken, what: &str) -> String {
    let complaint = spoken.complaint().map(|words| format!(" ({words})")).unwrap_or_default();
    format!("the answer has status {status}{complaint} and {what}")
}

fn placed_after_all(status: u16, spoken: &Spoken, request_id: Option<String>) -> Outcome {
    let why = complained(status, spoken, "it refuses and names an order");
    Outcome::Unknown(Unknown { why, status: Some(status), request_id, probably_placed: true })
}

fn not_json(content_type: Option<&str>, body: &[u8]) -> String {
    match content_type {
        _ if body.is_empty() => "empty".to_owned(),
        Some(kind) => format!("not readable as an answer to an order (it came as {kind})"),
        None => "not readable as an answer to an order".to_owned(),
    }
}

/// Unknown; a success that was seen makes it probable that the order was placed.
fn unknown(why: String, status: Option<u16>, request_id: Option<String>) -> Outcome {
    let probably_placed = status.is_some_and(|status| (200..=299).contains(&status));
    Outcome::Unknown(Unknown { why, status, request_id, probably_placed })
}
