//! All intents of a journal, in the order in which they were confirmed. At most one of them is under way, and only the
//! newest can be sent.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use uuid::Uuid;

use super::clock_reading::ClockReading;
use super::evidence::Evidence;
use super::journal_entry::{Archived, Intent, JournalEntry, Sending};
use super::{IntentState, InvalidTransition, OrderState, StateName};
use crate::purchase::UnknownReason;

/// The history of a journal, built record by record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intents {
    purchases: Vec<Purchase>,
    places: HashMap<Uuid, usize>,
    quarantined_files: BTreeSet<String>,
    loss: Option<Loss>,
    archived: Option<Archived>,
}

/// Records that may be missing from the end of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The number of the record that `journal.last` names; `None` if that file is missing or unreadable.
    pub expected: Option<u64>,
    /// The number of records when the loss was noticed.
    pub found: u64,
}

/// One intent, with its state and all records about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    intent: Intent,
    intent_state: IntentState,
    records: Vec<JournalEntry>,
}

/// The time and the result of the last reading that searched for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastReading {
    pub at: Timestamp,
    pub result: ReadingResult,
}

/// The result of a reading for one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingResult {
    /// The list shows the order, or one that may be it.
    Seen,
    NotSeen,
    /// Not seen, in a list with a flaw.
    Incomplete,
    /// The list could not be read.
    Unread,
}

/// The effect of a record on the history, checked but not applied yet.
#[derive(Debug)]
pub(in crate::purchase) enum Transition {
    Begin(Box<Purchase>),
    Move { place: usize, intent_state: Box<IntentState> },
    Quarantine { file: String, interrupted: Vec<(usize, IntentState)> },
    Lose { loss: Loss, interrupted: Vec<(usize, IntentState)> },
    Repair,
    Archive(Box<Archived>),
}

impl Intents {
    /// Applies a record. On failure, the record cannot follow, and nothing is changed.
    pub fn apply(&mut self, entry: &JournalEntry) -> Result<(), InvalidTransition> {
        let step = self.transition(entry)?;
        self.take(step, entry);
        Ok(())
    }

    /// Checks a record, and returns its effect without applying it.
    pub(in crate::purchase) fn transition(&self, entry: &JournalEntry) -> Result<Transition, InvalidTransition> {
        match entry {
            JournalEntry::Intent(intent) => self.begin(intent),
            JournalEntry::Quarantined { at, file, .. } => {
                let interrupted = self.interrupted(*at, &UnknownReason::LastRecordUnreadable);
                Ok(Transition::Quarantine { file: file.clone(), interrupted })
            }
            JournalEntry::RecordsLost { .. } if self.loss.is_some() => {
                Err(InvalidTransition::RecordsMissing { entry: entry.name() })
            }
            JournalEntry::RecordsLost { at, expected, found } => {
                let interrupted = self.interrupted(*at, &UnknownReason::RecordsMissing);
                Ok(Transition::Lose { loss: Loss { expected: *expected, found: *found }, interrupted })
            }
            JournalEntry::Repaired { .. } if self.loss.is_none() => Err(InvalidTransition::NothingMissing),
            JournalEntry::Repaired { .. } => Ok(Transition::Repair),
            JournalEntry::Archived(_) if *self != Self::default() => Err(InvalidTransition::ArchivedNotFirst),
            JournalEntry::Archived(archived) => Ok(Transition::Archive(archived.clone())),
            JournalEntry::Sending(Sending { id, .. })
            | JournalEntry::Outcome { id, .. }
            | JournalEntry::Interrupted { id, .. }
            | JournalEntry::Reading { id, .. }
            | JournalEntry::Found { id, .. }
            | JournalEntry::NotFound { id, .. }
            | JournalEntry::Conflict { id, .. }
            | JournalEntry::Resolved { id, .. } => self.move_on(*id, entry),
        }
    }

    /// Returns the purchases, by index, that become doubtful if the last record, or more of them, are lost, with their
    /// new states.
    fn interrupted(&self, at: Timestamp, why: &UnknownReason) -> Vec<(usize, IntentState)> {
        let interrupted = self.purchases.iter().enumerate().filter_map(|(place, purchase)| {
            let intent_state = purchase.intent_state.in_doubt(place + 1 == self.purchases.len(), at, why)?;
            Some((place, intent_state))
        });
        interrupted.collect()
    }

    fn begin(&self, intent: &Intent) -> Result<Transition, InvalidTransition> {
        let id = intent.id;
        if self.loss.is_some() {
            return Err(InvalidTransition::RecordsMissing { entry: StateName::Intent.as_str() });
        }
        if self.places.contains_key(&id) {
            return Err(InvalidTransition::Repeated { id });
        }
        if let Some(other) = self.under_way() {
            return Err(InvalidTransition::AnotherUnderWay { other: other.intent.id });
        }
        if !intent.is_whole() {
            return Err(InvalidTransition::BodyAndHashDiffer { id });
        }
        if !intent.names_a_host() {
            return Err(InvalidTransition::NotAHost { id });
        }
        let purchase = Purchase { intent: intent.clone(), intent_state: IntentState::ready(), records: Vec::new() };
        Ok(Transition::Begin(Box::new(purchase)))
    }

    fn move_on(&self, id: Uuid, entry: &JournalEntry) -> Result<Transition, InvalidTransition> {
        let found = self.places.get(&id).and_then(|place| Some((*place, self.purchases.get(*place)?)));
        let Some((place, purchase)) = found else { return Err(InvalidTransition::NoSuchIntent { id }) };
        let intent_state = purchase.intent_state.after(&purchase.intent, entry)?;
        if intent_state.state == OrderState::Sending && self.loss.is_some() {
            return Err(InvalidTransition::RecordsMissing { entry: entry.name() });
        }
        Ok(Transition::Move { place, intent_state: Box::new(intent_state) })
    }

    /// Applies the effect of a record that was checked.
    pub(in crate::purchase) fn take(&mut self, step: Transition, entry: &JournalEntry) {
        match step {
            Transition::Begin(mut purchase) => {
                purchase.records.push(entry.clone());
                self.places.insert(purchase.intent.id, self.purchases.len());
                self.purchases.push(*purchase);
            }
            Transition::Move { place, intent_state } => self.settle(place, *intent_state, entry),
            Transition::Quarantine { file, interrupted } => {
                self.settle_all(interrupted, entry);
                self.quarantined_files.insert(file);
            }
            Transition::Lose { loss, interrupted } => {
                self.settle_all(interrupted, entry);
                self.loss = Some(loss);
            }
            Transition::Repair => self.loss = None,
            Transition::Archive(archived) => {
                self.quarantined_files.clone_from(&archived.quarantined_files);
                self.archived = Some(*archived);
            }
        }
    }

    fn settle_all(&mut self, interrupted: Vec<(usize, IntentState)>, entry: &JournalEntry) {
        for (place, intent_state) in interrupted {
            self.settle(place, intent_state, entry);
        }
    }

    fn settle(&mut self, place: usize, intent_state: IntentState, entry: &JournalEntry) {
        if let Some(purchase) = self.purchases.get_mut(place) {
            purchase.intent_state = intent_state;
            purchase.records.push(entry.clone());
        }
    }

    pub fn len(&self) -> usize {
        self.purchases.len()
    }

    pub fn is_empty(&self) -> bool {
        self.purchases.is_empty()
    }

    /// Returns all purchases, newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Purchase> {
        self.purchases.iter().rev()
    }

    pub fn purchase(&self, id: Uuid) -> Option<&Purchase> {
        self.purchases.get(*self.places.get(&id)?)
    }

    pub fn state(&self, id: Uuid) -> Option<&OrderState> {
        self.purchase(id).map(Purchase::state)
    }

    /// Returns the purchases whose outcome is still open, newest first.
    pub fn unresolved(&self) -> impl Iterator<Item = &Purchase> {
        self.newest_first().filter(|purchase| purchase.state().is_unresolved())
    }

    /// Returns the purchases that the user has to look at, newest first: unresolved ones and conflicts.
    pub fn need_attention(&self) -> impl Iterator<Item = &Purchase> {
        self.newest_first().filter(|purchase| purchase.state().needs_attention())
    }

    /// Returns the purchase that is being sent, if there is one.
    pub fn sending(&self) -> Option<&Purchase> {
        self.purchases.last().filter(|newest| *newest.state() == OrderState::Sending)
    }

    /// Returns the purchase that was confirmed or is being sent and is not concluded, if there is one.
    pub fn under_way(&self) -> Option<&Purchase> {
        self.purchases.last().filter(|newest| newest.state().is_under_way())
    }

    /// Returns the record that concludes a purchase that an earlier run left under way, if there is one.
    pub fn interruption(&self, at: Timestamp) -> Option<JournalEntry> {
        self.under_way().map(|purchase| JournalEntry::Interrupted { id: purchase.intent.id, at })
    }

    /// Returns the names of the files of lost records that the history has recorded.
    pub fn quarantined_files(&self) -> &BTreeSet<String> {
        &self.quarantined_files
    }

    /// Returns the totals of the orders that were moved to the archive; `None` if there are none.
    pub fn archived(&self) -> Option<&Archived> {
        self.archived.as_ref()
    }

    /// Returns the records that may be missing from the end, until the user accepts that. Until then nothing is bought.
    pub fn loss(&self) -> Option<Loss> {
        self.loss
    }
}

impl Purchase {
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    pub fn state(&self) -> &OrderState {
        &self.intent_state.state
    }

    /// Returns when the order entered its current state, by the time of the record that caused it.
    pub fn state_since(&self) -> Timestamp {
        let (mut now, mut since) = (IntentState::ready(), self.intent.at);
        for entry in &self.records {
            let next = match entry {
                // Only those that the loss of records made doubtful have such a record.
                JournalEntry::Quarantined { at, .. } => now.in_doubt(true, *at, &UnknownReason::LastRecordUnreadable),
                JournalEntry::RecordsLost { at, .. } => now.in_doubt(true, *at, &UnknownReason::RecordsMissing),
                JournalEntry::Intent(_)
                | JournalEntry::Sending(_)
                | JournalEntry::Outcome { .. }
                | JournalEntry::Interrupted { .. }
                | JournalEntry::Reading { .. }
                | JournalEntry::Found { .. }
                | JournalEntry::NotFound { .. }
                | JournalEntry::Conflict { .. }
                | JournalEntry::Resolved { .. }
                | JournalEntry::Repaired { .. }
                | JournalEntry::Archived(_) => now.after(&self.intent, entry).ok(),
            };
            let Some(next) = next else { continue };
            if next.state.name() != now.state.name() {
                since = entry.at();
            }
            now = next;
        }
        since
    }

    /// Returns the last reading that searched for the order, if there was one.
    pub fn last_reading(&self) -> Option<LastReading> {
        self.records.iter().rev().find_map(|entry| match entry {
            JournalEntry::Reading { at, complete, order_ids, candidates, flaws, .. } => Some(LastReading {
                at: *at,
                result: match (complete, order_ids.is_empty() && candidates.is_empty(), flaws.is_empty()) {
                    (_, false, _) => ReadingResult::Seen,
                    (true, true, _) => ReadingResult::NotSeen,
                    (false, true, false) => ReadingResult::Incomplete,
                    (false, true, true) => ReadingResult::Unread,
                },
            }),
            JournalEntry::Intent(_)
            | JournalEntry::Sending(_)
            | JournalEntry::Outcome { .. }
            | JournalEntry::Interrupted { .. }
            | JournalEntry::Found { .. }
            | JournalEntry::NotFound { .. }
            | JournalEntry::Conflict { .. }
            | JournalEntry::Resolved { .. }
            | JournalEntry::Quarantined { .. }
            | JournalEntry::RecordsLost { .. }
            | JournalEntry::Repaired { .. }
            | JournalEntry::Archived(_) => None,
        })
    }

    /// Returns the state against which later records about the order are checked.
    pub fn intent_state(&self) -> &IntentState {
        &self.intent_state
    }

    /// Returns the id of every order that was ever seen for this intent: at most one, except in a conflict or after a
    /// user resolved one.
    pub fn order_ids(&self) -> &BTreeSet<String> {
        &self.intent_state.order_ids
    }

    /// Checks whether a record can follow; the error says why not.
    pub fn may_follow(&self, entry: &JournalEntry) -> Result<(), InvalidTransition> {
        self.intent_state.after(&self.intent, entry).map(drop)
    }

    /// Returns the orders in the last reading that may be this one.
    pub fn candidates(&self) -> &BTreeSet<String> {
        &self.intent_state.candidates
    }

    /// Returns the time from which the order may exist, by both clocks: that of SENDING, or of a loss that may include
    /// SENDING.
    pub fn sent_at(&self) -> Option<ClockReading> {
        self.intent_state.since
    }

    /// Returns when it was concluded, or stated by the user, that the order does not exist.
    pub fn absent_since(&self) -> Option<ClockReading> {
        self.intent_state.absent_since
    }

    /// Returns how many complete readings did not show the order.
    pub fn empty_readings(&self) -> u32 {
        self.intent_state.empty_readings
    }

    /// Returns whether the server list still has to be read, because the rejection was only reported so far.
    pub fn is_check_due(&self) -> bool {
        self.intent_state.is_check_due()
    }

    /// Returns the evidence of the readings that count and did not show the order.
    pub fn evidence(&self) -> Evidence {
        self.intent_state.evidence(&self.intent)
    }

    /// Returns all records about the purchase, oldest first.
    pub fn records(&self) -> &[JournalEntry] {
        &self.records
    }
}
