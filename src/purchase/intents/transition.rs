//! The effect of one record on one intent, or the reason why it cannot follow. A record is checked against the current
//! state, which does not change until the result is applied.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::clock_reading::ClockReading;
use super::evidence::{CountedReadings, Evidence, MIN_READING_INTERVAL, REJECTION_CHECKS, horizon_seconds};
use super::journal_entry::{Intent, Sending};
use super::list_source::ListSource;
use super::order_id::is_order_id;
use super::{FoundBy, InvalidTransition, JournalEntry, OrderState};
use crate::purchase::{NotSent, NotSentReason, Outcome, UnknownReason};

/// The time after SENDING during which the user cannot state that an order was not placed: it may not be listed
/// anywhere yet.
pub const MIN_AGE_FOR_NOT_PLACED: SignedDuration = SignedDuration::from_mins(15);

/// The state of an intent, with the facts that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntentState {
    pub(super) state: OrderState,
    /// The time from which the order may exist.
    pub(super) since: Option<ClockReading>,
    /// The number of complete readings without the order, whether they count or not.
    pub(super) empty_readings: u32,
    /// The readings that count: far enough apart, by measured clocks, of a list that would show the order.
    pub(super) counted: CountedReadings,
    /// The time at which it was concluded, or stated by the user, that the order does not exist.
    pub(super) absent_since: Option<ClockReading>,
    pub(super) order_ids: BTreeSet<String>,
    /// The orders in the last reading that may be this one.
    pub(super) candidates: BTreeSet<String>,
}

type TransitionResult = Result<IntentState, InvalidTransition>;

/// The facts of one reading of a list.
struct Reading<'a> {
    at: ClockReading,
    source: ListSource,
    complete: bool,
    order_ids: &'a BTreeSet<String>,
    candidates: &'a BTreeSet<String>,
}

impl IntentState {
    pub(super) fn ready() -> Self {
        Self {
            state: OrderState::Ready,
            since: None,
            empty_readings: 0,
            counted: CountedReadings::default(),
            absent_since: None,
            order_ids: BTreeSet::new(),
            candidates: BTreeSet::new(),
        }
    }

    /// Returns the evidence of absence that the readings have given so far.
    pub(super) fn evidence(&self, intent: &Intent) -> Evidence {
        Evidence {
            readings: self.counted.number,
            quiet_seconds: self.counted.quiet_seconds(),
            horizon_seconds: horizon_seconds(intent.credentials),
        }
    }

    /// Returns whether the server list is still to be read, because a rejection was only reported so far.
    pub(super) fn is_check_due(&self) -> bool {
        matches!(self.state, OrderState::Rejected(_)) && self.counted.number < REJECTION_CHECKS
    }

    /// Returns the state after a record about this intent, or why the record cannot follow.
    pub(super) fn after(&self, intent: &Intent, entry: &JournalEntry) -> TransitionResult {
        match entry {
            JournalEntry::Intent(again) => Err(InvalidTransition::Repeated { id: again.id }),
            JournalEntry::Sending(Sending { at, body_hash, clock_ahead, .. }) => {
                self.sending(intent, entry, ClockReading { at: *at, ahead: *clock_ahead }, body_hash)
            }
            JournalEntry::Outcome { outcome, .. } => self.concluded(intent, entry, outcome),
            JournalEntry::Interrupted { .. } => self.interrupted(intent, entry),
            JournalEntry::Reading { at, clock_ahead, source, complete, order_ids, candidates, .. } => {
                let at = ClockReading { at: *at, ahead: *clock_ahead };
                let reading = Reading { at, source: *source, complete: *complete, order_ids, candidates };
                self.apply_reading(intent, entry, &reading)
            }
            JournalEntry::Found { order_id, .. } => self.found(intent, entry, order_id),
            // The first version concluded it from a list that does not show unpaid orders.
            JournalEntry::NotFound { source: None, .. } => self.not_found_by_servers(intent, entry),
            JournalEntry::NotFound { at, clock_ahead, source: Some(source), readings, quiet_seconds, .. } => {
                let at = ClockReading { at: *at, ahead: *clock_ahead };
                self.not_found(intent, entry, at, *source, (*readings, *quiet_seconds))
            }
            JournalEntry::Conflict { order_ids, .. } => self.conflicting(intent, entry, order_ids),
            JournalEntry::Resolved { order_ids, .. } => self.resolved(intent, entry, entry.written(), order_ids),
            // These records are about the whole history, which asks `in_doubt` of each intent.
            JournalEntry::Quarantined { .. }
            | JournalEntry::RecordsLost { .. }
            | JournalEntry::Repaired { .. }
            | JournalEntry::Archived(_) => Ok(self.clone()),
        }
    }

    fn sending(&self, intent: &Intent, entry: &JournalEntry, at: ClockReading, body_hash: &str) -> TransitionResult {
        match &self.state {
            OrderState::Ready => {}
            OrderState::NotSent(_)
            | OrderState::Sending
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::Unknown(_)
            | OrderState::Found { .. }
            | OrderState::NotFound
            | OrderState::Conflict
            | OrderState::NotPlaced => return Err(self.cannot(intent, entry)),
        }
        if body_hash != intent.body_hash {
            return Err(InvalidTransition::OtherBytes { id: intent.id });
        }
        Ok(Self { state: OrderState::Sending, since: Some(at), ..self.clone() })
    }

    fn concluded(&self, intent: &Intent, entry: &JournalEntry, outcome: &Outcome) -> TransitionResult {
        let next = Self { state: outcome.into(), ..self.clone() };
        match (&self.state, outcome) {
            (OrderState::Sending, Outcome::Accepted(receipt)) => {
                let order_ids = self.order_ids_with(intent, &receipt.order_id)?;
                Ok(Self { order_ids, ..next })
            }
            // Not sent from the start: the connection failed before the request began, and there is no SENDING.
            (OrderState::Sending, Outcome::Rejected(_) | Outcome::Unknown(_))
            | (OrderState::Ready, Outcome::NotSent(_)) => Ok(next),
            (OrderState::Sending, Outcome::NotSent(_)) => Ok(Self { since: None, ..next }),
            (
                OrderState::Ready
                | OrderState::NotSent(_)
                | OrderState::Accepted(_)
                | OrderState::Rejected(_)
                | OrderState::Unknown(_)
                | OrderState::Found { .. }
                | OrderState::NotFound
                | OrderState::Conflict
                | OrderState::NotPlaced,
                Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_),
            ) => Err(self.cannot(intent, entry)),
        }
    }

    fn interrupted(&self, intent: &Intent, entry: &JournalEntry) -> TransitionResult {
        match &self.state {
            OrderState::Ready => {
                let reason = NotSentReason::Interrupted;
                Ok(Self { state: OrderState::NotSent(NotSent { reason }), ..self.clone() })
            }
            OrderState::Sending => Ok(Self { state: OrderState::doubt(UnknownReason::Interrupted), ..self.clone() }),
            OrderState::NotSent(_)
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::Unknown(_)
            | OrderState::Found { .. }
            | OrderState::NotFound
            | OrderState::Conflict
            | OrderState::NotPlaced => Err(self.cannot(intent, entry)),
        }
    }

    fn apply_reading(&self, intent: &Intent, entry: &JournalEntry, reading: &Reading) -> TransitionResult {
        check_ids(intent, reading.order_ids.iter())?;
        match &self.state {
            OrderState::Unknown(_)
            | OrderState::NotFound
            | OrderState::NotPlaced
            | OrderState::Found { .. }
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::Conflict => {}
            OrderState::Ready | OrderState::Sending | OrderState::NotSent(_) => return Err(self.cannot(intent, entry)),
        }
        let mut next = self.clone();
        next.order_ids.extend(reading.order_ids.iter().cloned());
        next.candidates.clone_from(reading.candidates);
        if reading.complete && reading.order_ids.is_empty() && reading.candidates.is_empty() {
            next.empty_readings = self.empty_readings.saturating_add(1);
            if self.counts(reading) {
                next.counted.add(reading.at);
            }
        }
        let has_new = !reading.order_ids.is_subset(&self.order_ids);
        next.state = match &self.state {
            // Sent once, said to be rejected, and there all the same.
            OrderState::Rejected(_) if has_new => OrderState::Conflict,
            OrderState::Unknown(_)
            | OrderState::NotFound
            | OrderState::NotPlaced
            | OrderState::Found { .. }
            | OrderState::Accepted(_)
                if has_new && next.order_ids.len() > 1 =>
            {
                OrderState::Conflict
            }
            OrderState::NotFound | OrderState::NotPlaced if has_new => {
                OrderState::doubt(UnknownReason::LaterReadingShowsOrder)
            }
            state => state.clone(),
        };
        Ok(next)
    }

    /// Returns whether a reading without the order counts, as proof of absence or as a check of a rejection.
    fn counts(&self, reading: &Reading) -> bool {
        let shows = reading.source.shows_unpaid_orders() || matches!(self.state, OrderState::Rejected(_));
        let before = self.counted.last.or(self.since);
        let passed = before.and_then(|before| reading.at.proven_since(before));
        shows && passed.is_some_and(|passed| passed >= MIN_READING_INTERVAL)
    }

    fn found(&self, intent: &Intent, entry: &JournalEntry, order_id: &str) -> TransitionResult {
        match &self.state {
            OrderState::Unknown(_) | OrderState::NotFound | OrderState::NotPlaced => {
                let order_ids = self.order_ids_with(intent, order_id)?;
                Ok(Self { state: OrderState::Found { by: FoundBy::Reading }, order_ids, ..self.clone() })
            }
            OrderState::Ready
            | OrderState::Sending
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::Found { .. }
            | OrderState::Conflict => Err(self.cannot(intent, entry)),
        }
    }

    fn check_unknown(&self, intent: &Intent, entry: &JournalEntry) -> Result<(), InvalidTransition> {
        match &self.state {
            OrderState::Unknown(_) => Ok(()),
            OrderState::Ready
            | OrderState::Sending
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::Found { .. }
            | OrderState::NotFound
            | OrderState::Conflict
            | OrderState::NotPlaced => Err(self.cannot(intent, entry)),
        }
    }

    fn not_found_by_servers(&self, intent: &Intent, entry: &JournalEntry) -> TransitionResult {
        self.check_unknown(intent, entry)?;
        Ok(self.clone())
    }

    fn not_found(
        &self,
        intent: &Intent,
        entry: &JournalEntry,
        at: ClockReading,
        source: ListSource,
        figures: (u32, u64),
    ) -> TransitionResult {
        let id = intent.id;
        self.check_unknown(intent, entry)?;
        if !self.order_ids.is_empty() || !self.candidates.is_empty() {
            return Err(InvalidTransition::WasSeen { id });
        }
        let evidence = self.evidence(intent);
        if !source.shows_unpaid_orders() || !evidence.is_enough() {
            let Evidence { readings, quiet_seconds, horizon_seconds } = evidence;
            return Err(InvalidTransition::NotEnoughEvidence { id, readings, quiet_seconds, horizon_seconds });
        }
        if figures != (evidence.readings, evidence.quiet_seconds) {
            return Err(InvalidTransition::OtherEvidence { id });
        }
        Ok(Self { state: OrderState::NotFound, absent_since: Some(at), ..self.clone() })
    }

    fn conflicting(&self, intent: &Intent, entry: &JournalEntry, order_ids: &BTreeSet<String>) -> TransitionResult {
        let least = match &self.state {
            OrderState::Unknown(_)
            | OrderState::NotFound
            | OrderState::NotPlaced
            | OrderState::Found { .. }
            | OrderState::Accepted(_) => 2,
            OrderState::Rejected(_) | OrderState::Conflict => 1,
            OrderState::Ready | OrderState::Sending | OrderState::NotSent(_) => return Err(self.cannot(intent, entry)),
        };
        check_ids(intent, order_ids.iter())?;
        if order_ids.len() < least || !self.order_ids.is_subset(order_ids) {
            return Err(InvalidTransition::NoConflict { id: intent.id });
        }
        Ok(Self { state: OrderState::Conflict, order_ids: order_ids.clone(), ..self.clone() })
    }

    fn resolved(
        &self,
        intent: &Intent,
        entry: &JournalEntry,
        at: ClockReading,
        order_ids: &BTreeSet<String>,
    ) -> TransitionResult {
        let id = intent.id;
        match &self.state {
            OrderState::Unknown(_) | OrderState::NotFound | OrderState::Conflict => {}
            OrderState::Ready
            | OrderState::Sending
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::Found { .. }
            | OrderState::NotPlaced => return Err(self.cannot(intent, entry)),
        }
        check_ids(intent, order_ids.iter())?;
        if let Some(missing) = self.order_ids.difference(order_ids).next() {
            return Err(InvalidTransition::OrderNotNamed { id, known: missing.clone() });
        }
        if !order_ids.is_empty() {
            let state = OrderState::Found { by: FoundBy::User };
            return Ok(Self { state, order_ids: order_ids.clone(), ..self.clone() });
        }
        let sent = self.since.unwrap_or_else(|| intent.confirmed());
        if at.least_since(sent) < MIN_AGE_FOR_NOT_PLACED {
            return Err(InvalidTransition::TooEarlyForNotPlaced { id });
        }
        Ok(Self { state: OrderState::NotPlaced, absent_since: Some(at), ..self.clone() })
    }

    /// Returns the state if the last record of the history, or more of them, are lost; `None` if it stays the same. A
    /// state that rests on nothing having been seen becomes doubtful, because a lost record may have shown the order.
    pub(super) fn in_doubt(&self, is_newest: bool, at: Timestamp, why: &UnknownReason) -> Option<Self> {
        match &self.state {
            OrderState::Ready if is_newest => {
                let since = Some(ClockReading { at, ahead: None });
                Some(Self { state: OrderState::doubt(why.clone()), since, ..self.clone() })
            }
            OrderState::Sending => Some(Self { state: OrderState::doubt(why.clone()), ..self.clone() }),
            OrderState::NotFound | OrderState::NotPlaced => {
                let (state, absent_since) = (OrderState::doubt(why.clone()), None);
                Some(Self { state, absent_since, counted: CountedReadings::default(), ..self.clone() })
            }
            OrderState::Ready
            | OrderState::NotSent(_)
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::Unknown(_)
            | OrderState::Found { .. }
            | OrderState::Conflict => None,
        }
    }

    fn cannot(&self, intent: &Intent, entry: &JournalEntry) -> InvalidTransition {
        InvalidTransition::CannotFollow { id: intent.id, state: self.state.name(), entry: entry.name() }
    }

    /// Returns the set with this order id, which has to be well-formed and the only one known.
    fn order_ids_with(&self, intent: &Intent, order_id: &str) -> Result<BTreeSet<String>, InvalidTransition> {
        let order_id = order_id.to_owned();
        check_ids(intent, [&order_id].into_iter())?;
        if let Some(known) = self.order_ids.iter().find(|known| **known != order_id) {
            return Err(InvalidTransition::AnotherOrder { id: intent.id, known: known.clone(), other: order_id });
        }
        Ok(BTreeSet::from([order_id]))
    }
}

fn check_ids<'a>(intent: &Intent, mut order_ids: impl Iterator<Item = &'a String>) -> Result<(), InvalidTransition> {
    if order_ids.all(|order_id| is_order_id(order_id)) {
        Ok(())
    } else {
        Err(InvalidTransition::NoOrderId { id: intent.id })
    }
}
