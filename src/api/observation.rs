//! Observation of the purchase call: facts only. What they mean for the order is decided in `purchase::classify`, and nowhere
//! else.

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
    /// There was no client, no token or no signature for the call. The text is English, since records keep it.
    NotPrepared { why: String },
    /// What had to be done before the first byte of the body could not be done.
    Withheld { why: String },
    /// The time for the whole call ran out, with the head of an answer (`status`) or without.
    TimedOut { status: Option<u16>, request_id_header: Option<String>, seconds: u64 },
    /// Anything else that ended the call before the head of an answer.
    Failed { error: ConnectionError },
}
