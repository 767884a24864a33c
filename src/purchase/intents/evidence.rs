//! The evidence of readings. Absence is proven only by a list that would show the order: read completely, several
//! times, over a period without a sign of it, by clocks that agree.

use jiff::SignedDuration;

use super::clock_reading::ClockReading;
use super::journal_entry::IntentCredentials;

/// The minimum number of counted readings without the order that prove its absence.
pub const MIN_READINGS: u32 = 5;

/// The minimum time between two readings that both count.
pub const MIN_READING_INTERVAL: SignedDuration = SignedDuration::from_secs(60);

/// The number of readings after which the check of a rejection is no longer due.
pub const REJECTION_CHECKS: u32 = 2;

/// The readings without the order that count, with their times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CountedReadings {
    pub number: u32,
    pub first: Option<ClockReading>,
    pub last_but_one: Option<ClockReading>,
    pub last: Option<ClockReading>,
}

impl CountedReadings {
    /// Adds a later reading.
    pub fn add(&mut self, at: ClockReading) {
        self.number = self.number.saturating_add(1);
        self.first = self.first.or(Some(at));
        self.last_but_one = self.last;
        self.last = Some(at);
    }

    /// Returns the seconds during which the order was not seen, see [`Evidence::quiet_seconds`].
    pub fn quiet_seconds(&self) -> u64 {
        let quiet = self.first.zip(self.last_but_one).and_then(|(first, last)| last.proven_since(first));
        quiet.and_then(|quiet| u64::try_from(quiet.as_secs()).ok()).unwrap_or(0)
    }
}

/// The evidence of the readings that did not show the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    pub readings: u32,
    /// Whole seconds from the first to the last but one of the readings, by both clocks. Not from SENDING: a request
    /// may arrive long after it if the machine slept. Not to the last reading: a single one may read a replica that is
    /// behind.
    pub quiet_seconds: u64,
    /// The minimum of `quiet_seconds` for a proof.
    pub horizon_seconds: u64,
}

impl Evidence {
    /// Returns whether the readings prove that there is no order.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.readings >= MIN_READINGS && self.quiet_seconds >= self.horizon_seconds
    }
}

/// Returns how long the readings have to go on, in seconds: 20 minutes with an access key, 30 minutes with a token.
pub(super) fn horizon_seconds(credentials: IntentCredentials) -> u64 {
    match credentials {
        IntentCredentials::AccessKey => 20 * 60,
        IntentCredentials::Token => 30 * 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_takes_both_readings_and_time() {
        let is_enough = |readings, quiet_seconds| {
            Evidence { readings, quiet_seconds, horizon_seconds: horizon_seconds(IntentCredentials::AccessKey) }
                .is_enough()
        };
        assert!(is_enough(5, 1200));
        assert!(!is_enough(4, 9999));
        assert!(!is_enough(99, 1199));
        assert_eq!(horizon_seconds(IntentCredentials::Token), 1800);
    }
}
