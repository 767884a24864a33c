//! Hashing of states by what matters to the rules, so that an exhaustive test can determine which of them are
//! equivalent.

use std::hash::{Hash, Hasher};

use super::evidence::CountedReadings;
use super::{ClockReading, IntentState};

impl Hash for IntentState {
    /// Hashes what later records are checked against, except the moments and the candidates. Leaves out what is only
    /// displayed: the text of a reason, and the number of readings that did not show the order.
    fn hash<H: Hasher>(&self, to: &mut H) {
        let Self { state, since: _, empty_readings: _, counted, absent_since: _, order_ids, candidates: _ } = self;
        (state.name(), counted.number, order_ids).hash(to);
    }
}

impl IntentState {
    /// Returns the times that the rules compare with later records: that of SENDING, of the first, the last but one and
    /// the last counted reading, and of the conclusion that the order is absent.
    #[must_use]
    pub fn moments(&self) -> [Option<ClockReading>; 5] {
        let CountedReadings { number: _, first, last_but_one, last } = self.counted;
        [self.since, first, last_but_one, last, self.absent_since]
    }
}
