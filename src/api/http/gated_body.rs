//! The request body of the purchase, which records when the HTTP library first asks for it. That record is the only
//! proof that an order was not sent; the error types of libraries are not.

use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::api::cloud::BeforeFirstByte;
use crate::api::observation::WithheldError;
use crate::testing::failpoint;

const UNREQUESTED: u8 = 0;
const REQUESTED: u8 = 1;
const CLOSED: u8 = 2;

/// The gate of the request body: it lets the body out once, or is closed for good.
#[derive(Debug, Clone, Default)]
pub(in crate::api) struct BodyGate {
    state: Arc<AtomicU8>,
    /// The reason why the body was withheld.
    withheld: Arc<OnceLock<WithheldError>>,
}

impl BodyGate {
    /// Closes the gate unless the body has gone through it, and returns whether it has.
    ///
    /// The library's connection runs as a task of its own and may ask for the body after our call has ended. Closing
    /// makes "not requested" final instead of a snapshot.
    pub(in crate::api) fn close(&self) -> bool {
        self.state.compare_exchange(UNREQUESTED, CLOSED, Ordering::SeqCst, Ordering::SeqCst) == Err(REQUESTED)
    }

    /// Returns the error of the action to run before the first byte, if it failed; nothing was sent then.
    pub(in crate::api) fn withheld_reason(&self) -> Option<&WithheldError> {
        self.withheld.get()
    }

    /// Runs the action that comes before the first byte, and opens the gate if it succeeds. Returns whether the gate
    /// was opened.
    fn try_open(&self, before: BeforeFirstByte) -> bool {
        if self.state.load(Ordering::SeqCst) != UNREQUESTED {
            return false;
        }
        match before() {
            Ok(()) => self.open(),
            Err(why) => {
                self.withheld.get_or_init(|| why);
                false
            }
        }
    }

    fn open(&self) -> bool {
        self.state.compare_exchange(UNREQUESTED, REQUESTED, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}

/// The bytes of the purchase behind their gate, of known length: first one byte, then the rest.
pub(in crate::api) struct GatedBody {
    load: Option<(Bytes, BeforeFirstByte)>,
    /// The bytes after the first one, once that has been handed out.
    rest: Option<Bytes>,
    gate: BodyGate,
}

impl GatedBody {
    pub(in crate::api) fn new(bytes: Arc<[u8]>, before: BeforeFirstByte, gate: BodyGate) -> Self {
        Self { load: Some((Bytes::from_owner(bytes), before)), rest: None, gate }
    }
}

impl Body for GatedBody {
    type Data = Bytes;
    type Error = BodyClosed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        if let Some(rest) = self.rest.take() {
            failpoint::hit("first byte");
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        let Some((mut bytes, before)) = self.load.take() else { return Poll::Ready(None) };
        if self.gate.try_open(before) {
            let rest = bytes.split_off(1.min(bytes.len()));
            self.rest = Some(rest).filter(|rest| !rest.is_empty());
            Poll::Ready(Some(Ok(Frame::data(bytes))))
        } else {
            Poll::Ready(Some(Err(BodyClosed)))
        }
    }

    fn is_end_stream(&self) -> bool {
        self.load.is_none() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let left = self.load.as_ref().map(|(bytes, _)| bytes).or(self.rest.as_ref());
        SizeHint::with_exact(left.map_or(0, |bytes| bytes.len() as u64))
    }
}

impl Drop for GatedBody {
    fn drop(&mut self) {
        if self.load.is_none() && self.rest.is_none() {
            failpoint::hit("last byte");
        }
    }
}

/// The body was requested after the call had ended, or was withheld. The error is only for the library; the gate keeps
/// the reason.
#[derive(Debug, thiserror::Error)]
#[error("sending the purchase: its body is sealed")]
pub(in crate::api) struct BodyClosed;

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn poll(body: &mut GatedBody) -> Poll<Option<Result<Frame<Bytes>, BodyClosed>>> {
        Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn the_first_poll_is_noted_and_the_bytes_come_once() {
        let gate = BodyGate::default();
        let mut body = GatedBody::new(Arc::from(*b"order"), Box::new(|| Ok(())), gate.clone());
        assert_eq!(body.size_hint().exact(), Some(5));
        let mut sent = Vec::new();
        while let Poll::Ready(Some(Ok(frame))) = poll(&mut body) {
            sent.extend_from_slice(&frame.into_data().unwrap());
            assert_eq!(body.size_hint().exact(), Some(5 - sent.len() as u64));
        }
        assert_eq!(sent, b"order");
        assert!(body.is_end_stream());
        assert!(matches!(poll(&mut body), Poll::Ready(None)));
        assert!(gate.close() && gate.close());
    }

    #[test]
    fn a_sealed_body_gives_out_nothing() {
        let gate = BodyGate::default();
        let mut body = GatedBody::new(Arc::from(*b"order"), Box::new(|| Ok(())), gate.clone());
        assert!(!gate.close());
        assert!(matches!(poll(&mut body), Poll::Ready(Some(Err(BodyClosed)))));
        assert!(matches!(poll(&mut body), Poll::Ready(None)));
        assert!(!gate.close());
    }

    #[test]
    fn what_could_not_be_done_before_withholds_the_body() {
        let gate = BodyGate::default();
        let before = || Err(WithheldError::new(std::io::Error::other("no sync")));
        let mut body = GatedBody::new(Arc::from(*b"order"), Box::new(before), gate.clone());
        assert!(matches!(poll(&mut body), Poll::Ready(Some(Err(BodyClosed)))));
        let why = gate.withheld_reason().map(WithheldError::to_string);
        assert_eq!((why.as_deref(), gate.close()), (Some("no sync"), false));
    }
}
