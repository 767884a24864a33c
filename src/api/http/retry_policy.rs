//! The number of retries of reads after transient errors, their pauses, and the notice that each retry sends to its
//! observer.

use std::time::Duration;

use crate::api::error::ReadError;

/// The limits of the tries of a read, and the pauses between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// Tries in total, the first one included.
    pub max_attempts: u32,
    /// The pause before the second try; it doubles with each further try.
    pub first_pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_attempts: 4, first_pause: Duration::from_millis(700) }
    }
}

impl RetryPolicy {
    /// A single try.
    pub const NONE: Self = Self { max_attempts: 1, first_pause: Duration::ZERO };
}

/// The notice that a read is about to be retried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryNotice {
    /// The number of the next try; `max_attempts` is the total.
    pub attempt: u32,
    pub max_attempts: u32,
    pub pause: Duration,
    pub reason: ReadError,
}

/// A callback for retries, called before the pause of each.
pub type RetryObserver<'a> = &'a (dyn Fn(RetryNotice) + Send + Sync);

/// An observer that ignores retries.
pub const NO_OBSERVER: RetryObserver<'static> = &|_| ();
