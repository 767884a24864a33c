//! The difference between this machine's clock and the cloud's, measured from the header `Date` of responses.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};

use crate::clock;

/// The date of the last response that had one, and the time of its arrival by the monotonic clock, which nobody can
/// set.
#[derive(Debug, Default)]
pub(in crate::api) struct ClockSkew(Mutex<Option<(Timestamp, Instant)>>);

impl ClockSkew {
    /// Measures from a response that has just arrived, and returns the seconds by which this machine's clock is ahead.
    /// Without a readable date, changes nothing and returns `None`.
    pub(in crate::api) fn measure(&self, headers: &HeaderMap, now: Timestamp) -> Option<i64> {
        let date = rfc2822::parse(headers.get(DATE)?.to_str().ok()?).ok()?.timestamp();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((date, Instant::now()));
        Some(now.as_second() - date.as_second())
    }

    /// Converts a time of this machine's clock to the cloud's; returns it unchanged if nothing was measured yet.
    pub(in crate::api) fn to_cloud_time(&self, now: Timestamp) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.seconds_at(now).unwrap_or_default());
        now.checked_sub(ahead).unwrap_or(now)
    }

    /// Returns the seconds by which this machine's clock is ahead now, negative if it is behind; correct even if it was
    /// set after the measurement. `None` if nothing was measured yet.
    pub(in crate::api) fn seconds(&self) -> Option<i64> {
        self.seconds_at(clock::now())
    }

    fn seconds_at(&self, now: Timestamp) -> Option<i64> {
        let (date, came) = (*self.0.lock().unwrap_or_else(PoisonError::into_inner))?;
        let passed = i64::try_from(came.elapsed().as_secs()).unwrap_or(i64::MAX);
        Some(now.as_second().saturating_sub(date.as_second()).saturating_sub(passed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_tells_how_far_the_clocks_are_apart() {
        let skew = ClockSkew::default();
        let now: Timestamp = "2025-03-01T08:00:00Z".parse().unwrap();
        let measured = |date: &str| skew.measure(&HeaderMap::from_iter([(DATE, date.parse().unwrap())]), now);
        assert_eq!((skew.seconds(), skew.to_cloud_time(now)), (None, now));
        assert_eq!(measured("yesterday"), None);
        assert_eq!(measured("Sat, 01 Mar 2025 07:44:00 GMT"), Some(960));
        assert_eq!(measured("nonsense"), None);
        assert_eq!(skew.to_cloud_time(now).to_string(), "2025-03-01T07:44:00Z");
        // The clock was turned ahead by an hour since the measure.
        let turned: Timestamp = "2025-03-01T09:00:00Z".parse().unwrap();
        assert_eq!(skew.to_cloud_time(turned).to_string(), "2025-03-01T07:44:00Z");
        assert_eq!(measured("Sat, 01 Mar 2025 08:16:00 GMT"), Some(-960));
    }
}
