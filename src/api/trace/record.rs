//! The record of one call: plain values without a secret.

use std::time::Duration;

use jiff::Timestamp;

use crate::i18n::{self, phrase};

/// The most of a body that a record keeps, in bytes.
pub const MAX_EXCERPT_BYTES: usize = 64 << 10;

/// One HTTP call as it was made and answered.
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
    /// `None`: not even its head came.
    pub answer: Option<ResponseRecord>,
    /// Why there is no whole answer.
    pub trouble: Option<String>,
    /// The one call that costs money.
    pub is_purchase: bool,
}

/// The answer to a call, as far as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseRecord {
    pub status: u16,
    pub head: Vec<HeaderRecord>,
    /// `None`: it was not read to its end.
    pub body: Option<Excerpt>,
}

/// A header; `None` stands for a value that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRecord {
    pub name: String,
    pub value: Option<String>,
}

/// The beginning of a body, at most [`MAX_EXCERPT_BYTES`] bytes; secrets in it are `***`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// Bytes of the whole body.
    pub size: usize,
    /// `text` is not all of it.
    pub is_cut: bool,
}

/// By what a call was authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthScheme {
    Token,
    /// A token that was taken with a password.
    LoginToken,
    Password,
    Key,
    /// Temporary keys with their security token.
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
