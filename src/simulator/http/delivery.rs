//! Sends a response: at once, in chunks, or differently from its announced length.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use tokio::time::Sleep;

use super::response::Answer;
use crate::simulator::fault_injection::Delivery;

/// The size of a delayed chunk, in bytes.
const CHUNK_BYTES: usize = 16;
/// The number of bytes by which `Content-Length` is overstated.
const OVERSTATED_BYTES: usize = 64;

/// Builds the response for the web framework. `date` is the value of the header `Date`.
pub(in crate::simulator) fn response(answer: Answer, delivery: Delivery, date: &str) -> Response {
    let Answer { status, content_type, headers, body } = answer;
    let announced = body.len() + if delivery.overstated { OVERSTATED_BYTES } else { 0 };
    let body = if delivery.is_in_chunks() { Body::new(ChunkedBody::new(body, delivery)) } else { Body::from(body) };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, body).into_response();
    let content_type = content_type.map(|kind| (CONTENT_TYPE, kind.to_owned()));
    let further = headers.into_iter().map(|(name, value)| (HeaderName::from_static(name), value));
    let date = (!delivery.without_date).then(|| (DATE, date.to_owned()));
    let fixed = date.into_iter().chain([(CONTENT_LENGTH, announced.to_string())]);
    for (name, value) in fixed.chain(content_type).chain(further) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// A body in chunks. It reports no size of its own, so the announced length can be wrong. If it ends early, the
/// connection ends too.
struct ChunkedBody {
    chunks: VecDeque<Bytes>,
    pause: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
    /// True if the previous chunk has had a chance to be sent.
    has_waited: bool,
}

impl ChunkedBody {
    fn new(body: String, delivery: Delivery) -> Self {
        let mut whole = Bytes::from(body);
        if delivery.truncated {
            whole.truncate(whole.len() / 2);
        }
        let size = if delivery.chunk_delay_ms.is_some() { CHUNK_BYTES } else { whole.len().max(1) };
        let mut chunks = VecDeque::new();
        while !whole.is_empty() {
            chunks.push_back(whole.split_to(size.min(whole.len())));
        }
        Self { chunks, pause: delivery.chunk_delay_ms.map(Duration::from_millis), sleep: None, has_waited: false }
    }
}

impl HttpBody for ChunkedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let body = self.get_mut();
        if !body.has_waited {
            // A body that ends too early takes the connection with it, and with that whatever was not sent by then.
            body.has_waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(pause) = body.pause.filter(|_| !body.chunks.is_empty()) {
            let sleep = body.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            ready!(sleep.as_mut().poll(context));
            body.sleep = None;
        }
        body.has_waited = false;
        Poll::Ready(body.chunks.pop_front().map(|chunk| Ok(Frame::data(chunk))))
    }
}
