//! How one record moves one intent, or why it cannot. A record is judged against what stands, and
//! nothing stands changed until the judgement is taken over.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::clock::ClockReading;
use super::entry::{Intent, Sending};
use super::evidence::{CHECKS_OF_A_REJECTION, CountedReadings, Evidence, LEAST_APART, Source, horizon_seconds};
use super::order_id::is_order_id;
use super::{Entry, FoundBy, Impossible, State};
use crate::purchase::{NotSent, NotSentReason, Outcome, UnknownReason};

/// How long after SENDING nobody can say that an order was not placed: it may not be listed anywhere yet.
pub const LEAST_BEFORE_NOT_PLACED: SignedDuration = SignedDuration::from_mins(15);

/// Where an intent stands, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub(super) state: State,
    /// Since when the order may exist.
    pub(super) since: Option<ClockReading>,
    /// Complete readings without the order, whether they count or not.
    pub(super) vain_readings: u32,
    /// Those that count: far enough apart, by measured clocks, of a list that would show the order.
    pub(super) counted: CountedReadings,
    /// When it was concluded that the order does not exist.
    pub(super) absent_since: Option<ClockReading>,
    pub(super) order_ids: BTreeSet<String>,
    /// What the last reading saw that may be the order.
    pub(super) candidates: BTreeSet<String>,
}

type Next = Result<Standing, Impossible>;

/// What a reading of a list says.
struct Reading<'a> {
    at: ClockReading,
    source: Source,
    complete: bool,
    order_ids: &'a BTreeSet<String>,
    candidates: &'a BTreeSet<String>,
}

impl Standing {
    pub(super) fn ready() -> Self {
        Self {
            state: State::Ready,
            since: None,
            vain_readings: 0,
            counted: CountedReadings::default(),
            absent_since: None,
            order_ids: BTreeSet::new(),
            candidates: BTreeSet::new(),
        }
    }

    /// What reading has shown so far, or rather has not.
    pub(super) fn evidence(&self, intent: &Intent) -> Evidence {
        Evidence {
            readings: self.counted.number,
            quiet_seconds: self.counted.quiet_seconds(),
            horizon_seconds: horizon_seconds(intent.credentials),
        }
    }

    /// Whether the server list is still to be read, because a rejection was only reported so far.
    pub(super) fn is_check_due(&self) -> bool {
        matches!(self.state, State::Rejected(_)) && self.counted.number < CHECKS_OF_A_REJECTION
    }

    /// Where it stands after a record about it.
    pub(super) fn after(&self, intent: &Intent, entry: &Entry) -> Next {
        match entry {
            Entry::Intent(again) => Err(Impossible::Repeated { id: again.id }),
            Entry::Sending(Sending { at, body_hash, clock_ahead, .. }) => {
                self.sending(intent, entry, ClockReading { at: *at, ahead: *clock_ahead }, body_hash)
            }
            Entry::Outcome { outcome, .. } => self.concluded(intent, entry, outcome),
            Entry::Interrupted { .. } => self.interrupted(intent, entry),
            Entry::Swept { at, clock_ahead, source, complete, order_ids, candidates, .. } => {
                let at = ClockReading { at: *at, ahead: *clock_ahead };
                let reading = Reading { at, source: *source, complete: *complete, order_ids, candidates };
                self.swept(intent, entry, &reading)
            }
            Entry::Found { order_id, .. } => self.found(intent, entry, order_id),
            // The first version concluded it from a list that does not show unpaid orders.
            Entry::NotFound { source: None, .. } => self.not_found_by_servers(intent, entry),
            Entry::NotFound { at, clock_ahead, source: Some(source), readings, quiet_seconds, .. } => {
                let at = ClockReading { at: *at, ahead: *clock_ahead };
                self.not_found(intent, entry, at, *source, (*readings, *quiet_seconds))
            }
            Entry::Conflict { order_ids, .. } => self.conflicting(intent, entry, order_ids),
            Entry::Resolved { order_ids, .. } => self.resolved(intent, entry, entry.written(), order_ids),
            // These records are about the whole history, which asks `in_doubt` of each intent.
            Entry::SetAside { .. } | Entry::RecordsLost { .. } | Entry::Repaired { .. } | Entry::Archived(_) => {
                Ok(self.clone())
            }
        }
    }

    fn sending(&self, intent: &Intent, entry: &Entry, at: ClockReading, body_hash: &str) -> Next {
        match &self.state {
            State::Ready => {}
            State::NotSent(_)
            | State::Sending
            | State::Accepted(_)
            | State::Rejected(_)
            | State::Unknown(_)
            | State::Found { .. }
            | State::NotFound
            | State::Conflict
            | State::NotPlaced => return Err(self.cannot(intent, entry)),
        }
        if body_hash != intent.body_hash {
            return Err(Impossible::OtherBytes { id: intent.id });
        }
        Ok(Self { state: State::Sending, since: Some(at), ..self.clone() })
    }

    fn concluded(&self, intent: &Intent, entry: &Entry, outcome: &Outcome) -> Next {
        let next = Self { state: outcome.into(), ..self.clone() };
        match (&self.state, outcome) {
            (State::Sending, Outcome::Accepted(receipt)) => {
                let order_ids = self.order_ids_with(intent, &receipt.order_id)?;
                Ok(Self { order_ids, ..next })
            }
            // Not sent from the start: the connection failed before the request began, and there is no SENDING.
            (State::Sending, Outcome::Rejected(_) | Outcome::Unknown(_)) | (State::Ready, Outcome::NotSent(_)) => {
                Ok(next)
            }
            (State::Sending, Outcome::NotSent(_)) => Ok(Self { since: None, ..next }),
            (
                State::Ready
                | State::NotSent(_)
                | State::Accepted(_)
                | State::Rejected(_)
                | State::Unknown(_)
                | State::Found { .. }
                | State::NotFound
                | State::Conflict
                | State::NotPlaced,
                Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_),
            ) => Err(self.cannot(intent, entry)),
        }
    }

    fn interrupted(&self, intent: &Intent, entry: &Entry) -> Next {
        match &self.state {
            State::Ready => {
                let reason = NotSentReason::Interrupted;
                Ok(Self { state: State::NotSent(NotSent { reason }), ..self.clone() })
            }
            State::Sending => Ok(Self { state: State::doubt(UnknownReason::Interrupted), ..self.clone() }),
            State::NotSent(_)
            | State::Accepted(_)
            | State::Rejected(_)
            | State::Unknown(_)
            | State::Found { .. }
            | State::NotFound
            | State::Conflict
            | State::NotPlaced => Err(self.cannot(intent, entry)),
        }
    }

    fn swept(&self, intent: &Intent, entry: &Entry, reading: &Reading) -> Next {
        check_ids(intent, reading.order_ids.iter())?;
        match &self.state {
            State::Unknown(_)
            | State::NotFound
            | State::NotPlaced
            | State::Found { .. }
            | State::Accepted(_)
            | State::Rejected(_)
            | State::Conflict => {}
            State::Ready | State::Sending | State::NotSent(_) => return Err(self.cannot(intent, entry)),
        }
        let mut next = self.clone();
        next.order_ids.extend(reading.order_ids.iter().cloned());
        next.candidates.clone_from(reading.candidates);
        if reading.complete && reading.order_ids.is_empty() && reading.candidates.is_empty() {
            next.vain_readings = self.vain_readings.saturating_add(1);
            if self.counts(reading) {
                next.counted.add(reading.at);
            }
        }
        let has_new = !reading.order_ids.is_subset(&self.order_ids);
        next.state = match &self.state {
            // Sent once, said to be rejected, and there all the same.
            State::Rejected(_) if has_new => State::Conflict,
            State::Unknown(_) | State::NotFound | State::NotPlaced | State::Found { .. } | State::Accepted(_)
                if has_new && next.order_ids.len() > 1 =>
            {
                State::Conflict
            }
            State::NotFound | State::NotPlaced if has_new => State::doubt(UnknownReason::LaterReadingShowsOrder),
            state => state.clone(),
        };
        Ok(next)
    }

    /// Whether a reading without the order counts: as proof of absence, or as check of a rejection.
    fn counts(&self, reading: &Reading) -> bool {
        let shows = reading.source.shows_unpaid_orders() || matches!(self.state, State::Rejected(_));
        let before = self.counted.last.or(self.since);
        let passed = before.and_then(|before| reading.at.proven_since(before));
        shows && passed.is_some_and(|passed| passed >= LEAST_APART)
    }

    fn found(&self, intent: &Intent, entry: &Entry, order_id: &str) -> Next {
        match &self.state {
            State::Unknown(_) | State::NotFound | State::NotPlaced => {
                let order_ids = self.order_ids_with(intent, order_id)?;
                Ok(Self { state: State::Found { by: FoundBy::Reading }, order_ids, ..self.clone() })
            }
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Rejected(_)
            | State::NotSent(_)
            | State::Found { .. }
            | State::Conflict => Err(self.cannot(intent, entry)),
        }
    }

    fn check_unknown(&self, intent: &Intent, entry: &Entry) -> Result<(), Impossible> {
        match &self.state {
            State::Unknown(_) => Ok(()),
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Rejected(_)
            | State::NotSent(_)
            | State::Found { .. }
            | State::NotFound
            | State::Conflict
            | State::NotPlaced => Err(self.cannot(intent, entry)),
        }
    }

    fn not_found_by_servers(&self, intent: &Intent, entry: &Entry) -> Next {
        self.check_unknown(intent, entry)?;
        Ok(self.clone())
    }

    fn not_found(&self, intent: &Intent, entry: &Entry, at: ClockReading, source: Source, figures: (u32, u64)) -> Next {
        let id = intent.id;
        self.check_unknown(intent, entry)?;
        if !self.order_ids.is_empty() || !self.candidates.is_empty() {
            return Err(Impossible::WasSeen { id });
        }
        let evidence = self.evidence(intent);
        if !source.shows_unpaid_orders() || !evidence.is_enough() {
            let Evidence { readings, quiet_seconds, horizon_seconds } = evidence;
            return Err(Impossible::NotEnoughEvidence { id, readings, quiet_seconds, horizon_seconds });
        }
        if figures != (evidence.readings, evidence.quiet_seconds) {
            return Err(Impossible::OtherEvidence { id });
        }
        Ok(Self { state: State::NotFound, absent_since: Some(at), ..self.clone() })
    }

    fn conflicting(&self, intent: &Intent, entry: &Entry, order_ids: &BTreeSet<String>) -> Next {
        let least = match &self.state {
            State::Unknown(_) | State::NotFound | State::NotPlaced | State::Found { .. } | State::Accepted(_) => 2,
            State::Rejected(_) | State::Conflict => 1,
            State::Ready | State::Sending | State::NotSent(_) => return Err(self.cannot(intent, entry)),
        };
        check_ids(intent, order_ids.iter())?;
        if order_ids.len() < least || !self.order_ids.is_subset(order_ids) {
            return Err(Impossible::NoConflict { id: intent.id });
        }
        Ok(Self { state: State::Conflict, order_ids: order_ids.clone(), ..self.clone() })
    }

    fn resolved(&self, intent: &Intent, entry: &Entry, at: ClockReading, order_ids: &BTreeSet<String>) -> Next {
        let id = intent.id;
        match &self.state {
            State::Unknown(_) | State::NotFound | State::Conflict => {}
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Rejected(_)
            | State::NotSent(_)
            | State::Found { .. }
            | State::NotPlaced => return Err(self.cannot(intent, entry)),
        }
        check_ids(intent, order_ids.iter())?;
        if let Some(missing) = self.order_ids.difference(order_ids).next() {
            return Err(Impossible::OrderNotNamed { id, known: missing.clone() });
        }
        if !order_ids.is_empty() {
            let state = State::Found { by: FoundBy::User };
            return Ok(Self { state, order_ids: order_ids.clone(), ..self.clone() });
        }
        let sent = self.since.unwrap_or_else(|| intent.confirmed());
        if at.least_since(sent) < LEAST_BEFORE_NOT_PLACED {
            return Err(Impossible::TooEarlyForNotPlaced { id });
        }
        Ok(Self { state: State::NotPlaced, absent_since: Some(at), ..self.clone() })
    }

    /// Where it stands when the last record of the history is lost, or more of them. What rests on
    /// nothing having been seen is doubtful then, since a lost record may have said that something was.
    pub(super) fn in_doubt(&self, is_newest: bool, at: Timestamp, why: &UnknownReason) -> Option<Self> {
        match &self.state {
            State::Ready if is_newest => {
                let since = Some(ClockReading { at, ahead: None });
                Some(Self { state: State::doubt(why.clone()), since, ..self.clone() })
            }
            State::Sending => Some(Self { state: State::doubt(why.clone()), ..self.clone() }),
            State::NotFound | State::NotPlaced => {
                let (state, absent_since) = (State::doubt(why.clone()), None);
                Some(Self { state, absent_since, counted: CountedReadings::default(), ..self.clone() })
            }
            State::Ready
            | State::NotSent(_)
            | State::Accepted(_)
            | State::Rejected(_)
            | State::Unknown(_)
            | State::Found { .. }
            | State::Conflict => None,
        }
    }

    fn cannot(&self, intent: &Intent, entry: &Entry) -> Impossible {
        Impossible::CannotFollow { id: intent.id, state: self.state.name(), entry: entry.name() }
    }

    /// The known orders and this one, which has to be the only one.
    fn order_ids_with(&self, intent: &Intent, order_id: &str) -> Result<BTreeSet<String>, Impossible> {
        let order_id = order_id.to_owned();
        check_ids(intent, [&order_id].into_iter())?;
        if let Some(known) = self.order_ids.iter().find(|known| **known != order_id) {
            return Err(Impossible::AnotherOrder { id: intent.id, known: known.clone(), other: order_id });
        }
        Ok(BTreeSet::from([order_id]))
    }
}

fn check_ids<'a>(intent: &Intent, mut order_ids: impl Iterator<Item = &'a String>) -> Result<(), Impossible> {
    if order_ids.all(|order_id| is_order_id(order_id)) { Ok(()) } else { Err(Impossible::NoOrderId { id: intent.id }) }
}
