//! Answers of earlier orders: for each field, the answer of the last order and the number of orders with each answer.

use std::collections::BTreeMap;

use crate::i18n::tr;
use crate::order::{Draft, FieldId};

use super::control::Control;
use super::field_table::FIELDS;

/// The earlier use of one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastUse {
    /// Number of orders with this answer, at least one.
    pub count: u32,
    /// True if the newest order has this answer.
    pub is_last: bool,
}

impl PastUse {
    /// Returns `last`, or the count such as `3x`: at most four cells.
    #[must_use]
    pub fn word(self) -> String {
        if self.is_last { tr!("last") } else { format!("{}x", self.count.min(999)) }
    }

    /// Returns the use as a sentence, with the count and whether the last order had it.
    #[must_use]
    pub fn sentence(self) -> String {
        if self.is_last {
            tr!("chosen in {n} order, the last one too" | "chosen in {n} orders, the last one too" % self.count)
        } else {
            tr!("chosen in {n} order" | "chosen in {n} orders" % self.count)
        }
    }
}

/// The answers of one field that were used before.
pub type PastUses = BTreeMap<String, PastUse>;

/// The answers that were used before, for every field that is picked from a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recents(BTreeMap<FieldId, PastUses>);

impl Recents {
    /// Counts the picker answers of earlier orders, which are passed newest first.
    pub fn from_orders(orders: impl IntoIterator<Item = Draft>) -> Self {
        let mut recents = Self::default();
        for (age, order) in orders.into_iter().enumerate() {
            for row in FIELDS.iter().filter(|row| (row.shown)(&order)) {
                let Control::Picker { slot, .. } = row.control else { continue };
                let value = (slot.read)(&order);
                if !value.is_empty() {
                    let used = recents.0.entry(row.id).or_default().entry(value.to_owned()).or_default();
                    used.count = used.count.saturating_add(1);
                    used.is_last = used.is_last || age == 0;
                }
            }
        }
        recents
    }

    /// Returns the answers of a field that were used before.
    #[must_use]
    pub fn of_field(&self, field: FieldId) -> PastUses {
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
        let recents = Recents::from_orders([order("b", ""), order("a", "k"), order("a", "k"), order("b", "k")]);
        let servers = recents.of_field(FieldId::ServerFlavor);
        assert_eq!(servers["b"], PastUse { count: 2, is_last: true });
        assert_eq!(servers["a"], PastUse { count: 2, is_last: false });
        let keys = recents.of_field(FieldId::KeyPair);
        assert_eq!(keys.len(), 1, "no answer is none");
        assert_eq!(keys["k"], PastUse { count: 3, is_last: false });
        assert_eq!(recents.of_field(FieldId::Count), PastUses::new());
        assert_eq!(Recents::from_orders([]), Recents::default());
    }

    #[test]
    fn an_answer_that_an_order_has_no_use_for_is_none() {
        let mut draft = order("a", "");
        draft.bandwidth_id = "b".into();
        assert_eq!(Recents::from_orders([draft.clone()]).of_field(FieldId::BandwidthId), PastUses::new());
        draft.bandwidth = BandwidthKind::ExistingShared;
        assert_eq!(Recents::from_orders([draft]).of_field(FieldId::BandwidthId).len(), 1);
    }

    #[test]
    fn a_use_is_said_in_a_word_and_in_a_sentence() {
        assert_eq!(PastUse { count: 3, is_last: false }.word(), "3x");
        assert_eq!(PastUse { count: 5_000, is_last: false }.word(), "999x");
        assert_eq!(PastUse { count: 3, is_last: true }.word(), "last");
        assert_eq!(PastUse { count: 1, is_last: true }.sentence(), "chosen in 1 order, the last one too");
        assert_eq!(PastUse { count: 3, is_last: false }.sentence(), "chosen in 3 orders");
    }
}
