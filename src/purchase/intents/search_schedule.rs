//! The schedule of searches for an order with an unknown outcome: the same for the full-screen interface, linear mode
//! and `buy --wait`.

use std::time::Duration;

const SEARCH_OFFSETS: [u64; 8] = [2, 5, 10, 20, 40, 80, 160, 300];
const LATER_SEARCH_INTERVAL: u64 = 300;

/// Returns when the reading with this number, from 0, is due, counted from the moment the outcome became unknown or the
/// program started.
///
/// 2, 5, 10, 20, 40, 80, 160 and 300 s, then every 300 s.
#[must_use]
pub fn search_offset(number: usize) -> Duration {
    let seconds = match SEARCH_OFFSETS.get(number) {
        Some(seconds) => *seconds,
        None => {
            let later = u64::try_from(number - (SEARCH_OFFSETS.len() - 1)).unwrap_or(u64::MAX);
            300_u64.saturating_add(later.saturating_mul(LATER_SEARCH_INTERVAL))
        }
    };
    Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_grow_apart_and_then_come_every_five_minutes() {
        let offsets: Vec<u64> = (0..12).map(|number| search_offset(number).as_secs()).collect();
        assert_eq!(offsets, [2, 5, 10, 20, 40, 80, 160, 300, 600, 900, 1200, 1500]);
        assert!((0..10_000).all(|number| search_offset(number) < search_offset(number + 1)));
        assert_eq!(search_offset(usize::MAX), Duration::from_secs(u64::MAX));
    }
}
