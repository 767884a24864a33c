//! The HTTP calls of this run that have ended: a bounded list without secrets (`api::CallRecord` has none).

use std::collections::VecDeque;

use crate::app::load_error::Millis;

/// Maximum number of calls that are kept. Beyond it, the oldest calls are dropped, purchases last.
pub const MOST_CALLS: usize = 100;

/// An HTTP call that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Time of day at which it began.
    pub at: String,
    pub took: Millis,
    pub method: String,
    /// Scheme, host and port.
    pub origin: String,
    /// Path and query.
    pub target: String,
    /// Label of the scheme that authenticated it.
    pub proof: &'static str,
    /// Headers; `None` marks a value that is not kept.
    pub head: Vec<(String, Option<String>)>,
    pub body: Option<BodyExcerpt>,
    /// `None` if not even the headers of a response arrived.
    pub answer: Option<CallResponse>,
    /// Reason why there is no complete response.
    pub trouble: Option<String>,
    pub is_purchase: bool,
}

/// The response to a call, as far as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallResponse {
    pub status: u16,
    pub head: Vec<(String, Option<String>)>,
    /// `None` if the body was not read to its end.
    pub body: Option<BodyExcerpt>,
}

/// The part of a body that is kept, from its beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyExcerpt {
    pub text: String,
    /// Size of the whole body, in bytes.
    pub size: usize,
    pub is_cut: bool,
}

/// The calls of this run, each with its number.
#[derive(Debug, Clone, Default)]
pub struct Calls {
    ring: VecDeque<(u64, Call)>,
    taken: u64,
}

impl Calls {
    pub(in crate::app) fn take(&mut self, call: Call) {
        self.taken += 1;
        self.ring.push_back((self.taken, call));
        if self.ring.len() > MOST_CALLS {
            let least = self.ring.iter().position(|(_, call)| !call.is_purchase).unwrap_or(0);
            self.ring.remove(least);
        }
    }

    pub fn newest_first(&self) -> impl Iterator<Item = &Call> {
        self.ring.iter().rev().map(|(_, call)| call)
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ring.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ring.is_empty()
    }

    /// Returns the number of calls that were dropped.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.taken.saturating_sub(u64::try_from(self.ring.len()).unwrap_or(u64::MAX))
    }

    /// Returns the position of a call in the list, from 0 for the newest. A call that was dropped has the position of
    /// the oldest one that is left; `None` has position 0.
    #[must_use]
    pub fn place_of(&self, number: Option<u64>) -> usize {
        let Some(number) = number else { return 0 };
        let newer = self.ring.iter().filter(|(other, _)| *other > number).count();
        newer.min(self.ring.len().saturating_sub(1))
    }

    pub(in crate::app) fn number_at(&self, place: usize) -> Option<u64> {
        self.ring.iter().rev().nth(place).map(|(number, _)| *number)
    }
}
