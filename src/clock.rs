//! The current time by this machine's clock. Tests can shift it for a whole process; while it is shifted, real
//! endpoints are refused.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// Offset in seconds that [`now`] adds to the system clock.
static SHIFT: AtomicI64 = AtomicI64::new(0);

/// True once every call of this process is known to go to a test endpoint on this machine.
static MAY_BE_SHIFTED: AtomicBool = AtomicBool::new(false);

/// Returns the current time, with the shift that a test asked for. A shift that leads out of the range of `Timestamp`
/// is ignored.
#[must_use]
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    now.checked_add(SignedDuration::from_secs(SHIFT.load(Ordering::Relaxed))).unwrap_or(now)
}

/// Allows tests to shift the time of this process from now on. The caller must have made sure that every call goes to a
/// test endpoint on this machine.
pub fn allow_shifts_for_tests() {
    MAY_BE_SHIFTED.store(true, Ordering::Relaxed);
}

/// Returns whether tests may shift the time of this process, see [`allow_shifts_for_tests`].
#[must_use]
pub fn may_be_shifted() -> bool {
    MAY_BE_SHIFTED.load(Ordering::Relaxed)
}

/// Sets the shift of this process's time to `seconds`; an earlier shift is replaced. Does not check [`may_be_shifted`].
pub fn shift_for_tests(seconds: i64) {
    SHIFT.store(seconds, Ordering::Relaxed);
}

/// Returns whether the time of this process is shifted.
#[must_use]
pub fn is_shifted() -> bool {
    SHIFT.load(Ordering::Relaxed) != 0
}
