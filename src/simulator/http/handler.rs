//! Handles one HTTP call: reads the request within limits, passes it to the cloud, and sends the chosen response.

use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body as WireBody, HttpBody};
use axum::extract::{Request as WireRequest, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use tokio_util::sync::CancellationToken;

use super::access_log::AccessLog;
use super::delivery;
use super::query::Query;
use super::timeouts::ConnectionHandle;
use crate::simulator::auth::authenticator::PresentedAuth;
use crate::simulator::cloud::{self, Cloud};
use crate::simulator::request::{Body, LARGEST_BODY, Request};

/// The time limit for receiving a body.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// The number of bytes that are read of a body that is too large, so that its sender can read the response.
const MAX_DISCARDED: usize = 12 * 1024 * 1024;

/// The state that all calls to a simulator share.
pub(in crate::simulator) struct HandlerState {
    pub(in crate::simulator) cloud: Cloud,
    pub(in crate::simulator) log: AccessLog,
    pub(in crate::simulator) stop: CancellationToken,
}

/// Handles one request: returns the response, resets the connection, or waits without a response until the simulator
/// stops.
pub(in crate::simulator) async fn handle(
    State(shared): State<Arc<HandlerState>>,
    Extension(link): Extension<ConnectionHandle>,
    request: WireRequest,
) -> Response {
    let busy = link.begin();
    let response = tokio::select! {
        biased;
        () = shared.stop.cancelled() => cut(&link),
        response = respond(&shared, &link, request) => response,
    };
    busy.until_sent(response)
}

async fn respond(shared: &HandlerState, link: &ConnectionHandle, request: WireRequest) -> Response {
    let (head, body) = request.into_parts();
    let path_and_query = head.uri.path_and_query().map_or("", |path| path.as_str());
    let headers = texts(&head.headers);
    let by = PresentedAuth::from_headers(&headers).describe();
    let mut record = shared.log.open(head.method.as_str(), path_and_query, by);
    let body = BodyReader::read(body).await;
    record.came(body.seen);
    let outcome = shared.cloud.answer(&Request {
        method: head.method.as_str(),
        path: head.uri.path(),
        query: Query::from_uri(&head.uri),
        headers: &headers,
        body: body.judged(),
    });
    if let Some(order_id) = &outcome.order_id {
        record.placed(order_id);
    }
    let delay = shared.cloud.response_delay_ms();
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    match outcome.response {
        cloud::Response::Answer(answer) => {
            record.answered(answer.status);
            delivery::response(answer, outcome.delivery, &shared.cloud.date())
        }
        cloud::Response::Reset => cut(link),
        cloud::Response::Silence => {
            record.tell();
            pending().await
        }
    }
}

/// Copies the headers as text, with their names in lower case.
fn texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}

fn cut(link: &ConnectionHandle) -> Response {
    link.cut();
    // Nobody reads this: the connection ends before a byte of it is written.
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A body and the number of bytes received of it.
struct BodyReader {
    bytes: Vec<u8>,
    seen: usize,
    whole: bool,
}

impl BodyReader {
    async fn read(mut body: WireBody) -> Self {
        let mut intake = Self { bytes: Vec::new(), seen: 0, whole: false };
        let arrived = tokio::time::timeout(BODY_TIMEOUT, intake.take_in(&mut body)).await;
        intake.whole = arrived.unwrap_or(false);
        intake
    }

    /// Reads the body up to `MAX_DISCARDED` and keeps at most `LARGEST_BODY`. Returns whether it arrived completely.
    async fn take_in(&mut self, body: &mut WireBody) -> bool {
        while self.seen <= MAX_DISCARDED {
            match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
                None => return true,
                Some(Err(_)) => return false,
                Some(Ok(frame)) => {
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    self.seen += data.len();
                    if self.seen <= LARGEST_BODY {
                        self.bytes.extend_from_slice(&data);
                    }
                }
            }
        }
        false
    }

    fn judged(&self) -> Body<'_> {
        if self.seen > LARGEST_BODY {
            Body::TooLarge
        } else if self.whole {
            Body::Whole(&self.bytes)
        } else {
            Body::Unfinished
        }
    }
}
