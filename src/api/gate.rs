//! The request body of the purchase, which notes when the HTTP library first asks for it. That note
//! is the only proof that an order was not sent; error types of libraries are not one.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

const FRESH: u8 = 0;
const ASKED: u8 = 1;
const SEALED: u8 = 2;

/// Lets the body out once, or never any more.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate(Arc<AtomicU8>);

impl Gate {
    /// Closes the gate if nothing has gone through it, and tells whether something has.
    ///
    /// The library's connection runs as a task of its own and may reach for the body after our
    /// call has ended. Sealing makes "not asked for" final instead of a snapshot.
    pub(super) fn was_asked(&self) -> bool {
        self.0.compare_exchange(FRESH, SEALED, Ordering::SeqCst, Ordering::SeqCst) == Err(ASKED)
    }

    fn open(&self) -> bool {
        self.0.compare_exchange(FRESH, ASKED, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}

/// The bytes of the purchase behind their gate: one frame, of known length.
pub(super) struct GatedBody {
    bytes: Option<Bytes>,
    gate: Gate,
}

impl GatedBody {
    pub(super) fn new(bytes: Arc<[u8]>, gate: Gate) -> Self {
        Self { bytes: Some(Bytes::from_owner(bytes)), gate }
    }
}

impl Body for GatedBody {
    type Data = Bytes;
    type Error = Sealed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let Some(bytes) = self.bytes.take() else { return Poll::Ready(None) };
        if self.gate.open() { Poll::Ready(Some(Ok(Frame::data(bytes)))) } else { Poll::Ready(Some(Err(Sealed))) }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}

/// The body was asked for after the call had ended.
#[derive(Debug, thiserror::Error)]
#[error("sending the purchase: the call has ended, its body is sealed")]
pub(super) struct Sealed;

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn poll(body: &mut GatedBody) -> Poll<Option<Result<Frame<Bytes>, Sealed>>> {
        Pin::new(body).poll_frame(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn the_first_poll_is_noted_and_the_bytes_come_once() {
        let gate = Gate::default();
        let mut body = GatedBody::new(Arc::from(*b"order"), gate.clone());
        assert_eq!(body.size_hint().exact(), Some(5));
        let Poll::Ready(Some(Ok(frame))) = poll(&mut body) else { panic!("no frame") };
        assert_eq!(frame.into_data().unwrap(), "order");
        assert!(body.is_end_stream());
        assert!(matches!(poll(&mut body), Poll::Ready(None)));
        assert!(gate.was_asked() && gate.was_asked());
    }

    #[test]
    fn a_sealed_body_gives_out_nothing() {
        let gate = Gate::default();
        let mut body = GatedBody::new(Arc::from(*b"order"), gate.clone());
        assert!(!gate.was_asked());
        assert!(matches!(poll(&mut body), Poll::Ready(Some(Err(Sealed)))));
        assert!(matches!(poll(&mut body), Poll::Ready(None)));
        assert!(!gate.was_asked());
    }
}
