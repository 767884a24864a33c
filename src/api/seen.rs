//! What was seen of the purchase call. Facts only: what they mean for the order is told by
//! `purchase::classify`, and nowhere else.

use crate::codes::ConnectError;

/// What was seen of the purchase call, and nothing concluded from it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// Whether our request body was ever asked for. `false` is a proof: the body was sealed when
    /// the call ended, so that no byte of it can leave afterwards either.
    pub body_asked: bool,
    /// How the call ended.
    pub end: End,
}

/// How the purchase call ended. Texts and headers are short and free of hidden characters; only
/// `body` is as it came, at most 1 MiB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// A whole answer came, of whatever kind.
    Answer {
        status: u16,
        content_type: Option<String>,
        /// `X-Request-Id`.
        request_id_header: Option<String>,
        body: Vec<u8>,
    },
    /// The head of an answer came, and then its body broke off.
    CutShort { status: u16, request_id_header: Option<String>, error: ConnectError },
    /// The answer is larger than 1 MiB; the rest was not read.
    TooLarge { status: u16, request_id_header: Option<String> },
    /// Name resolution, connect, TLS or the proxy's CONNECT failed.
    NotConnected { error: ConnectError },
    /// There was no client, no token or no signature for the call. The text is English, since records keep it.
    NotPrepared { why: String },
    /// What had to be done before the first byte of the body could not be done.
    Withheld { why: String },
    /// The time for the whole call ran out, with the head of an answer (`status`) or without.
    TimedOut { status: Option<u16>, request_id_header: Option<String>, seconds: u64 },
    /// Anything else that ended the call before the head of an answer.
    Broken { error: ConnectError },
}
