//! Places confirmed orders with a write-ahead journal: each step is in the journal, on the disk, before it runs, so a
//! crash at any point leaves at most one POST for each intent. Whatever cannot be proven is UNKNOWN.

use std::sync::Arc;
use std::time::Instant;

use uuid::Uuid;

use super::intents::{
    Acknowledged, ClockReading, Intent, IntentCredentials, Intents, JournalEntry, LikelyDuplicate, NewOrder,
    OrderState, OrderedServers, Preflight, Sending,
};
use super::journal::{Archive, History, JournalError, JournalNotice, Obstacle};
use super::journal_store::{JournalStore, Session, SessionError};
use super::{Event, NotSent, NotSentReason, Outcome, Unknown, UnknownReason, classify, log};
use crate::api::{BeforeFirstByte, Cloud, WithheldError};
use crate::clock;
use crate::order::{Body, Order};
use crate::testing::failpoint;

/// The account and endpoint for which orders are placed. Contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    pub profile: String,
    /// The host of the endpoint, with its port.
    pub endpoint: String,
    pub project: String,
    pub region: String,
    pub credentials: IntentCredentials,
}

/// The prefix of the endpoint name of a demo, which ends in the identity of its world.
const EMBEDDED: &str = "embedded-";

/// The prefix of the endpoint name of a demo whose world ends with its program.
const TEMPORARY: &str = "embedded-temporary-";

impl Intent {
    /// Returns whether the order was for the simulator of a demo, so that nothing real was bought.
    #[must_use]
    pub fn was_demo(&self) -> bool {
        self.endpoint.starts_with(EMBEDDED)
    }

    /// Returns whether the order was for a demo whose world ended with its program.
    #[must_use]
    pub fn was_temporary_demo(&self) -> bool {
        self.endpoint.starts_with(TEMPORARY)
    }

    /// Returns the flag that selects the demo that the order was for, such as `--demo=slow`; `None` for a real order.
    #[must_use]
    pub fn demo_flag(&self) -> Option<String> {
        let scene = self.profile.strip_prefix("demo=").filter(|scene| {
            let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !scene.is_empty() && scene.bytes().all(is_plain)
        });
        self.was_demo().then(|| scene.map_or_else(|| "--demo".to_owned(), |scene| format!("--demo={scene}")))
    }
}

impl Buyer {
    /// Returns the endpoint name of a demo with this world. `is_kept` is false for a world that ends with its program.
    #[must_use]
    pub fn embedded_endpoint(world: Uuid, is_kept: bool) -> String {
        format!("{}{}", if is_kept { EMBEDDED } else { TEMPORARY }, world.simple())
    }

    /// Returns whether orders go to the simulator of a demo, so that nothing real is bought.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.endpoint.starts_with(EMBEDDED)
    }

    /// Returns whether an intent was for the endpoint and project of this buyer.
    #[must_use]
    pub fn is_at(&self, intent: &Intent) -> bool {
        self.endpoint == intent.endpoint && self.project == intent.project
    }

    /// Returns the earlier orders that an order of this buyer may repeat, newest first. Leaves out orders of demos with
    /// another world, because they bought nothing real.
    #[must_use]
    pub fn duplicates<'a>(
        &self,
        intents: &'a Intents,
        (server_name, ordered, body_hash): (&str, &OrderedServers, &str),
        now: ClockReading,
    ) -> Vec<LikelyDuplicate<'a>> {
        let Self { profile, endpoint, project, region, credentials: _ } = self;
        let new = NewOrder { profile, endpoint, project, region, server_name, ordered, body_hash };
        let mut found = intents.duplicates(&new, now);
        found.retain(|found| self.is_at(found.purchase.intent()) || !found.purchase.intent().was_demo());
        found
    }
}

/// An order that the user confirmed, with the facts known at that time.
#[derive(Debug, Clone)]
pub struct Confirmation<'a> {
    pub order: &'a Order,
    pub body: &'a Body,
    /// The servers and orders that exist under the server name; `None` if they were not read completely.
    pub preflight: Option<Preflight>,
    /// The likely duplicates that the user was asked about.
    pub acknowledged: Acknowledged,
}

/// The reason why a purchase was not started: no record was written, and nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmitError {
    /// The order could not be recorded in the journal.
    Journal { why: SessionError },
    /// The order may repeat these, about which the user was not asked: they appeared after the confirmation was shown.
    Duplicates { ids: Vec<Uuid> },
}

/// The purchases of one state directory: reads its journal, and writes to it under its lock.
#[derive(Debug, Clone)]
pub struct PurchaseService {
    pub(super) store: JournalStore,
}

impl PurchaseService {
    /// Opens the journal of a state directory and, if no other process is writing to it, concludes what an earlier run
    /// left open. The journal may turn out to be read-only.
    pub fn open(directory: &std::path::Path) -> Result<Self, JournalError> {
        failpoint::hit("recovery");
        let service = Self::with_store(JournalStore::open(directory)?);
        log::opened(&service.notices(), || service.obstacle());
        Ok(service)
    }

    /// Reads the journal of a state directory. Locks, creates and writes nothing.
    pub fn open_read_only(directory: &std::path::Path) -> Result<Self, JournalError> {
        Ok(Self::with_store(JournalStore::open_read_only(directory)?))
    }

    pub(super) fn with_store(store: JournalStore) -> Self {
        Self { store }
    }

    /// Returns the content of the journal as it was last read or written.
    #[must_use]
    pub fn history(&self) -> Arc<History> {
        self.store.history()
    }

    /// Returns the archive of settled orders; `None` if there is no state directory.
    pub fn archive(&self) -> Result<Option<Archive>, JournalError> {
        self.store.open_archive()
    }

    /// Reads the journal again, and concludes what a run that has ended left open.
    pub fn refresh(&self) -> Result<(), JournalError> {
        self.store.refresh()
    }

    /// Returns the notices from opening the journal.
    #[must_use]
    pub fn notices(&self) -> Vec<JournalNotice> {
        self.history().notices().to_vec()
    }

    /// Returns why nothing can be bought with this journal; `None` if nothing prevents it.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.store.obstacle()
    }

    /// Returns why nothing can be written to this journal, not even the result of a search; `None` if nothing prevents
    /// it.
    #[must_use]
    pub fn write_obstacle(&self) -> Option<Obstacle> {
        self.store.write_obstacle()
    }

    /// Buys one confirmed order, with exactly these bytes and one POST.
    ///
    /// Under the lock of the journal: checks for duplicates once more, syncs INTENT, connects, syncs SENDING, and only
    /// then sends the first byte; the outcome is synced before it is reported. The future has to be driven to
    /// completion. The error says why nothing was started.
    pub async fn submit(
        &self,
        cloud: &dyn Cloud,
        buyer: &Buyer,
        confirmation: &Confirmation<'_>,
        tell: &(dyn Fn(Event) + Send + Sync),
    ) -> Result<(), SubmitError> {
        failpoint::hit("before INTENT");
        let Confirmation { body, .. } = confirmation;
        let session = self.store.session().await.map_err(|why| SubmitError::Journal { why })?;
        let confirmed = ClockReading { at: clock::now(), ahead: cloud.clock_ahead() };
        let intent = new_intent(buyer, confirmation, Uuid::new_v4(), confirmed);
        let id = intent.id;
        let ids =
            session.with(|intents| unacknowledged_duplicates(buyer, intents, &intent, &confirmation.acknowledged));
        failpoint::hit("before the first record");
        if !ids.is_empty() {
            return Err(SubmitError::Duplicates { ids });
        }
        session.append(&JournalEntry::Intent(Box::new(intent))).map_err(|why| SubmitError::Journal { why })?;
        tell(Event::Sending);
        let measured = ClockReading { at: clock::now(), ahead: cloud.clock_ahead() };
        let seen = cloud.purchase(body.shared(), record_sending(&session, id, body.hash(), measured)).await;
        let outcome = classify(&seen);
        let is_ready = session.with(|intents| matches!(intents.state(id), Some(OrderState::Ready)));
        let ended = ClockReading { at: clock::now(), ahead: cloud.clock_ahead() };
        let (sent, record) = call_end_entries(is_ready, (id, body.hash()), outcome, ended);
        if let Some(sent) = sent {
            // If this cannot be kept, the outcome cannot either.
            let _ = session.append(&sent);
        }
        let lost = session.append(&record).err();
        // The lock is let go before anybody hears of it.
        drop(session);
        if let JournalEntry::Outcome { outcome, .. } = record {
            tell(Event::Concluded { id: Some(id), outcome, lost: lost.map(|why| why.to_string()) });
        }
        Ok(())
    }
}

/// Returns the orders that an intent may repeat and about which the user was not asked. Pure.
#[must_use]
pub fn unacknowledged_duplicates(
    buyer: &Buyer,
    intents: &Intents,
    intent: &Intent,
    acknowledged: &Acknowledged,
) -> Vec<Uuid> {
    let new = (&*intent.server_name, &intent.ordered, &*intent.body_hash);
    let found = buyer.duplicates(intents, new, intent.confirmed());
    let ids = found.iter().map(|found| found.purchase.intent().id);
    ids.filter(|id| !acknowledged.covers(*id)).collect()
}

/// Returns the step before the first byte of the order leaves: it writes SENDING to the disk.
fn record_sending(session: &Session, id: Uuid, hash: &str, measured: ClockReading) -> BeforeFirstByte {
    let since = Instant::now();
    let records = session.records();
    let body_hash = hash.to_owned();
    Box::new(move || {
        failpoint::hit("connected");
        // The clock can be set while the connection is made.
        let at = measured.later(clock::now(), since.elapsed());
        records.append(&sending(id, &body_hash, at)).map_err(WithheldError::new)
    })
}

/// Returns the SENDING record, which is on the disk before the first byte of an order is sent. Pure.
#[must_use]
pub fn sending(id: Uuid, hash: &str, at: ClockReading) -> JournalEntry {
    JournalEntry::Sending(Sending { id, at: at.at, body_hash: hash.to_owned(), clock_ahead: at.ahead })
}

/// Returns the records with which a call ends: its outcome, preceded by SENDING if that is still missing. Pure.
///
/// A call that broke off before the body was requested proves nothing by that alone: the journal treats it as sent.
#[must_use]
pub fn call_end_entries(
    is_ready: bool,
    (id, hash): (Uuid, &str),
    outcome: Outcome,
    at: ClockReading,
) -> (Option<JournalEntry>, JournalEntry) {
    let is_missing = is_ready && !matches!(outcome, Outcome::NotSent(_));
    (is_missing.then(|| sending(id, hash, at)), JournalEntry::Outcome { id, at: at.at, outcome })
}

/// Builds the intent of a confirmation. Pure.
#[must_use]
pub fn new_intent(buyer: &Buyer, confirmation: &Confirmation<'_>, id: Uuid, at: ClockReading) -> Intent {
    let Confirmation { order, body, preflight, acknowledged: _ } = confirmation;
    let Buyer { profile, endpoint, project, region, credentials } = buyer.clone();
    Intent {
        id,
        at: at.at,
        profile,
        endpoint,
        project,
        region,
        credentials,
        server_name: order.server_name().to_owned(),
        ordered: ordered_servers(order),
        pays_now: order.pays_now(),
        preflight: preflight.clone(),
        clock_ahead: at.ahead,
        body_hash: body.hash().to_owned(),
        body: body.text().to_owned(),
    }
}

/// Returns the properties of an order by which duplicates are recognized.
#[must_use]
pub fn ordered_servers(order: &Order) -> OrderedServers {
    OrderedServers {
        server_flavor: order.server_flavor().to_owned(),
        phone_flavor: order.phone_flavor().to_owned(),
        image_id: order.image_id().to_owned(),
        count: order.count(),
    }
}

/// Returns the outcome of an order whose worker panicked: UNKNOWN, because the order may have been sent.
#[must_use]
pub fn worker_panicked() -> Outcome {
    Outcome::Unknown(Unknown::without_answer(UnknownReason::WorkerFailed))
}

impl SubmitError {
    /// Returns the outcome to show to the user: the order was not sent.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let reason = match self {
            Self::Journal { why } => NotSentReason::JournalUnavailable { detail: why.to_string() },
            Self::Duplicates { .. } => NotSentReason::MayRepeatNewOrder,
        };
        Outcome::NotSent(NotSent { reason })
    }
}
