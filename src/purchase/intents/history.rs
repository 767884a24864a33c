//! All intents of a journal, in the order in which they were confirmed. At most one of them is
//! under way, and only the newest can be sent.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use uuid::Uuid;

use super::clock::ClockReading;
use super::entry::{Archived, Entry, Intent, Sending};
use super::evidence::Evidence;
use super::{Impossible, Standing, State};
use crate::purchase::UnknownReason;

/// What the journal says, record for record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intents {
    purchases: Vec<Purchase>,
    places: HashMap<Uuid, usize>,
    files_set_aside: BTreeSet<String>,
    loss: Option<Loss>,
    archived: Option<Archived>,
}

/// Records that may be missing from the end of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The record that `journal.last` names; `None` if that file is missing or unreadable.
    pub expected: Option<u64>,
    /// How many records there were when it was noticed.
    pub found: u64,
}

/// One intent, where it stands, and everything the journal says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    intent: Intent,
    standing: Standing,
    records: Vec<Entry>,
}

/// What a record does to the history: judged, and not yet taken over.
#[derive(Debug)]
pub(in crate::purchase) enum Step {
    Begin(Box<Purchase>),
    Move { place: usize, standing: Box<Standing> },
    SetAside { file: String, doubts: Vec<(usize, Standing)> },
    Lose { loss: Loss, doubts: Vec<(usize, Standing)> },
    Repair,
    Archive(Box<Archived>),
}

impl Intents {
    /// Adds a record, or says why it cannot follow; then nothing is changed.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), Impossible> {
        let step = self.step(entry)?;
        self.take(step, entry);
        Ok(())
    }

    /// What a record would do.
    pub(in crate::purchase) fn step(&self, entry: &Entry) -> Result<Step, Impossible> {
        match entry {
            Entry::Intent(intent) => self.begin(intent),
            Entry::SetAside { at, file, .. } => {
                let doubts = self.doubts(*at, &UnknownReason::LastRecordUnreadable);
                Ok(Step::SetAside { file: file.clone(), doubts })
            }
            Entry::RecordsLost { .. } if self.loss.is_some() => Err(Impossible::RecordsMissing { entry: entry.name() }),
            Entry::RecordsLost { at, expected, found } => {
                let doubts = self.doubts(*at, &UnknownReason::RecordsMissing);
                Ok(Step::Lose { loss: Loss { expected: *expected, found: *found }, doubts })
            }
            Entry::Repaired { .. } if self.loss.is_none() => Err(Impossible::NothingMissing),
            Entry::Repaired { .. } => Ok(Step::Repair),
            Entry::Archived(_) if *self != Self::default() => Err(Impossible::ArchivedNotFirst),
            Entry::Archived(archived) => Ok(Step::Archive(archived.clone())),
            Entry::Sending(Sending { id, .. })
            | Entry::Outcome { id, .. }
            | Entry::Interrupted { id, .. }
            | Entry::Swept { id, .. }
            | Entry::Found { id, .. }
            | Entry::NotFound { id, .. }
            | Entry::Conflict { id, .. }
            | Entry::Resolved { id, .. } => self.move_on(*id, entry),
        }
    }

    /// What is doubtful once the last record, or more of them, are lost.
    fn doubts(&self, at: Timestamp, why: &UnknownReason) -> Vec<(usize, Standing)> {
        let doubts = self.purchases.iter().enumerate().filter_map(|(place, purchase)| {
            let standing = purchase.standing.in_doubt(place + 1 == self.purchases.len(), at, why)?;
            Some((place, standing))
        });
        doubts.collect()
    }

    fn begin(&self, intent: &Intent) -> Result<Step, Impossible> {
        let id = intent.id;
        if self.loss.is_some() {
            return Err(Impossible::RecordsMissing { entry: "INTENT" });
        }
        if self.places.contains_key(&id) {
            return Err(Impossible::Repeated { id });
        }
        if let Some(other) = self.under_way() {
            return Err(Impossible::AnotherUnderWay { other: other.intent.id });
        }
        if !intent.is_whole() {
            return Err(Impossible::BodyAndHashDiffer { id });
        }
        if !intent.names_a_host() {
            return Err(Impossible::NotAHost { id });
        }
        let purchase = Purchase { intent: intent.clone(), standing: Standing::ready(), records: Vec::new() };
        Ok(Step::Begin(Box::new(purchase)))
    }

    fn move_on(&self, id: Uuid, entry: &Entry) -> Result<Step, Impossible> {
        let found = self.places.get(&id).and_then(|place| Some((*place, self.purchases.get(*place)?)));
        let Some((place, purchase)) = found else { return Err(Impossible::NoSuchIntent { id }) };
        let standing = purchase.standing.after(&purchase.intent, entry)?;
        if standing.state == State::Sending && self.loss.is_some() {
            return Err(Impossible::RecordsMissing { entry: entry.name() });
        }
        Ok(Step::Move { place, standing: Box::new(standing) })
    }

    /// Takes over what was judged.
    pub(in crate::purchase) fn take(&mut self, step: Step, entry: &Entry) {
        match step {
            Step::Begin(mut purchase) => {
                purchase.records.push(entry.clone());
                self.places.insert(purchase.intent.id, self.purchases.len());
                self.purchases.push(*purchase);
            }
            Step::Move { place, standing } => self.settle(place, *standing, entry),
            Step::SetAside { file, doubts } => {
                self.settle_all(doubts, entry);
                self.files_set_aside.insert(file);
            }
            Step::Lose { loss, doubts } => {
                self.settle_all(doubts, entry);
                self.loss = Some(loss);
            }
            Step::Repair => self.loss = None,
            Step::Archive(archived) => {
                self.files_set_aside.clone_from(&archived.files_set_aside);
                self.archived = Some(*archived);
            }
        }
    }

    fn settle_all(&mut self, doubts: Vec<(usize, Standing)>, entry: &Entry) {
        for (place, standing) in doubts {
            self.settle(place, standing, entry);
        }
    }

    fn settle(&mut self, place: usize, standing: Standing, entry: &Entry) {
        if let Some(purchase) = self.purchases.get_mut(place) {
            purchase.standing = standing;
            purchase.records.push(entry.clone());
        }
    }

    pub fn len(&self) -> usize {
        self.purchases.len()
    }

    pub fn is_empty(&self) -> bool {
        self.purchases.is_empty()
    }

    /// All purchases, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &Purchase> {
        self.purchases.iter().rev()
    }

    pub fn purchase(&self, id: Uuid) -> Option<&Purchase> {
        self.purchases.get(*self.places.get(&id)?)
    }

    pub fn state(&self, id: Uuid) -> Option<&State> {
        self.purchase(id).map(Purchase::state)
    }

    /// Those of which nobody may say yet whether they were bought, the newest first.
    pub fn unresolved(&self) -> impl Iterator<Item = &Purchase> {
        self.newest_first().filter(|purchase| purchase.state().is_unresolved())
    }

    /// Those that a person has to look at: unresolved ones and conflicts, the newest first.
    pub fn need_attention(&self) -> impl Iterator<Item = &Purchase> {
        self.newest_first().filter(|purchase| purchase.state().needs_attention())
    }

    /// The one that is on its way.
    pub fn sending(&self) -> Option<&Purchase> {
        self.purchases.last().filter(|newest| *newest.state() == State::Sending)
    }

    /// The one that was confirmed or is on its way, and is not concluded.
    pub fn under_way(&self) -> Option<&Purchase> {
        self.purchases.last().filter(|newest| newest.state().is_under_way())
    }

    /// Returns the record that concludes what an earlier run left under way.
    pub fn interruption(&self, at: Timestamp) -> Option<Entry> {
        self.under_way().map(|purchase| Entry::Interrupted { id: purchase.intent.id, at })
    }

    /// The files of lost records that the history knows of.
    pub fn files_set_aside(&self) -> &BTreeSet<String> {
        &self.files_set_aside
    }

    /// What was moved to the archive.
    pub fn archived(&self) -> Option<&Archived> {
        self.archived.as_ref()
    }

    /// What may be missing from the end, as long as the user has not accepted it: until then
    /// nothing is bought.
    pub fn loss(&self) -> Option<Loss> {
        self.loss
    }
}

impl Purchase {
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    pub fn state(&self) -> &State {
        &self.standing.state
    }

    /// Returns everything that later records about it are judged by.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Every order that was ever seen for it: none or one, or else it is a conflict, or a user resolved one.
    pub fn order_ids(&self) -> &BTreeSet<String> {
        &self.standing.order_ids
    }

    /// Returns whether a record can follow, or why not.
    pub fn may_follow(&self, entry: &Entry) -> Result<(), Impossible> {
        self.standing.after(&self.intent, entry).map(drop)
    }

    /// What the last reading saw that may be its order.
    pub fn candidates(&self) -> &BTreeSet<String> {
        &self.standing.candidates
    }

    /// Since when the order may exist: SENDING, by both clocks.
    pub fn sent_at(&self) -> Option<ClockReading> {
        self.standing.since
    }

    /// When it was concluded or said that the order does not exist.
    pub fn absent_since(&self) -> Option<ClockReading> {
        self.standing.absent_since
    }

    /// How often a list was read completely and the order was not in it.
    pub fn vain_readings(&self) -> u32 {
        self.standing.vain_readings
    }

    /// Whether the server list is still to be read, because the rejection was only reported so far.
    pub fn is_check_due(&self) -> bool {
        self.standing.is_check_due()
    }

    /// The readings without the order that count.
    pub fn evidence(&self) -> Evidence {
        self.standing.evidence(&self.intent)
    }

    /// Everything the journal says about it, oldest first.
    pub fn records(&self) -> &[Entry] {
        &self.records
    }
}
