//! A second, independent implementation of the history: a table of letters, and lists instead of sums.

use std::collections::BTreeSet;

use crate::purchase::Outcome;
use crate::purchase::intents::tests::fixtures::{at, id, intent};
use crate::purchase::intents::{Intents, JournalEntry, Sending};

/// The state after a record. Rows: the state of an intent. Columns: Sending, Accepted, Refused, Not sent, Unknown,
/// Interrupted, sWept, Found, not found (Missing), confLict, resolved by a user: placed, not Placed.
const TABLE: [(char, &str); 10] = [
    ('I', "S..N.N......"),
    ('S', ".ARNUU......"),
    ('A', "......A..L.."),
    ('R', "......R..L.."),
    ('N', "............"),
    ('U', "......UFMLFP"),
    ('F', "......F..L.."),
    ('M', "......MF.LFP"),
    ('L', "......L..LFP"),
    ('P', "......PF.L.."),
];

#[derive(Debug, Clone, Default)]
pub struct Model {
    pub told: Vec<ExpectedState>,
}

/// The expected state of one intent. Its number is its position, from 1.
#[derive(Debug, Clone)]
pub struct ExpectedState {
    pub letter: char,
    pub begun: i64,
    since: Option<i64>,
    /// Set if the clocks were compared when the order was sent.
    is_measured: bool,
    /// The times of the readings that count, in seconds.
    in_vain: Vec<i64>,
    pub orders: BTreeSet<String>,
}

fn second(entry: &JournalEntry) -> i64 {
    entry.at().as_second() - at(0).as_second()
}

fn column(entry: &JournalEntry) -> usize {
    match entry {
        JournalEntry::Sending { .. } => 0,
        JournalEntry::Outcome { outcome: Outcome::Accepted(_), .. } => 1,
        JournalEntry::Outcome { outcome: Outcome::Rejected(_), .. } => 2,
        JournalEntry::Outcome { outcome: Outcome::NotSent(_), .. } => 3,
        JournalEntry::Outcome { outcome: Outcome::Unknown(_), .. } => 4,
        JournalEntry::Interrupted { .. } => 5,
        JournalEntry::Reading { .. } => 6,
        JournalEntry::Found { .. } => 7,
        JournalEntry::NotFound { .. } => 8,
        JournalEntry::Conflict { .. } => 9,
        JournalEntry::Resolved { order_ids, .. } if !order_ids.is_empty() => 10,
        JournalEntry::Resolved { .. } => 11,
        JournalEntry::Intent(_)
        | JournalEntry::Quarantined { .. }
        | JournalEntry::RecordsLost { .. }
        | JournalEntry::Repaired { .. }
        | JournalEntry::Archived(_) => {
            panic!("these have no column")
        }
    }
}

impl ExpectedState {
    pub fn evidence(&self) -> (u32, u64) {
        let quiet = match self.in_vain.as_slice() {
            [first, .., last_but_one, _] => last_but_one - first,
            _ => 0,
        };
        (u32::try_from(self.in_vain.len()).unwrap(), u64::try_from(quiet).unwrap())
    }

    fn allows(&self, number: usize, entry: &JournalEntry) -> bool {
        let known_and = |ids: &BTreeSet<String>| self.orders.union(ids).count();
        match entry {
            JournalEntry::Sending(Sending { body_hash, .. }) => *body_hash == intent(number as u64, 0).body_hash,
            JournalEntry::Found { order_id, .. } => known_and(&BTreeSet::from([order_id.clone()])) == 1,
            JournalEntry::NotFound { readings, quiet_seconds, .. } => {
                let (vain, quiet) = self.evidence();
                self.orders.is_empty() && vain >= 5 && quiet >= 1200 && (*readings, *quiet_seconds) == (vain, quiet)
            }
            JournalEntry::Conflict { order_ids, .. } => {
                let least = if "RL".contains(self.letter) { 1 } else { 2 };
                order_ids.len() >= least && known_and(order_ids) == order_ids.len()
            }
            JournalEntry::Resolved { order_ids, .. } => {
                let since = self.since.unwrap_or(self.begun);
                let is_late = second(entry) - since >= 900;
                known_and(order_ids) == order_ids.len() && (!order_ids.is_empty() || is_late)
            }
            JournalEntry::Outcome { .. } | JournalEntry::Interrupted { .. } | JournalEntry::Reading { .. } => true,
            JournalEntry::Intent(_)
            | JournalEntry::Quarantined { .. }
            | JournalEntry::RecordsLost { .. }
            | JournalEntry::Repaired { .. }
            | JournalEntry::Archived(_) => {
                panic!("not about one intent")
            }
        }
    }

    fn apply(&mut self, entry: &JournalEntry) {
        let mut has_new = false;
        match entry {
            JournalEntry::Sending { .. } => {
                (self.since, self.is_measured) = (Some(second(entry)), true);
            }
            JournalEntry::Outcome { outcome: Outcome::Accepted(receipt), .. } => {
                self.orders.insert(receipt.order_id.clone());
            }
            JournalEntry::Outcome { outcome: Outcome::NotSent(_), .. } => self.since = None,
            JournalEntry::Reading { complete, order_ids, .. } => {
                let before = self.in_vain.last().copied().or(self.since);
                let is_apart = before.is_some_and(|before| second(entry) - before >= 60);
                if *complete && order_ids.is_empty() && is_apart && self.is_measured {
                    self.in_vain.push(second(entry));
                }
                has_new = !order_ids.is_subset(&self.orders);
                self.orders.extend(order_ids.iter().cloned());
            }
            JournalEntry::Resolved { order_ids, .. } => self.orders.clone_from(order_ids),
            JournalEntry::Found { order_id, .. } => drop(self.orders.insert(order_id.clone())),
            JournalEntry::Conflict { order_ids, .. } => self.orders.extend(order_ids.iter().cloned()),
            JournalEntry::Outcome { .. } | JournalEntry::Interrupted { .. } | JournalEntry::NotFound { .. } => {}
            JournalEntry::Intent(_)
            | JournalEntry::Quarantined { .. }
            | JournalEntry::RecordsLost { .. }
            | JournalEntry::Repaired { .. }
            | JournalEntry::Archived(_) => {
                panic!("not about one intent")
            }
        }
        let row = TABLE.iter().find(|(letter, _)| *letter == self.letter).unwrap().1;
        self.letter = row.chars().nth(column(entry)).unwrap();
        if has_new && (self.orders.len() > 1 || self.letter == 'R') {
            self.letter = 'L';
        } else if has_new && "MP".contains(self.letter) {
            self.letter = 'U';
        }
    }

    fn name(&self) -> &'static str {
        match self.letter {
            'I' => "INTENT",
            'S' => "SENDING",
            'A' => "ACCEPTED",
            'R' => "REJECTED",
            'N' => "NOT_SENT",
            'U' => "UNKNOWN",
            'F' => "FOUND",
            'M' => "NOT_FOUND",
            'L' => "CONFLICT",
            'P' => "NOT_PLACED",
            other => panic!("{other}"),
        }
    }
}

impl Model {
    fn place(entry: &JournalEntry) -> usize {
        (0..99).find(|place| entry.id() == Some(id(*place as u64 + 1))).unwrap()
    }

    pub fn is_under_way(&self) -> bool {
        self.told.iter().any(|told| "IS".contains(told.letter))
    }

    pub fn allows(&self, entry: &JournalEntry) -> bool {
        let place = Self::place(entry);
        if matches!(entry, JournalEntry::Intent(_)) {
            return place == self.told.len() && !self.is_under_way();
        }
        let Some(told) = self.told.get(place) else { return false };
        let row = TABLE.iter().find(|(letter, _)| *letter == told.letter).unwrap().1;
        !row[column(entry)..].starts_with('.') && told.allows(place + 1, entry)
    }

    pub fn apply(&mut self, entry: &JournalEntry) {
        if matches!(entry, JournalEntry::Intent(_)) {
            let begun = second(entry);
            let orders = BTreeSet::new();
            self.told.push(ExpectedState {
                letter: 'I',
                begun,
                since: None,
                is_measured: false,
                in_vain: Vec::new(),
                orders,
            });
        } else {
            self.told[Self::place(entry)].apply(entry);
        }
    }

    /// Applies a restart of the program at a time, with a torn record or without.
    pub fn restart(&mut self, now: i64, is_torn: bool) {
        let newest = self.told.len();
        for (place, told) in self.told.iter_mut().enumerate() {
            let is_newest = place + 1 == newest;
            match told.letter {
                'I' if is_torn && is_newest => {
                    (told.letter, told.since, told.is_measured) = ('U', Some(now), false);
                }
                'M' | 'P' if is_torn => {
                    told.letter = 'U';
                    told.in_vain.clear();
                }
                'I' => told.letter = 'N',
                'S' => told.letter = 'U',
                _ => {}
            }
        }
    }

    /// Asserts that the history agrees with the model.
    pub fn agrees(&self, intents: &Intents) {
        assert_eq!(intents.len(), self.told.len());
        for (number, told) in (1..).zip(&self.told) {
            let purchase = intents.purchase(id(number)).unwrap();
            assert_eq!(purchase.state().name(), told.name(), "intent {number}");
            assert_eq!(purchase.order_ids(), &told.orders, "intent {number}");
            let evidence = purchase.evidence();
            assert_eq!((evidence.readings, evidence.quiet_seconds), told.evidence(), "intent {number}");
        }
        let are_sending = self.told.iter().filter(|told| told.letter == 'S').count();
        assert_eq!(usize::from(intents.sending().is_some()), are_sending, "at most one is on its way");
        let open = self.told.iter().filter(|told| "ISU".contains(told.letter)).count();
        assert_eq!(intents.unresolved().count(), open);
    }
}
