//! The record of one call: plain values without a secret.

use std::time::Duration;

use jiff::Timestamp;

use crate::i18n::{self, phrase};

/// The most bytes of a body that a record keeps.
pub const MAX_EXCERPT_BYTES: usize = 64 << 10;

/// One HTTP call and its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRecord {
    pub started: Timestamp,
    pub took: Duration,
    pub method: String,
    /// Scheme, host and port.
    pub origin: String,
    /// Path and query.
    pub target: String,
    pub scheme: AuthScheme,
    pub head: Vec<HeaderRecord>,
    pub body: Option<Excerpt>,
    /// `None`: not even the head of a response arrived.
    pub answer: Option<ResponseRecord>,
    /// The reason why there is no complete response.
    pub trouble: Option<String>,
    /// True for the purchase, the one call that costs money.
    pub is_purchase: bool,
}

/// The response to a call, as far as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRecord {
    pub status: u16,
    pub head: Vec<HeaderRecord>,
    /// `None`: the body was not read to its end.
    pub body: Option<Excerpt>,
}

/// A header; `None` is a value that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRecord {
    pub name: String,
    pub value: Option<String>,
}

/// The beginning of a body, at most [`MAX_EXCERPT_BYTES`] bytes; secrets in it are replaced by `***`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// The size of the whole body, in bytes.
    pub size: usize,
    /// True if `text` is only a part of the body.
    pub is_cut: bool,
}

/// The scheme that authenticated a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthScheme {
    Token,
    /// A token that was requested with a password.
    LoginToken,
    Password,
    Key,
    /// A temporary access key with its security token.
    TemporaryKey,
    Agency,
    Nothing,
}

impl AuthScheme {
    #[must_use]
    pub fn label(self) -> &'static str {
        i18n::t(match self {
            Self::Token => phrase!("token"),
            Self::LoginToken => phrase!("token of the login"),
            Self::Password => phrase!("user and password"),
            Self::Key => phrase!("access key"),
            Self::TemporaryKey => phrase!("access key and security token"),
            Self::Agency => phrase!("keys of the agency"),
            Self::Nothing => phrase!("nothing"),
        })
    }
}
