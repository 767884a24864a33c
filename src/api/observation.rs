//! Observation of the purchase call: facts only. Their meaning for the order is decided in `purchase::classify`, and
//! nowhere else.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::api::error::ReadError;
use crate::api::reason::FailureReason;
use crate::codes::ConnectionError;

/// The facts about the purchase call, without any conclusion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// True if the HTTP library asked for the request body. `false` is proof that no byte of it was sent: the body was
    /// sealed when the call ended, so that none can be sent afterwards either.
    pub body_requested: bool,
    /// The end of the call.
    pub end: CallEnd,
}

/// The end of the purchase call. Texts and headers are short and free of hidden characters; only `body` is unchanged,
/// at most 1 MiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallEnd {
    /// A complete response, of whatever kind.
    Response {
        status: u16,
        content_type: Option<String>,
        /// The header `X-Request-Id`, or else `X-IAM-Trace-Id`.
        request_id_header: Option<String>,
        body: Vec<u8>,
    },
    /// The head of a response arrived, but its body broke off.
    Truncated { status: u16, request_id_header: Option<String>, error: ConnectionError },
    /// The response is larger than 1 MiB; the rest was not read.
    TooLarge { status: u16, request_id_header: Option<String> },
    /// Name resolution, connect, TLS or the proxy's CONNECT failed.
    NotConnected { error: ConnectionError },
    /// There was no client, no token or no signature for the call.
    NotPrepared { why: PrepareError },
    /// The action to run before the first byte of the body failed.
    Withheld { why: WithheldError },
    /// The time limit of the whole call was exceeded, after the head of a response (`status`) or without one.
    TimedOut { status: Option<u16>, request_id_header: Option<String>, seconds: u64 },
    /// Any other error that ended the call before the head of a response.
    Failed { error: ConnectionError },
}

/// The reason why a purchase could not be prepared. Nothing of it was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrepareError {
    /// The credentials could not authenticate the call.
    #[error("{}", .0.sentence())]
    Credentials(ReadError),
    /// There is no HTTP client.
    #[error(transparent)]
    Client(FailureReason),
}

/// The reason why an order was withheld: the error of the action to run before its first byte. Two are equal if they
/// come from the same attempt.
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
