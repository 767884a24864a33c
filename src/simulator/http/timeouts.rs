//! The time limits of a connection: for the head of a request, and for the idle time between two requests. No limit
//! applies while a request is handled; its body has a limit of its own.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

/// The time limits for every connection of a simulator.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulator) struct Limits {
    /// The time from the start of a connection, or from the first byte of a head, to the end of that head. Includes the
    /// TLS handshake.
    pub(in crate::simulator) head: Duration,
    /// The time from the end of a response to the first byte of the next head.
    pub(in crate::simulator) idle: Duration,
}

/// The state that a connection shares with the requests on it.
#[derive(Debug, Clone, Default)]
pub(in crate::simulator) struct ConnectionHandle(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    is_cut: AtomicBool,
    /// The number of starts and ends of requests, so it is odd while a request is handled.
    turns: AtomicU64,
}

impl ConnectionHandle {
    /// Requests a reset of the connection instead of a response.
    pub(in crate::simulator) fn cut(&self) {
        self.0.is_cut.store(true, Ordering::Release);
    }

    pub(in crate::simulator) fn is_cut(&self) -> bool {
        self.0.is_cut.load(Ordering::Acquire)
    }

    /// Marks the start of a request, which lasts until its response is dropped.
    pub(in crate::simulator) fn begin(&self) -> ActiveRequest {
        self.0.turns.fetch_add(1, Ordering::AcqRel);
        ActiveRequest(self.clone())
    }

    fn turn(&self) -> u64 {
        self.0.turns.load(Ordering::Acquire)
    }
}

/// A request that is being handled. Dropping it marks the end of the request.
#[derive(Debug)]
pub(in crate::simulator) struct ActiveRequest(ConnectionHandle);

impl Drop for ActiveRequest {
    fn drop(&mut self) {
        self.0.0.turns.fetch_add(1, Ordering::AcqRel);
    }
}

impl ActiveRequest {
    /// Keeps the request active until the last byte of its response has been handed over.
    pub(in crate::simulator) fn until_sent(self, response: Response) -> Response {
        response.map(|body| Body::new(TrackedBody { body, _busy: self }))
    }
}

struct TrackedBody {
    body: Body,
    _busy: ActiveRequest,
}

impl HttpBody for TrackedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The timer of a connection, for the head of a request or the idle time before it.
#[derive(Debug)]
pub(in crate::simulator) struct Timer {
    limits: Limits,
    turn: u64,
    /// True once the head of the next request has begun.
    is_head: bool,
    sleep: Pin<Box<Sleep>>,
}

impl Timer {
    /// Starts the timer of a new connection with the limit for a head.
    pub(in crate::simulator) fn start(limits: Limits) -> Self {
        Self { limits, turn: 0, is_head: true, sleep: Box::pin(sleep(limits.head)) }
    }

    /// Records that bytes arrived. After an idle time they begin a head, which restarts the timer.
    pub(in crate::simulator) fn came(&mut self, link: &ConnectionHandle) {
        self.follow(link);
        if !self.is_head && self.turn.is_multiple_of(2) {
            self.is_head = true;
            self.set(self.limits.head);
        }
    }

    /// Polls the timer: ready once the client has exceeded a limit, never while a request is handled.
    pub(in crate::simulator) fn poll_expired(
        &mut self,
        link: &ConnectionHandle,
        context: &mut Context<'_>,
    ) -> Poll<()> {
        self.follow(link);
        if self.turn.is_multiple_of(2) { self.sleep.as_mut().poll(context) } else { Poll::Pending }
    }

    fn follow(&mut self, link: &ConnectionHandle) {
        let turn = link.turn();
        if turn != self.turn {
            self.turn = turn;
            self.is_head = false;
            self.set(self.limits.idle);
        }
    }

    fn set(&mut self, limit: Duration) {
        // A limit beyond the end of time is none that anybody would see.
        let far = Duration::from_secs(60 * 60 * 24 * 365);
        self.sleep.as_mut().reset(Instant::now() + limit.min(far));
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::time::Duration;

    use axum::response::IntoResponse as _;
    use tokio::time::{Instant, timeout};

    use super::{ConnectionHandle, Limits, Timer};

    const LIMITS: Limits = Limits { head: Duration::from_secs(10), idle: Duration::from_secs(60) };

    async fn expires_after(timer: &mut Timer, link: &ConnectionHandle) -> u64 {
        let start = Instant::now();
        poll_fn(|context| timer.poll_expired(link, context)).await;
        start.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn a_new_connection_has_the_time_of_a_head_whatever_comes_in() {
        let (mut timer, link) = (Timer::start(LIMITS), ConnectionHandle::default());
        timer.came(&link);
        assert_eq!(expires_after(&mut timer, &link).await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_after_each_answer_until_the_next_byte() {
        let (mut timer, link) = (Timer::start(LIMITS), ConnectionHandle::default());
        drop(link.begin());
        assert_eq!(expires_after(&mut timer, &link).await, 60);
        drop(link.begin());
        let waited = timeout(Duration::from_secs(59), expires_after(&mut timer, &link)).await;
        assert!(waited.is_err(), "a second idle time starts anew");
        timer.came(&link);
        assert_eq!(expires_after(&mut timer, &link).await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_expires_before_the_answer_is_gone() {
        let (mut timer, link) = (Timer::start(LIMITS), ConnectionHandle::default());
        let answer = link.begin().until_sent("answer".into_response());
        timer.came(&link);
        assert!(timeout(Duration::from_secs(3_600), expires_after(&mut timer, &link)).await.is_err());
        drop(answer);
        assert_eq!(expires_after(&mut timer, &link).await, 60);
    }
}
