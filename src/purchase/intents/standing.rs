//! How one record moves one intent, or why it cannot. A record is judged against what stands, and
//! nothing stands changed until the judgement is taken over.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::entry::Intent;
use super::evidence::{Evidence, horizon_seconds};
use super::{Entry, Impossible, State};
use crate::faults::is_planted;
use crate::purchase::{NotSent, Outcome};

/// How often one intent is tried by itself, the first time included.
pub const MOST_ATTEMPTS: u8 = 3;

/// How long after it was confirmed an intent is tried again by itself.
pub const RETRY_WINDOW: SignedDuration = SignedDuration::from_secs(30);

/// Where an intent stands, and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub(super) state: State,
    pub(super) attempts: u8,
    /// Whether nothing may send it any more, though it was never sent.
    is_closed: bool,
    /// Since when the order may exist.
    since: Option<Timestamp>,
    sweeps: u32,
    last_sweep: Option<Timestamp>,
    pub(super) order_ids: BTreeSet<String>,
}

type Next = Result<Standing, Impossible>;

impl Standing {
    pub(super) fn ready() -> Self {
        Self {
            state: State::Ready,
            attempts: 0,
            is_closed: false,
            since: None,
            sweeps: 0,
            last_sweep: None,
            order_ids: BTreeSet::new(),
        }
    }

    /// What reading has shown so far, or rather has not.
    pub(super) fn evidence(&self, intent: &Intent) -> Evidence {
        let quiet = self.since.zip(self.last_sweep).map_or(0, |(since, last)| last.duration_since(since).as_secs());
        Evidence {
            sweeps: self.sweeps,
            quiet_seconds: u64::try_from(quiet).unwrap_or(0),
            horizon_seconds: horizon_seconds(intent.credentials),
        }
    }

    /// Where it stands after a record about it.
    pub(super) fn after(&self, intent: &Intent, entry: &Entry) -> Next {
        match entry {
            Entry::Intent(again) => Err(Impossible::Repeated { id: again.id }),
            Entry::Sending { at, attempt, body_hash, .. } => self.sending(intent, entry, *at, *attempt, body_hash),
            Entry::Outcome { outcome, .. } => self.concluded(intent, entry, outcome),
            Entry::Interrupted { .. } => self.interrupted(intent, entry),
            Entry::Swept { at, complete, order_ids, .. } => self.swept(intent, entry, *at, *complete, order_ids),
            Entry::Found { order_id, .. } => self.found(intent, entry, order_id),
            Entry::NotFound { sweeps, quiet_seconds, .. } => self.not_found(intent, entry, *sweeps, *quiet_seconds),
            Entry::Alarm { order_ids, .. } => self.alarmed(intent, entry, order_ids),
            // These records are about the whole history, which asks `in_doubt` of each intent.
            Entry::SetAside { .. } | Entry::RecordsLost { .. } | Entry::Repaired { .. } => Ok(self.clone()),
        }
    }

    /// Whether it could still be sent if it is the newest.
    fn can_be_sent(&self) -> bool {
        match &self.state {
            State::Ready => true,
            State::NotSent(_) => !self.is_closed && self.attempts < MOST_ATTEMPTS,
            State::Sending
            | State::Accepted(_)
            | State::Refused(_)
            | State::Unknown(_)
            | State::Found
            | State::NotFound
            | State::Alarm => false,
        }
    }

    fn sending(&self, intent: &Intent, entry: &Entry, at: Timestamp, attempt: u8, body_hash: &str) -> Next {
        let id = intent.id;
        match &self.state {
            State::Ready => {}
            State::NotSent(_) if self.is_closed => return Err(self.cannot(intent, entry)),
            State::NotSent(_) => {
                if self.attempts >= MOST_ATTEMPTS {
                    return Err(Impossible::TooManyAttempts { id, attempts: self.attempts });
                }
                // A clock that was turned back does not make the window longer.
                let passed = at.duration_since(intent.at);
                if passed.is_negative() || passed > RETRY_WINDOW {
                    return Err(Impossible::TooLate { id, confirmed: intent.at, at });
                }
            }
            State::Sending
            | State::Accepted(_)
            | State::Refused(_)
            | State::Unknown(_)
            | State::Found
            | State::NotFound
            | State::Alarm => return Err(self.cannot(intent, entry)),
        }
        if attempt != self.attempts + 1 {
            return Err(Impossible::AttemptOutOfOrder { id, expected: self.attempts + 1, attempt });
        }
        if body_hash != intent.body_hash {
            return Err(Impossible::OtherBytes { id });
        }
        Ok(Self { state: State::Sending, attempts: attempt, since: Some(at), ..self.clone() })
    }

    fn concluded(&self, intent: &Intent, entry: &Entry, outcome: &Outcome) -> Next {
        let next = Self { state: outcome.into(), ..self.clone() };
        match (&self.state, outcome) {
            (State::Sending, Outcome::Accepted(receipt)) => {
                let order_ids = self.order_ids_with(intent, &receipt.order_id)?;
                Ok(Self { order_ids, ..next })
            }
            (State::Sending, Outcome::Refused(_) | Outcome::Unknown(_)) => Ok(next),
            (State::Sending, Outcome::NotSent(_)) => Ok(Self { since: None, ..next }),
            // The connection failed before the request began: an attempt without a SENDING.
            (State::Ready | State::NotSent(_), Outcome::NotSent(_)) if self.can_be_sent() => {
                Ok(Self { attempts: self.attempts + 1, ..next })
            }
            (
                State::Ready
                | State::NotSent(_)
                | State::Accepted(_)
                | State::Refused(_)
                | State::Unknown(_)
                | State::Found
                | State::NotFound
                | State::Alarm,
                Outcome::Accepted(_) | Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::Unknown(_),
            ) => Err(self.cannot(intent, entry)),
        }
    }

    fn interrupted(&self, intent: &Intent, entry: &Entry) -> Next {
        match &self.state {
            State::Ready => {
                let why = "the program ended before the order was sent".to_owned();
                Ok(Self { state: State::NotSent(NotSent { why }), is_closed: true, ..self.clone() })
            }
            State::Sending if is_planted("interrupted-not-sent") => {
                let why = "the program ended while the order was being sent".to_owned();
                Ok(Self { state: State::NotSent(NotSent { why }), is_closed: true, ..self.clone() })
            }
            State::Sending => {
                Ok(Self { state: State::doubt("the program ended before an answer was kept"), ..self.clone() })
            }
            State::NotSent(_)
            | State::Accepted(_)
            | State::Refused(_)
            | State::Unknown(_)
            | State::Found
            | State::NotFound
            | State::Alarm => Err(self.cannot(intent, entry)),
        }
    }

    fn swept(&self, intent: &Intent, entry: &Entry, at: Timestamp, complete: bool, seen: &BTreeSet<String>) -> Next {
        check_ids(intent, seen.iter())?;
        let mut next = self.clone();
        next.order_ids.extend(seen.iter().cloned());
        match &self.state {
            State::Unknown(_) | State::NotFound | State::Found | State::Accepted(_) | State::Alarm => {}
            State::Ready | State::Sending | State::NotSent(_) | State::Refused(_) => {
                return Err(self.cannot(intent, entry));
            }
        }
        // A reading from before the order was sent, which a turned clock can make, shows nothing.
        if complete && seen.is_empty() && self.since.is_none_or(|since| at >= since) {
            next.sweeps = self.sweeps.saturating_add(1);
            next.last_sweep = self.last_sweep.max(Some(at));
        }
        if next.order_ids.len() > 1 {
            next.state = State::Alarm;
        } else if self.state == State::NotFound && !seen.is_empty() {
            next.state = State::doubt("a later reading shows an order");
        }
        Ok(next)
    }

    fn found(&self, intent: &Intent, entry: &Entry, order_id: &str) -> Next {
        match &self.state {
            State::Unknown(_) | State::NotFound => {
                let order_ids = self.order_ids_with(intent, order_id)?;
                Ok(Self { state: State::Found, order_ids, ..self.clone() })
            }
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Refused(_)
            | State::NotSent(_)
            | State::Found
            | State::Alarm => Err(self.cannot(intent, entry)),
        }
    }

    fn not_found(&self, intent: &Intent, entry: &Entry, sweeps: u32, quiet_seconds: u64) -> Next {
        let id = intent.id;
        match &self.state {
            State::Unknown(_) => {}
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Refused(_)
            | State::NotSent(_)
            | State::Found
            | State::NotFound
            | State::Alarm => return Err(self.cannot(intent, entry)),
        }
        if !self.order_ids.is_empty() {
            return Err(Impossible::WasSeen { id });
        }
        let evidence = self.evidence(intent);
        if !evidence.is_enough() {
            let Evidence { sweeps, quiet_seconds, horizon_seconds } = evidence;
            return Err(Impossible::NotEnoughEvidence { id, sweeps, quiet_seconds, horizon_seconds });
        }
        if (sweeps, quiet_seconds) != (evidence.sweeps, evidence.quiet_seconds) {
            return Err(Impossible::OtherEvidence { id });
        }
        Ok(Self { state: State::NotFound, ..self.clone() })
    }

    fn alarmed(&self, intent: &Intent, entry: &Entry, order_ids: &BTreeSet<String>) -> Next {
        match &self.state {
            State::Unknown(_) | State::NotFound | State::Found | State::Accepted(_) | State::Alarm => {}
            State::Ready | State::Sending | State::NotSent(_) | State::Refused(_) => {
                return Err(self.cannot(intent, entry));
            }
        }
        check_ids(intent, order_ids.iter())?;
        if order_ids.len() < 2 || !self.order_ids.is_subset(order_ids) {
            return Err(Impossible::NoAlarm { id: intent.id });
        }
        Ok(Self { state: State::Alarm, order_ids: order_ids.clone(), ..self.clone() })
    }

    /// Where it stands when the last record of the history is lost, or more of them. What rests on
    /// nothing having been seen is doubtful then, since a lost record may have said that something was.
    pub(super) fn in_doubt(&self, is_newest: bool, at: Timestamp, why: &str) -> Option<Self> {
        match &self.state {
            State::Ready | State::NotSent(_) if is_newest && self.can_be_sent() => {
                Some(Self { state: State::doubt(why), since: Some(at), is_closed: true, ..self.clone() })
            }
            State::Sending => Some(Self { state: State::doubt(why), ..self.clone() }),
            State::NotFound => Some(Self { state: State::doubt(why), sweeps: 0, last_sweep: None, ..self.clone() }),
            State::Ready
            | State::NotSent(_)
            | State::Accepted(_)
            | State::Refused(_)
            | State::Unknown(_)
            | State::Found
            | State::Alarm => None,
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
    if order_ids.any(String::is_empty) { Err(Impossible::EmptyOrderId { id: intent.id }) } else { Ok(()) }
}
