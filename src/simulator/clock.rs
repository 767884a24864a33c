//! The only place of the simulator that asks what time it is.
//! Everything that changes with time is computed from a `Moment`, so that nothing has to wake up by itself.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// A clock that started with the simulator and never goes back.
#[derive(Debug)]
pub(super) struct Clock {
    origin: Instant,
    origin_time: Timestamp,
}

/// A point in time, on the clock and in the calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    running: Duration,
    origin_time: Timestamp,
}

impl Clock {
    /// A clock that is so many seconds ahead of the machine's, or behind it when there are fewer than none.
    pub(super) fn start(offset_s: i64) -> Self {
        let offset = SignedDuration::from_secs(offset_s);
        let now = Timestamp::now();
        let end = if offset_s < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Self { origin: Instant::now(), origin_time: now.checked_add(offset).unwrap_or(end) }
    }

    pub(super) fn now(&self) -> Moment {
        Moment { running: self.origin.elapsed(), origin_time: self.origin_time }
    }
}

impl Moment {
    /// Milliseconds from an earlier moment to this one.
    pub(super) fn since(self, earlier: Self) -> u64 {
        u64::try_from(self.running.saturating_sub(earlier.running).as_millis()).unwrap_or(u64::MAX)
    }

    /// The moment some milliseconds later.
    pub(super) fn later(self, milliseconds: u64) -> Self {
        Self { running: self.running.saturating_add(Duration::from_millis(milliseconds)), ..self }
    }

    pub(super) fn time(self) -> Timestamp {
        self.origin_time.checked_add(self.running).unwrap_or(Timestamp::MAX)
    }

    /// The time as the service writes it: UTC, in seconds.
    pub(super) fn written(self) -> String {
        self.time().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// The time as IAM writes it: UTC, in microseconds.
    pub(super) fn written_in_full(self) -> String {
        self.time().strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
    }

    /// The time as the header `Date` has it.
    pub(super) fn header(self) -> String {
        self.time().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    #[cfg(test)]
    pub(super) fn sample() -> Self {
        Self { running: Duration::ZERO, origin_time: "2026-09-14T11:20:00.7Z".parse().expect("a time") }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clock, Moment};

    #[test]
    fn a_clock_may_be_wrong_by_as_much_as_is_wanted() {
        let apart = Clock::start(3_600).now().time().duration_since(Clock::start(-3_600).now().time());
        assert!((7_190..=7_200).contains(&apart.as_secs()), "{apart}");
        Clock::start(i64::MAX).now().header();
        Clock::start(i64::MIN).now().header();
    }

    #[test]
    fn moments_are_told_apart_in_milliseconds_and_written_in_seconds() {
        let moment = Moment::sample();
        assert_eq!(moment.later(1500).since(moment), 1500);
        assert_eq!(moment.since(moment.later(1500)), 0);
        assert_eq!(moment.written(), "2026-09-14T11:20:00Z");
        assert_eq!(moment.later(1500).written(), "2026-09-14T11:20:02Z");
        assert_eq!(moment.written_in_full(), "2026-09-14T11:20:00.700000Z");
        assert_eq!(moment.header(), "Mon, 14 Sep 2026 11:20:00 GMT");
        assert_eq!(moment.later(u64::MAX).time(), jiff::Timestamp::MAX);
    }
}
