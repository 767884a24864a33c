//! What was chosen before: per field, which answer the last order had and how often each was given.

use std::collections::BTreeMap;

use crate::order::{Draft, FieldId};
use crate::words::tr;

use super::control::Control;
use super::steps::FIELDS;

/// How an answer was used before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Use {
    /// Orders that had it, at least one.
    pub count: u32,
    /// The newest order had it.
    pub is_last: bool,
}

impl Use {
    /// `last`, or `3x`: at most four cells.
    #[must_use]
    pub fn word(self) -> String {
        if self.is_last { tr!("last") } else { format!("{}x", self.count.min(999)) }
    }

    /// The whole of it.
    #[must_use]
    pub fn sentence(self) -> String {
        if self.is_last {
            tr!("chosen in {n} order, the last one too" | "chosen in {n} orders, the last one too" % self.count)
        } else {
            tr!("chosen in {n} order" | "chosen in {n} orders" % self.count)
        }
    }
}

/// The answers of a field that were used before.
pub type Uses = BTreeMap<String, Use>;

/// The answers that were used before, of every field that is picked from a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habits(BTreeMap<FieldId, Uses>);

impl Habits {
    /// What orders, the newest first, say about habits.
    pub fn of(orders: impl IntoIterator<Item = Draft>) -> Self {
        let mut habits = Self::default();
        for (age, order) in orders.into_iter().enumerate() {
            for row in FIELDS.iter().filter(|row| (row.shown)(&order)) {
                let Control::Picker { slot, .. } = row.control else { continue };
                let value = (slot.read)(&order);
                if !value.is_empty() {
                    let used = habits.0.entry(row.id).or_default().entry(value.to_owned()).or_default();
                    used.count = used.count.saturating_add(1);
                    used.is_last = used.is_last || age == 0;
                }
            }
        }
        habits
    }

    /// The answers of a field that were used before.
    #[must_use]
    pub fn of_field(&self, field: FieldId) -> Uses {
        self.0.get(&field).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::BandwidthKind;

    fn order(server: &str, key: &str) -> Draft {
        Draft { server_flavor: server.into(), key_pair: key.into(), ..Draft::default() }
    }

    #[test]
    fn answers_are_counted_and_the_newest_order_is_the_last() {
        let habits = Habits::of([order("b", ""), order("a", "k"), order("a", "k"), order("b", "k")]);
        let servers = habits.of_field(FieldId::ServerFlavor);
        assert_eq!(servers["b"], Use { count: 2, is_last: true });
        assert_eq!(servers["a"], Use { count: 2, is_last: false });
        let keys = habits.of_field(FieldId::KeyPair);
        assert_eq!(keys.len(), 1, "no answer is none");
        assert_eq!(keys["k"], Use { count: 3, is_last: false });
        assert_eq!(habits.of_field(FieldId::Count), Uses::new());
        assert_eq!(Habits::of([]), Habits::default());
    }

    #[test]
    fn an_answer_that_an_order_has_no_use_for_is_none() {
        let mut draft = order("a", "");
        draft.bandwidth_id = "b".into();
        assert_eq!(Habits::of([draft.clone()]).of_field(FieldId::BandwidthId), Uses::new());
        draft.bandwidth = BandwidthKind::ExistingShared;
        assert_eq!(Habits::of([draft]).of_field(FieldId::BandwidthId).len(), 1);
    }

    #[test]
    fn a_use_is_said_in_a_word_and_in_a_sentence() {
        assert_eq!(Use { count: 3, is_last: false }.word(), "3x");
        assert_eq!(Use { count: 5_000, is_last: false }.word(), "999x");
        assert_eq!(Use { count: 3, is_last: true }.word(), "last");
        assert_eq!(Use { count: 1, is_last: true }.sentence(), "chosen in 1 order, the last one too");
        assert_eq!(Use { count: 3, is_last: false }.sentence(), "chosen in 3 orders");
    }
}
