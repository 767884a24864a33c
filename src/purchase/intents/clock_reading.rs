//! One moment on two clocks: this machine's, and the servers' as far as a response showed it. Rules about time use
//! both, so that a wrong or corrected clock neither hides an order nor shortens a wait.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The maximum difference in seconds between this machine's clock and the servers' for a reading to count as evidence
/// of absence.
pub const MAX_CLOCK_DIFFERENCE: i64 = 60;

/// A moment by this machine's clock, and how far that clock was ahead of the servers' then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClockReading {
    pub at: Timestamp,
    /// The difference in seconds, negative if it was behind; `None` if no response showed the servers' time.
    pub ahead: Option<i64>,
}

impl ClockReading {
    /// Returns the moment by the servers' clock; `None` if it was not measured.
    #[must_use]
    pub fn server_time(self) -> Option<Timestamp> {
        self.at.checked_sub(SignedDuration::from_secs(self.ahead?)).ok()
    }

    /// Returns a later moment by this machine's clock. `passed` is the time since this reading by a clock that cannot
    /// be set: if this machine's clock shows a different time, it was set meanwhile, and the difference is added to
    /// `ahead`.
    #[must_use]
    pub fn later(self, at: Timestamp, passed: Duration) -> Self {
        let shown = at.duration_since(self.at).as_secs();
        let passed = i64::try_from(passed.as_secs()).unwrap_or(i64::MAX);
        Self { at, ahead: self.ahead.map(|ahead| ahead.saturating_add(shown.saturating_sub(passed))) }
    }

    /// Returns the time that has certainly passed since an earlier moment: the smaller of what the two clocks show.
    ///
    /// `None` unless both moments were measured and the clocks agreed within [`MAX_CLOCK_DIFFERENCE`] seconds.
    #[must_use]
    pub fn proven_since(self, earlier: Self) -> Option<SignedDuration> {
        let agrees = |ahead: i64| ahead.unsigned_abs() <= MAX_CLOCK_DIFFERENCE.unsigned_abs();
        if ![self, earlier].into_iter().all(|reading| reading.ahead.is_some_and(agrees)) {
            return None;
        }
        Some(self.least_since(earlier))
    }

    /// Returns the smaller of the times that the known clocks show to have passed since an earlier moment.
    #[must_use]
    pub fn least_since(self, earlier: Self) -> SignedDuration {
        let local = self.at.duration_since(earlier.at);
        match (self.server_time(), earlier.server_time()) {
            (Some(now), Some(then)) => local.min(now.duration_since(then)),
            (None, _) | (_, None) => local,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(second: i64, ahead: Option<i64>) -> ClockReading {
        ClockReading { at: Timestamp::from_second(1_790_000_000 + second).unwrap(), ahead }
    }

    #[test]
    fn passed_time_is_the_smaller_of_both_clocks() {
        let seconds = |from, to| reading(100, to).least_since(reading(0, from)).as_secs();
        assert_eq!(seconds(None, None), 100);
        assert_eq!(seconds(Some(0), None), 100);
        assert_eq!(seconds(Some(0), Some(0)), 100);
        // The local clock was turned ahead by 90 s in between: only 10 s have passed.
        assert_eq!(seconds(Some(0), Some(90)), 10);
        // It was turned back: the local clock says less.
        assert_eq!(seconds(Some(0), Some(-90)), 100);
    }

    #[test]
    fn a_clock_that_is_set_after_the_measure_is_noticed() {
        let later =
            |ahead, second, passed| reading(0, ahead).later(reading(second, None).at, Duration::from_secs(passed));
        assert_eq!(later(Some(5), 10, 10), reading(10, Some(5)));
        assert_eq!(later(Some(5), 3610, 10), reading(3610, Some(3605)), "set ahead by an hour");
        assert_eq!(later(Some(0), -3590, 10), reading(-3590, Some(-3600)), "set back by an hour");
        assert_eq!(later(None, 3610, 10), reading(3610, None));
    }

    #[test]
    fn time_is_proven_by_measured_clocks_that_agree() {
        let seconds = |from, to| reading(100, to).proven_since(reading(0, from)).map(|passed| passed.as_secs());
        assert_eq!(seconds(Some(0), Some(0)), Some(100));
        assert_eq!(seconds(Some(60), Some(-60)), Some(100));
        assert_eq!(seconds(Some(-60), Some(60)), Some(-20));
        for (from, to) in [(None, Some(0)), (Some(0), None), (Some(61), Some(61)), (Some(0), Some(-61))] {
            assert_eq!(seconds(from, to), None, "{from:?} {to:?}");
        }
    }
}
