//! Handing an answer over: at once, in drops, or not as it was announced.

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

/// How many bytes one drop has.
const DRIP_BYTES: usize = 16;
/// By how many bytes a length is overstated.
const OVERSTATED_BYTES: usize = 64;

/// The answer as the web framework takes it.
pub(in crate::simulator) fn response(answer: Answer, delivery: Delivery, date: &str) -> Response {
    let Answer { status, content_type, headers, body } = answer;
    let announced = body.len() + if delivery.overstated { OVERSTATED_BYTES } else { 0 };
    let body = if delivery.is_in_pieces() { Body::new(DrippingBody::new(body, delivery)) } else { Body::from(body) };
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

/// A body in pieces. It does not say how long it is, so that the announced length need not be true;
/// when it ends before that, so does the connection.
struct DrippingBody {
    pieces: VecDeque<Bytes>,
    pause: Option<Duration>,
    sleep: Option<Pin<Box<Sleep>>>,
    /// Whether what was handed over before has had its chance to leave.
    has_waited: bool,
}

impl DrippingBody {
    fn new(body: String, delivery: Delivery) -> Self {
        let mut whole = Bytes::from(body);
        if delivery.truncated {
            whole.truncate(whole.len() / 2);
        }
        let size = if delivery.drip_ms.is_some() { DRIP_BYTES } else { whole.len().max(1) };
        let mut pieces = VecDeque::new();
        while !whole.is_empty() {
            pieces.push_back(whole.split_to(size.min(whole.len())));
        }
        Self { pieces, pause: delivery.drip_ms.map(Duration::from_millis), sleep: None, has_waited: false }
    }
}

impl HttpBody for DrippingBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let drops = self.get_mut();
        if !drops.has_waited {
            // A body that ends too early takes the connection with it, and with that whatever was not sent by then.
            drops.has_waited = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if let Some(pause) = drops.pause.filter(|_| !drops.pieces.is_empty()) {
            let sleep = drops.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
            ready!(sleep.as_mut().poll(context));
            drops.sleep = None;
        }
        drops.has_waited = false;
        Poll::Ready(drops.pieces.pop_front().map(|piece| Ok(Frame::data(piece))))
    }
}
