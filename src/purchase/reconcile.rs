//! Determines whether an order with an unknown outcome exists, by reading and never by sending. Each reading is
//! recorded in the journal; the lock is taken only to record the conclusion.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use super::Unknown;
use super::intents::{
    ClockReading, Intents, InvalidTransition, JournalEntry, ListSource, OrderState, Purchase, ReadingFlaw,
};
use super::journal::Obstacle;
use super::journal_store::{Session, SessionError};
use super::server_match::{contradicting_flaw, match_servers};
use super::service::{Buyer, PurchaseService};
use crate::api::{Cloud, ReadError, ServerList};
use crate::clock;
use crate::i18n::tr;
use crate::testing::failpoint;
use crate::text::sanitize::visible;

/// The result of one reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reconciled {
    /// There is nothing left to find out about this intent.
    Settled,
    /// The order was sent to another endpoint or project, whose servers this reading does not show.
    Elsewhere,
    /// The order exists.
    Found { order_id: String },
    /// More than one order exists for the intent, or one that was reported as rejected.
    Conflict { order_ids: BTreeSet<String> },
    /// The order was not seen with certainty, which proves nothing yet.
    NotSeen { candidates: BTreeSet<String>, flaws: BTreeSet<ReadingFlaw> },
    /// The order was not seen, often enough and for long enough, in a list that would show it.
    NotFound,
    /// The list could not be read, which proves nothing.
    Unread { why: UnreadServers },
    /// The reading could not be recorded.
    NotKept { why: SessionError },
}

/// The reason why the servers of a project were not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadServers {
    #[error("{}", .0.sentence())]
    Read(ReadError),
    /// There is no client; the text is the error of creating it.
    #[error("{0}")]
    NoClient(String),
}

/// The user's statement of whether an order was placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// These orders were placed for the intent.
    Placed(BTreeSet<String>),
    NotPlaced,
}

/// The reason why a resolution by the user is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResolveError {
    /// The outcome of the order is not open. `state` is empty if there is no such intent.
    NotOpen { state: &'static str },
    /// The order was sent less than 15 minutes ago.
    TooEarly,
    /// An order that is known for the intent is missing from the resolution.
    NotNamed { order_id: String },
    /// The id is not 1 to 64 printable characters.
    NoOrderId { order_id: String },
    /// The order belongs to another intent of the journal or its archive.
    OfAnother { order_id: String, intent: Uuid },
    /// The server list shows the order, and it is a different one.
    Contradicted { order_id: String, flaw: ReadingFlaw },
    /// The archive could not be checked, or the resolution could not be recorded.
    NotKept { why: SessionError },
}

/// A server list that was read to search for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerReading {
    pub source: ListSource,
    pub list: ServerList,
    /// The ids of the servers that the jobs of the request created.
    pub of_request: BTreeSet<String>,
    /// The start of the reading, by this machine's clock. Orders placed later may be missing from the list, however
    /// long it takes until the reading is recorded.
    pub began: Timestamp,
}

impl ServerReading {
    /// Returns the start of the reading, by both clocks.
    #[must_use]
    pub fn at(&self) -> ClockReading {
        ClockReading { at: self.began, ahead: self.list.clock_ahead }
    }
}

/// Returns whether an order can be searched for: its outcome is unknown, it was found or stated to be absent, or a
/// rejection was only reported.
#[must_use]
pub fn can_be_searched(state: &OrderState) -> bool {
    match state {
        OrderState::Unknown(_) | OrderState::NotFound | OrderState::NotPlaced | OrderState::Rejected(_) => true,
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Accepted(_)
        | OrderState::NotSent(_)
        | OrderState::Found { .. }
        | OrderState::Conflict => false,
    }
}

impl PurchaseService {
    /// Reads the servers of the project once to search for an order, and records the result.
    pub async fn reconcile(&self, cloud: &dyn Cloud, buyer: &Buyer, id: Uuid) -> Reconciled {
        let history = self.history();
        let Some(purchase) = history.intents().purchase(id).filter(|found| can_be_searched(found.state())) else {
            return Reconciled::Settled;
        };
        if !buyer.is_at(purchase.intent()) {
            return Reconciled::Elsewhere;
        }
        let read = read(cloud, purchase).await;
        self.keep(id, &read).await
    }

    /// Records what a server list that was read for another purpose shows of an order. The list comes with the start of
    /// its reading.
    pub async fn record_reading(&self, buyer: &Buyer, id: Uuid, (list, began): (ServerList, Timestamp)) -> Reconciled {
        let history = self.history();
        let Some(purchase) = history.intents().purchase(id).filter(|found| can_be_searched(found.state())) else {
            return Reconciled::Settled;
        };
        if !buyer.is_at(purchase.intent()) {
            return Reconciled::Elsewhere;
        }
        self.keep(id, &Ok(ServerReading { source: ListSource::ServerList, list, of_request: BTreeSet::new(), began }))
            .await
    }

    async fn keep(&self, id: Uuid, read: &Result<ServerReading, ReadError>) -> Reconciled {
        failpoint::hit("reading");
        let session = match self.store.session().await {
            Ok(session) => session,
            Err(why) => return Reconciled::NotKept { why },
        };
        conclude(&session, id, read).unwrap_or_else(|why| Reconciled::NotKept { why })
    }

    /// Records the user's statement of whether an order was placed. `list` has the servers of the project, if they were
    /// read.
    pub async fn resolve(
        &self,
        id: Uuid,
        resolution: &Resolution,
        list: Option<&ServerList>,
    ) -> Result<(), ResolveError> {
        // Both clocks of one moment: waiting for the lock comes after it.
        let at = ClockReading { at: clock::now(), ahead: list.and_then(|list| list.clock_ahead) };
        let session = self.store.session().await;
        let session = session.map_err(|why| ResolveError::NotKept { why })?;
        if let Resolution::Placed(order_ids) = resolution {
            self.check_archive(order_ids)?;
        }
        let entry = session.with(|intents| Some(resolved(intents, id, resolution, list, at)));
        let entry = entry.unwrap_or(Err(ResolveError::NotKept { why: SessionError::Closed }))?;
        session.append(&entry).map_err(|why| ResolveError::NotKept { why })
    }
}

impl PurchaseService {
    /// Rejects order ids that belong to an archived order, and fails if the archive cannot be read completely.
    fn check_archive(&self, order_ids: &BTreeSet<String>) -> Result<(), ResolveError> {
        let unread = |why: SessionError| ResolveError::NotKept { why };
        let Some(archive) = self.archive().map_err(|error| unread(error.into()))? else { return Ok(()) };
        let mut orders = archive.newest_first().map_err(|error| unread(SessionError::Archive(error.into())))?;
        // The index shows them as they are printed; an order id is all printable.
        let found = orders.find_map(|order| {
            let order_id = order.row.order_ids.iter().find(|order_id| order_ids.contains(*order_id))?.clone();
            Some(ResolveError::OfAnother { order_id, intent: order.row.id })
        });
        match (found, orders.damage()) {
            (Some(of_another), _) => Err(of_another),
            (None, Some(what)) => Err(unread(SessionError::ReadOnly(Obstacle::ArchiveDamaged { what: what.clone() }))),
            (None, None) => Ok(()),
        }
    }
}

/// Reads the server list and, for an UNKNOWN order with a request id, the servers that the jobs of the request created.
async fn read(cloud: &dyn Cloud, purchase: &Purchase) -> Result<ServerReading, ReadError> {
    let began = clock::now();
    let list = cloud.all_servers(None).await?;
    let of_request = match purchase.state() {
        OrderState::Unknown(Unknown { request_id: Some(request), .. }) => cloud.server_ids_of_request(request).await?,
        OrderState::Unknown(_)
        | OrderState::Ready
        | OrderState::Sending
        | OrderState::Accepted(_)
        | OrderState::Rejected(_)
        | OrderState::NotSent(_)
        | OrderState::Found { .. }
        | OrderState::NotFound
        | OrderState::Conflict
        | OrderState::NotPlaced => BTreeSet::new(),
    };
    Ok(ServerReading { source: ListSource::ServerList, list, of_request, began })
}

/// Returns the records that follow from a reading, and its result. Pure.
#[must_use]
pub fn conclusion(intents: &Intents, purchase: &Purchase, read: &ServerReading) -> (Vec<JournalEntry>, Reconciled) {
    let (id, at) = (purchase.intent().id, read.at());
    let server_match = match_servers(purchase.intent(), intents, &read.list, &read.of_request);
    let complete = server_match.is_complete();
    let order_ids: BTreeSet<String> = server_match.ours.keys().cloned().collect();
    let (candidates, flaws) = (server_match.candidates, server_match.flaws);
    let reading = JournalEntry::Reading {
        id,
        at: at.at,
        clock_ahead: at.ahead,
        source: read.source,
        complete,
        order_ids: order_ids.clone(),
        candidates: candidates.clone(),
        flaws: flaws.clone(),
    };
    let mut all = purchase.order_ids().clone();
    all.extend(order_ids);
    let is_rejected = matches!(purchase.state(), OrderState::Rejected(_));
    match (all.len(), all.first()) {
        (0, _) | (_, None) => (vec![reading], Reconciled::NotSeen { candidates, flaws }),
        (1, Some(order_id)) if !is_rejected => {
            let order_id = order_id.clone();
            let servers = server_match.ours.get(&order_id).cloned().unwrap_or_default();
            let found = JournalEntry::Found { id, at: at.at, order_id: order_id.clone(), servers };
            (vec![reading, found], Reconciled::Found { order_id })
        }
        (_, Some(_)) => {
            let conflict = JournalEntry::Conflict { id, at: at.at, order_ids: all.clone() };
            (vec![reading, conflict], Reconciled::Conflict { order_ids: all })
        }
    }
}

/// Returns the `NOT_FOUND` record if the readings so far, of which `read` is the last, prove that the order does not
/// exist. Pure.
#[must_use]
pub fn absence(purchase: &Purchase, read: &ServerReading) -> Option<JournalEntry> {
    let (source, at) = (read.source, read.at());
    let evidence = purchase.evidence();
    let nothing_seen = purchase.order_ids().is_empty() && purchase.candidates().is_empty();
    let is_open = matches!(purchase.state(), OrderState::Unknown(_)) && nothing_seen;
    (is_open && source.shows_unpaid_orders() && evidence.is_enough()).then(|| JournalEntry::NotFound {
        id: purchase.intent().id,
        at: at.at,
        clock_ahead: at.ahead,
        source: Some(source),
        readings: evidence.readings,
        quiet_seconds: evidence.quiet_seconds,
    })
}

fn conclude(session: &Session, id: Uuid, read: &Result<ServerReading, ReadError>) -> Result<Reconciled, SessionError> {
    let now = clock::now();
    let concluded = session.with(|intents| {
        // Under the lock: another process may have settled it meanwhile.
        let purchase = intents.purchase(id).filter(|found| can_be_searched(found.state()))?;
        Some(match read {
            Ok(read) => conclusion(intents, purchase, read),
            Err(error) => (vec![unread(id, now)], Reconciled::Unread { why: UnreadServers::Read(error.clone()) }),
        })
    });
    let Some((entries, reading)) = concluded else { return Ok(Reconciled::Settled) };
    for entry in &entries {
        session.append(entry)?;
    }
    let absent = session.with(|intents| absence(intents.purchase(id)?, read.as_ref().ok()?));
    match (reading, absent) {
        (Reconciled::NotSeen { .. }, Some(entry)) => {
            session.append(&entry)?;
            Ok(Reconciled::NotFound)
        }
        (reading, _) => Ok(reading),
    }
}

fn unread(id: Uuid, at: Timestamp) -> JournalEntry {
    JournalEntry::Reading {
        id,
        at,
        clock_ahead: None,
        source: ListSource::ServerList,
        complete: false,
        order_ids: BTreeSet::new(),
        candidates: BTreeSet::new(),
        flaws: BTreeSet::new(),
    }
}

/// Returns the record of a resolution by the user, or why it is not accepted. Pure.
pub fn resolved(
    intents: &Intents,
    id: Uuid,
    resolution: &Resolution,
    list: Option<&ServerList>,
    at: ClockReading,
) -> Result<JournalEntry, ResolveError> {
    let Some(purchase) = intents.purchase(id) else { return Err(ResolveError::NotOpen { state: "" }) };
    let order_ids = match resolution {
        Resolution::Placed(order_ids) => order_ids.clone(),
        Resolution::NotPlaced => BTreeSet::new(),
    };
    let entry = JournalEntry::Resolved { id, at: at.at, clock_ahead: at.ahead, order_ids: order_ids.clone() };
    purchase.may_follow(&entry).map_err(|impossible| match impossible {
        InvalidTransition::OrderNotNamed { known, .. } => ResolveError::NotNamed { order_id: known },
        InvalidTransition::TooEarlyForNotPlaced { .. } => ResolveError::TooEarly,
        InvalidTransition::NoOrderId { .. } => {
            let bad = order_ids.iter().find(|order_id| !super::intents::is_order_id(order_id));
            ResolveError::NoOrderId { order_id: bad.cloned().unwrap_or_default() }
        }
        InvalidTransition::NoSuchIntent { .. }
        | InvalidTransition::Repeated { .. }
        | InvalidTransition::BodyAndHashDiffer { .. }
        | InvalidTransition::NotAHost { .. }
        | InvalidTransition::AnotherUnderWay { .. }
        | InvalidTransition::CannotFollow { .. }
        | InvalidTransition::OtherBytes { .. }
        | InvalidTransition::AnotherOrder { .. }
        | InvalidTransition::NoConflict { .. }
        | InvalidTransition::WasSeen { .. }
        | InvalidTransition::NotEnoughEvidence { .. }
        | InvalidTransition::RecordsMissing { .. }
        | InvalidTransition::NothingMissing
        | InvalidTransition::OtherEvidence { .. }
        | InvalidTransition::ArchivedNotFirst => ResolveError::NotOpen { state: purchase.state().name() },
    })?;
    for order_id in order_ids {
        let mut others = intents.newest_first().filter(|other| other.intent().id != id);
        if let Some(other) = others.find(|other| other.order_ids().contains(&order_id)) {
            return Err(ResolveError::OfAnother { order_id, intent: other.intent().id });
        }
        if let Some(flaw) = list.and_then(|list| contradicting_flaw(purchase.intent(), list, &order_id)) {
            return Err(ResolveError::Contradicted { order_id, flaw });
        }
    }
    Ok(entry)
}

impl std::fmt::Display for ResolveError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&match self {
            Self::NotOpen { state } => {
                tr!("the order is {state}: only an order that is UNKNOWN, NOT_FOUND or CONFLICT can be resolved", state)
            }
            Self::TooEarly => {
                tr!("the order was sent less than 15 minutes ago and may not be listed yet: try again later")
            }
            Self::NotNamed { order_id } => {
                tr!("order {id} is known for this confirmation: name it with --order-id too", id = visible(order_id))
            }
            Self::NoOrderId { order_id } => tr!(
                "--order-id {id} is not an order id: it has 1 to 64 printable characters without spaces",
                id = visible(order_id)
            ),
            Self::OfAnother { order_id, intent } => {
                let short: String = intent.to_string().chars().take(8).collect();
                tr!("order {id} belongs to the order {short} of this journal", id = visible(order_id), short)
            }
            Self::Contradicted { order_id, flaw } => tr!(
                "the server list shows order {id}, and it is not this one: {why}",
                id = visible(order_id),
                why = flaw.words()
            ),
            Self::NotKept { why } => tr!("the journal did not keep it: {why}", why),
        })
    }
}
