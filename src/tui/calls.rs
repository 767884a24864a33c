//! Calls over HTTP become messages, so that they can be looked at.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use jiff::tz::TimeZone;

use crate::api::{AnswerRecord, CallRecord, Excerpt, HeaderRecord, Observer};
use crate::app::{Call, CallAnswer, Kept, Msg};

/// Tells the loop of every call.
pub fn observer<T: From<Msg> + Send + 'static>(sender: &Sender<T>) -> Observer {
    let sender = sender.clone();
    Arc::new(move |record| {
        // Nobody listens any more only when the program is ending.
        let _ = sender.send(Msg::Called(Box::new(call_of(record))).into());
    })
}

/// A record as the form knows it, with the local time of day.
pub fn call_of(record: CallRecord) -> Call {
    let CallRecord { began, took, method, origin, target, proof, head, body, answer, trouble, is_purchase } = record;
    Call {
        at: began.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string(),
        took: took.as_millis().try_into().unwrap_or(u64::MAX),
        method,
        origin,
        target,
        proof: proof.words(),
        head: headers(head),
        body: body.map(kept),
        answer: answer.map(|AnswerRecord { status, head, body }| CallAnswer {
            status,
            head: headers(head),
            body: body.map(kept),
        }),
        trouble,
        is_purchase,
    }
}

fn headers(head: Vec<HeaderRecord>) -> Vec<(String, Option<String>)> {
    head.into_iter().map(|HeaderRecord { name, value }| (name, value)).collect()
}

fn kept(Excerpt { text, size, is_cut }: Excerpt) -> Kept {
    Kept { text, size, is_cut }
}
