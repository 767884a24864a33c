//! The time of day by this machine's clock. Tests can shift it for a whole process; a run that can reach a real endpoint
//! cannot.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Seconds by which the time is shifted.
static SHIFT: AtomicI64 = AtomicI64::new(0);

/// Whether every call of this process goes to a test endpoint on this machine.
static MAY_BE_SHIFTED: AtomicBool = AtomicBool::new(false);

/// Returns the time of day.
#[must_use]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    now.checked_add(SignedDuration::from_secs(SHIFT.load(Ordering::Relaxed))).unwrap_or(now)
}

/// Lets tests shift the time of this process from here on. The caller has made sure that every call goes to a test endpoint on
/// this machine.
pub fn allow_shifts_for_tests() {
    MAY_BE_SHIFTED.store(true, Ordering::Relaxed);
}

/// Returns whether tests may shift the time of this process.
#[must_use]
pub fn may_be_shifted() -> bool {
    MAY_BE_SHIFTED.load(Ordering::Relaxed)
}

/// Shifts the time of this process by so many seconds.
pub fn shift_for_tests(seconds: i64) {
    SHIFT.store(seconds, Ordering::Relaxed);
}

/// Returns whether the time of this process is shifted.
#[must_use]
pub fn is_shifted() -> bool {
    SHIFT.load(Ordering::Relaxed) != 0
}
