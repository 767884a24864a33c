//! Converts records of HTTP calls to messages, so that the inspector can show them.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use jiff::tz::TimeZone;

use crate::api::{CallRecord, Excerpt, HeaderRecord, Observer, ResponseRecord};
use crate::app::{BodyExcerpt, Call, CallResponse, Msg};

/// Creates an observer that sends every finished call to the event loop.
pub fn observer<T: From<Msg> + Send + 'static>(sender: &Sender<T>) -> Observer {
    let sender = sender.clone();
    Arc::new(move |record| {
        // Nobody listens any more only when the program is ending.
        let _ = sender.send(Msg::CallEnded(Box::new(call_from_record(record))).into());
    })
}

/// Converts a record to the form's own type, with the local time of day.
pub fn call_from_record(record: CallRecord) -> Call {
    let CallRecord { started, took, method, origin, target, scheme, head, body, answer, trouble, is_purchase } = record;
    Call {
        at: started.to_zoned(TimeZone::system()).strftime("%H:%M:%S").to_string(),
        took: took.as_millis().try_into().unwrap_or(u64::MAX),
        method,
        origin,
        target,
        proof: scheme.label(),
        head: headers(head),
        body: body.map(excerpt),
        answer: answer.map(|ResponseRecord { status, head, body }| CallResponse {
            status,
            head: headers(head),
            body: body.map(excerpt),
        }),
        trouble,
        is_purchase,
    }
}

fn headers(head: Vec<HeaderRecord>) -> Vec<(String, Option<String>)> {
    head.into_iter().map(|HeaderRecord { name, value }| (name, value)).collect()
}

fn excerpt(Excerpt { text, size, is_cut }: Excerpt) -> BodyExcerpt {
    BodyExcerpt { text, size, is_cut }
}
