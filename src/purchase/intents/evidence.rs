//! What reading proves. One listing without the order proves nothing: a negative takes many
//! complete ones over a quiet time, because an order can become visible late.

use std::time::Duration;

use super::entry::Credentials;
use crate::faults::is_planted;

/// The complete readings without the order that a negative takes at least.
pub const LEAST_SWEEPS: u32 = 5;

const FIRST_SWEEPS: [u64; 8] = [2, 5, 10, 20, 40, 80, 160, 300];
const LATER_EVERY: u64 = 300;

/// When the sweep with this number, from 0, is due: so long after the doubt, or after the start of
/// the program, began.
#[must_use]
pub fn sweep_offset(number: usize) -> Duration {
    let seconds = match FIRST_SWEEPS.get(number) {
        Some(seconds) => *seconds,
        None => {
            let later = u64::try_from(number - (FIRST_SWEEPS.len() - 1)).unwrap_or(u64::MAX);
            300_u64.saturating_add(later.saturating_mul(LATER_EVERY))
        }
    };
    Duration::from_secs(seconds)
}

/// What was read in vain so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Complete readings without the order.
    pub sweeps: u32,
    /// From SENDING to the last of these readings, in whole seconds.
    pub quiet_seconds: u64,
    /// How long that has to be.
    pub horizon_seconds: u64,
}

impl Evidence {
    /// Whether it proves that there is no order.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        if is_planted("one-listing-proves") {
            return self.sweeps > 0;
        }
        self.sweeps >= LEAST_SWEEPS && self.quiet_seconds >= self.horizon_seconds
    }
}

/// How long the readings have to go on, in seconds: the figures of `purchase-safety`.
pub(super) fn horizon_seconds(credentials: Credentials) -> u64 {
    match credentials {
        Credentials::AccessKey => 20 * 60,
        Credentials::Token => 30 * 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sweeps_grow_apart_and_then_come_every_five_minutes() {
        let offsets: Vec<u64> = (0..12).map(|number| sweep_offset(number).as_secs()).collect();
        assert_eq!(offsets, [2, 5, 10, 20, 40, 80, 160, 300, 600, 900, 1200, 1500]);
        assert!((0..10_000).all(|number| sweep_offset(number) < sweep_offset(number + 1)));
        assert_eq!(sweep_offset(usize::MAX), Duration::from_secs(u64::MAX));
    }

    #[test]
    fn a_negative_takes_both_readings_and_time() {
        let is_enough = |sweeps, quiet_seconds| {
            Evidence { sweeps, quiet_seconds, horizon_seconds: horizon_seconds(Credentials::AccessKey) }.is_enough()
        };
        assert!(is_enough(5, 1200));
        assert!(!is_enough(4, 9999));
        assert!(!is_enough(99, 1199));
        assert_eq!(horizon_seconds(Credentials::Token), 1800);
    }
}
