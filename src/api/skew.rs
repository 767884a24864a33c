//! How far this machine's clock is from the cloud's, measured from the header `Date` of answers.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};

/// Nothing was measured yet.
const UNKNOWN: i64 = i64::MIN;

/// The last measure, in seconds; positive: this machine's clock is ahead.
#[derive(Debug)]
pub(super) struct Skew(AtomicI64);

impl Default for Skew {
    fn default() -> Self {
        Self(AtomicI64::new(UNKNOWN))
    }
}

impl Skew {
    /// Measures from an answer that has just come; without a readable date nothing changes.
    pub(super) fn measure(&self, headers: &HeaderMap, now: Timestamp) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok()).and_then(|date| rfc2822::parse(date).ok());
        if let Some(date) = date {
            self.0.store(now.as_second() - date.timestamp().as_second(), Ordering::Relaxed);
        }
    }

    /// What the cloud's clock shows at a time of this machine's; the same time, if nothing was measured yet.
    pub(super) fn at_the_cloud(&self, now: Timestamp) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.seconds().unwrap_or_default());
        now.checked_sub(ahead).unwrap_or(now)
    }

    /// Seconds that this machine's clock is ahead, negative if it is behind.
    pub(super) fn seconds(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|seconds| *seconds != UNKNOWN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_an_answer_tells_how_far_the_clocks_are_apart() {
        let skew = Skew::default();
        let now: Timestamp = "2025-03-01T08:00:00Z".parse().unwrap();
        let measured = |date: &str| {
            skew.measure(&HeaderMap::from_iter([(DATE, date.parse().unwrap())]), now);
            skew.seconds()
        };
        assert_eq!((skew.seconds(), skew.at_the_cloud(now)), (None, now));
        assert_eq!(measured("yesterday"), None);
        assert_eq!(measured("Sat, 01 Mar 2025 07:44:00 GMT"), Some(960));
        assert_eq!(measured("nonsense"), Some(960));
        assert_eq!(skew.at_the_cloud(now).to_string(), "2025-03-01T07:44:00Z");
        assert_eq!(measured("Sat, 01 Mar 2025 08:16:00 GMT"), Some(-960));
    }
}
