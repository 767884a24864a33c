//! The clock of the simulated cloud, and the only file of the simulator that reads the machine's calendar. Everything
//! that changes with time is computed from a `Moment`, so that no timer is needed.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// A clock that starts with the simulator. Time can be advanced, and the calendar can be corrected.
#[derive(Debug)]
pub(super) struct Clock {
    origin: Instant,
    setting: Mutex<Setting>,
}

#[derive(Debug)]
struct Setting {
    /// The calendar time of the start, by the current setting of the calendar.
    origin_time: Timestamp,
    /// The time by which this clock was advanced beyond the machine's.
    advanced: SignedDuration,
}

/// A point in time, by the clock and by the calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// The time since the start of the clock; negative for moments before it.
    running: SignedDuration,
    origin_time: Timestamp,
}

impl Clock {
    /// Starts a clock that is this many seconds ahead of the machine's, or behind it if negative.
    pub(super) fn start(offset_s: i64) -> Self {
        let setting = Setting { origin_time: moved(Timestamp::now(), offset_s), advanced: SignedDuration::ZERO };
        Self { origin: Instant::now(), setting: Mutex::new(setting) }
    }

    pub(super) fn now(&self) -> Moment {
        let setting = self.setting();
        let running = signed(self.origin.elapsed()).saturating_add(setting.advanced);
        Moment { running, origin_time: setting.origin_time }
    }

    /// Returns the moment at a calendar time, by the current setting of the calendar.
    pub(super) fn moment_at(&self, time: Timestamp) -> Moment {
        let origin_time = self.setting().origin_time;
        Moment { running: time.duration_since(origin_time), origin_time }
    }

    /// Advances the clock, for the calendar and for every duration.
    pub(super) fn advance(&self, by: Duration) {
        let mut setting = self.setting();
        setting.advanced = setting.advanced.saturating_add(signed(by));
    }

    /// Corrects the calendar by this many seconds. No time passes, so no duration ends earlier or later.
    pub(super) fn shift(&self, seconds: i64) {
        let mut setting = self.setting();
        setting.origin_time = moved(setting.origin_time, seconds);
    }

    fn setting(&self) -> MutexGuard<'_, Setting> {
        self.setting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds seconds to a calendar time, within the range of `Timestamp`.
fn moved(time: Timestamp, seconds: i64) -> Timestamp {
    let end = if seconds < 0 { Timestamp::MIN } else { Timestamp::MAX };
    time.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(end)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

impl Moment {
    /// Returns the milliseconds from an earlier moment to this one, or 0 if that moment is later.
    pub(super) fn since(self, earlier: Self) -> u64 {
        u64::try_from(self.running.saturating_sub(earlier.running).as_millis().max(0)).unwrap_or(u64::MAX)
    }

    /// Returns the moment this many milliseconds later.
    pub(super) fn later(self, milliseconds: u64) -> Self {
        Self { running: self.running.saturating_add(signed(Duration::from_millis(milliseconds))), ..self }
    }

    /// Returns the moment this many seconds earlier, or later if negative.
    pub(super) fn seconds_ago(self, seconds: i64) -> Self {
        Self { running: self.running.saturating_sub(SignedDuration::from_secs(seconds)), ..self }
    }

    pub(super) fn time(self) -> Timestamp {
        let end = if self.running.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        self.origin_time.checked_add(self.running).unwrap_or(end)
    }

    /// Formats the time as the service does: UTC, in seconds.
    pub(super) fn written(self) -> String {
        self.time().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Formats the time as IAM does: UTC, in microseconds.
    pub(super) fn written_in_full(self) -> String {
        self.time().strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
    }

    /// Formats the time for the header `Date`.
    pub(super) fn header(self) -> String {
        self.time().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    #[cfg(test)]
    pub(super) fn sample() -> Self {
        Self { running: SignedDuration::ZERO, origin_time: "2026-09-14T11:20:00.7Z".parse().expect("a time") }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Clock, Moment};

    #[test]
    fn a_clock_may_be_wrong_by_as_much_as_is_wanted() {
        let apart = Clock::start(3_600).now().time().duration_since(Clock::start(-3_600).now().time());
        assert!((7_190..=7_200).contains(&apart.as_secs()), "{apart}");
        Clock::start(i64::MAX).now().header();
        Clock::start(i64::MIN).now().header();
    }

    #[test]
    fn advancing_lets_time_pass_and_shifting_only_corrects_the_calendar() {
        let clock = Clock::start(0);
        let start = clock.now();
        clock.advance(Duration::from_secs(3_600));
        let later = clock.now();
        assert!(later.since(start) >= 3_600_000);
        assert!(later.time().duration_since(start.time()).as_secs() >= 3_600);
        clock.shift(-7_200);
        let corrected = clock.now();
        assert!(corrected.time() < start.time(), "the calendar went back");
        assert!(corrected.since(start) >= 3_600_000, "and time did not");
        for seconds in [i64::MAX, i64::MIN] {
            clock.shift(seconds);
            clock.now().header();
        }
        clock.advance(Duration::MAX);
        clock.now().header();
    }

    #[test]
    fn a_calendar_time_is_a_moment_before_or_after_the_start() {
        let clock = Clock::start(0);
        let now = clock.now();
        for seconds in [-86_400, 0, 86_400] {
            let time = now.seconds_ago(seconds).time();
            assert_eq!(clock.moment_at(time).time(), time);
        }
        assert_eq!(now.since(clock.moment_at(now.seconds_ago(60).time())), 60_000);
        for time in [jiff::Timestamp::MIN, jiff::Timestamp::MAX] {
            assert_eq!(clock.moment_at(time).time(), time);
        }
    }

    #[test]
    fn a_moment_may_lie_before_the_start_of_the_clock() {
        let moment = Moment::sample();
        let earlier = moment.seconds_ago(86_400);
        assert_eq!(earlier.written(), "2026-09-13T11:20:00Z");
        assert_eq!(moment.since(earlier), 86_400_000);
        assert_eq!(moment.seconds_ago(-60).written(), "2026-09-14T11:21:00Z");
        assert_eq!(moment.seconds_ago(i64::MAX).time(), jiff::Timestamp::MIN);
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
