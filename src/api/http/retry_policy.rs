//! How often reads are retried after transient errors, and with which pauses; and the notice that a retry sends to its observer.

use std::time::Duration;

use crate::api::error::ReadError;

/// Bounds the tries of a read and the pauses between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in all, the first one included.
    pub max_attempts: u32,
    /// The pause before the second try; it doubles with each further one.
    pub first_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_attempts: 4, first_pause: Duration::from_millis(700) }
    }
}

impl RetryPolicy {
    /// One try and no other.
    pub const NONE: Self = Self { max_attempts: 1, first_pause: Duration::ZERO };
}

/// A read is about to be tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryNotice {
    /// The number of the coming try, and how many there are.
    pub attempt: u32,
    pub max_attempts: u32,
    pub pause: Duration,
    pub reason: ReadError,
}

/// Is called before the pause of each retry.
pub type RetryObserver<'a> = &'a (dyn Fn(RetryNotice) + Send + Sync);

/// Ignores retries.
pub const NO_OBSERVER: RetryObserver<'static> = &|_| ();
