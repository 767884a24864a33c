//! Finding out what became of an order whose outcome is not known, by reading and never by
//! sending. What a reading shows is kept in the journal; a negative takes many of them.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::Unknown;
use super::desk::{Buyer, Desk};
use super::intents::{Entry, Purchase, Shape, State, TWIN_WINDOW};
use crate::api::{Cloud, ReadError, Server};
use crate::points;

/// What one reading came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Swept {
    /// Nothing more is to be found out about this intent.
    Settled,
    /// It was sent to another endpoint or project: what is read here says nothing about it.
    Elsewhere,
    /// The order is there.
    Found { order_id: String },
    /// More than one order for one intent.
    Alarm { order_ids: BTreeSet<String> },
    /// Read completely and not seen: that proves nothing yet.
    NotSeen,
    /// Not seen often and long enough.
    NotFound,
    /// The list could not be read, which proves nothing.
    Unread { why: String },
    /// What was read could not be kept.
    NotKept { why: String },
}

impl Desk {
    /// Reads the servers of the project once, in search of an order.
    pub async fn sweep(&self, cloud: &dyn Cloud, buyer: &Buyer, id: Uuid) -> Swept {
        let intents = self.intents();
        let Some(purchase) = intents.purchase(id).filter(|found| matches!(found.state(), State::Unknown(_))) else {
            return Swept::Settled;
        };
        if !buyer.is_at(purchase.intent()) {
            return Swept::Elsewhere;
        }
        let mut read = cloud.servers_named(&purchase.intent().server_name).await;
        if let (Ok(servers), State::Unknown(Unknown { request_id: Some(request), .. })) = (&mut read, purchase.state())
        {
            match cloud.servers_of_request(request).await {
                Ok(of_jobs) => servers.extend(of_jobs),
                Err(error) => read = Err(error),
            }
        }
        points::reach("sweep");
        self.conclude(purchase, read, cloud.clock_ahead()).unwrap_or_else(|why| Swept::NotKept { why })
    }

    fn conclude(
        &self,
        purchase: &Purchase,
        read: Result<Vec<Server>, ReadError>,
        clock_ahead: Option<i64>,
    ) -> Result<Swept, String> {
        let (id, intended) = (purchase.intent().id, purchase.intent().at);
        let ahead = SignedDuration::from_secs(clock_ahead.unwrap_or_default());
        let at = Timestamp::now();
        let servers = match read {
            Ok(servers) => servers.into_iter().filter(|server| is_since(server, intended, ahead)).collect(),
            Err(error) => {
                self.append(&Entry::Swept { id, at, complete: false, order_ids: BTreeSet::new() })?;
                return Ok(Swept::Unread { why: error.sentence() });
            }
        };
        let servers: Vec<Server> = servers;
        // An order that belongs to another intent is no trace of this one.
        let others: BTreeSet<String> = self
            .intents()
            .newest_first()
            .filter(|other| other.intent().id != id)
            .flat_map(|other| other.order_ids().clone())
            .collect();
        let order_ids: BTreeSet<String> = servers
            .iter()
            .filter_map(|server| server.order_id.clone())
            .filter(|order| !order.is_empty() && !others.contains(order))
            .collect();
        // A server that does not name its order may be the order's own: such a reading proves nothing.
        let is_silent = |server: &Server| server.order_id.as_ref().is_none_or(String::is_empty);
        let complete = !order_ids.is_empty() || !servers.iter().any(is_silent);
        self.append(&Entry::Swept { id, at, complete, order_ids: order_ids.clone() })?;
        let mut all = purchase.order_ids().clone();
        all.extend(order_ids);
        match (all.len(), all.first()) {
            (0, _) | (_, None) if complete => self.weigh(id, at),
            (0, _) | (_, None) => Ok(Swept::NotSeen),
            (1, Some(order_id)) => {
                let order_id = order_id.clone();
                let servers = servers.iter().map(|server| server.id.clone()).collect();
                self.append(&Entry::Found { id, at, order_id: order_id.clone(), servers })?;
                Ok(Swept::Found { order_id })
            }
            (_, Some(_)) => {
                self.append(&Entry::Alarm { id, at, order_ids: all.clone() })?;
                Ok(Swept::Alarm { order_ids: all })
            }
        }
    }

    /// Whether what was read in vain so far is enough for a negative.
    fn weigh(&self, id: Uuid, at: Timestamp) -> Result<Swept, String> {
        let evidence = self.intents().purchase(id).map(Purchase::evidence);
        let Some(evidence) = evidence.filter(super::intents::Evidence::is_enough) else { return Ok(Swept::NotSeen) };
        let (sweeps, quiet_seconds) = (evidence.sweeps, evidence.quiet_seconds);
        self.append(&Entry::NotFound { id, at, sweeps, quiet_seconds })?;
        Ok(Swept::NotFound)
    }
}

/// Whether a server can have come from an intent of this time: it was made by the cloud's clock and
/// intended by ours, which is ahead by so much and a little more or less. A server that does not
/// say when it was made may be the one.
fn is_since(server: &Server, intended: Timestamp, ahead: SignedDuration) -> bool {
    let slack = SignedDuration::from_mins(5);
    match server.created.as_deref().map(str::parse::<Timestamp>) {
        Some(Ok(created)) => created.duration_since(intended).saturating_add(ahead) >= -slack,
        Some(Err(_)) | None => true,
    }
}

/// Whether a listed server looks like what an order of this shape made in the last 15 minutes.
#[must_use]
pub fn is_listed_twin(server: &Server, shape: &Shape, now: Timestamp) -> bool {
    let made = server.created.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
    server.server_flavor.as_deref() == Some(&shape.server_flavor)
        && server.phone_flavor.as_deref() == Some(&shape.phone_flavor)
        && made.is_some_and(|made| now.duration_since(made) <= TWIN_WINDOW)
}
