//! Observation of the purchase call: facts only. What they mean for the order is decided in `purchase::classify`, and nowhere
//! else.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::api::error::ReadError;
use crate::api::reason::FailureReason;
use crate::codes::ConnectionError;

/// How the purchase call went, with nothing concluded from it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Whether our request body was ever asked for. `false` is a proof: the body was sealed when
    /// the call ended, so that no byte of it can leave afterwards either.
    pub body_requested: bool,
    /// How the call ended.
    pub end: CallEnd,
}

/// How the purchase call ended. Texts and headers are short and free of hidden characters; only
/// `body` is as it came, at most 1 MiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallEnd {
    /// A whole answer came, of whatever kind.
    Response {
        status: u16,
        content_type: Option<String>,
        /// `X-Request-Id`.
        request_id_header: Option<String>,
        body: Vec<u8>,
    },
    /// The head of an answer came, and then its body broke off.
    Truncated { status: u16, request_id_header: Option<String>, error: ConnectionError },
    /// The answer is larger than 1 MiB; the rest was not read.
    TooLarge { status: u16, request_id_header: Option<String> },
    /// Name resolution, connect, TLS or the proxy's CONNECT failed.
    NotConnected { error: ConnectionError },
    /// There was no client, no token or no signature for the call.
    NotPrepared { why: PrepareError },
    /// What had to be done before the first byte of the body could not be done.
    Withheld { why: WithheldError },
    /// The time for the whole call ran out, with the head of an answer (`status`) or without.
    TimedOut { status: Option<u16>, request_id_header: Option<String>, seconds: u64 },
    /// Anything else that ended the call before the head of an answer.
    Failed { error: ConnectionError },
}

/// Why a purchase could not be prepared. Nothing of it was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The credentials give no proof for the call.
    #[error("{}", .0.sentence())]
    Credentials(ReadError),
    /// There is no client.
    #[error(transparent)]
    Client(FailureReason),
}

/// Why an order was not let out: the error of whatever has to be done before its first byte. Two are the same if they come
/// from one attempt.
#[derive(Debug, Clone)]
pub struct WithheldError(Arc<dyn Error + Send + Sync>);

impl WithheldError {
    pub fn new(error: impl Error + Send + Sync + 'static) -> Self {
        Self(Arc::new(error))
    }
}

impl PartialEq for WithheldError {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for WithheldError {}

impl fmt::Display for WithheldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
