//! The lockout of access keys: more than five failed signatures in a row lock a key for a while (`platform.md` 3).

use std::collections::HashMap;

use crate::simulator::clock::Moment;

/// The number of failures in a row that do not yet lock a key.
const FAILURES: u32 = 5;

/// The failed signatures of each key, and the locked keys.
#[derive(Debug)]
pub(in crate::simulator) struct Lockout {
    length_ms: u64,
    keys: HashMap<String, Failures>,
}

#[derive(Debug, Default)]
struct Failures {
    in_a_row: u32,
    locked: Option<Moment>,
}

impl Lockout {
    /// Creates an empty lockout whose locks last this many milliseconds.
    pub(in crate::simulator) fn new(length_ms: u64) -> Self {
        Self { length_ms, keys: HashMap::new() }
    }

    /// Returns whether a key is locked. A lock that has expired is removed together with its failures.
    pub(in crate::simulator) fn is_locked(&mut self, access_key: &str, now: Moment) -> bool {
        let Some(since) = self.keys.get(access_key).and_then(|key| key.locked) else {
            return false;
        };
        let holds = now.since(since) < self.length_ms;
        if !holds {
            self.keys.remove(access_key);
        }
        holds
    }

    pub(in crate::simulator) fn failed(&mut self, access_key: &str, now: Moment) {
        let key = self.keys.entry(access_key.to_owned()).or_default();
        key.in_a_row += 1;
        if key.in_a_row > FAILURES {
            key.locked = Some(now);
        }
    }

    pub(in crate::simulator) fn passed(&mut self, access_key: &str) {
        self.keys.remove(access_key);
    }
}

#[cfg(test)]
mod tests {
    use super::Lockout;
    use crate::simulator::clock::Moment;

    #[test]
    fn the_sixth_failure_in_a_row_locks_a_key_for_its_time() {
        let (mut locks, start) = (Lockout::new(300_000), Moment::sample());
        for _ in 0..5 {
            locks.failed("a", start);
        }
        assert!(!locks.is_locked("a", start));
        locks.failed("a", start);
        assert!(
            locks.is_locked("a", start) && locks.is_locked("a", start.later(299_999)) && !locks.is_locked("b", start)
        );
        assert!(!locks.is_locked("a", start.later(300_000)));
        locks.failed("a", start.later(300_000));
        assert!(!locks.is_locked("a", start.later(300_000)), "the count starts anew");
    }

    #[test]
    fn a_success_forgets_the_failures() {
        let (mut locks, start) = (Lockout::new(300_000), Moment::sample());
        for _ in 0..2 {
            for _ in 0..5 {
                locks.failed("a", start);
            }
            locks.passed("a");
        }
        assert!(!locks.is_locked("a", start));
    }
}
