//! The result page: the ids to copy and the servers polled.

use crate::app::account::AccountMode;
use crate::app::load_error::{LoadError, Millis};
use crate::app::purchase::confirm::Waiting;
use crate::app::purchase::journal::OrderJournal;
use crate::catalogue::{Server, ServerStatus};
use crate::form::OrderImpact;
use crate::i18n::phrase;
use crate::order::FieldId;
use crate::purchase::Outcome;
use crate::purchase::intents::Purchase;
use uuid::Uuid;

/// Interval between readings of the server list while servers are awaited, in milliseconds.
pub(in crate::app) const POLL_INTERVAL: Millis = 2_000;
/// Interval after the first [`FAST_POLLS`] readings, in milliseconds.
pub(in crate::app) const SLOW_POLL_INTERVAL: Millis = 10_000;
pub(in crate::app) const FAST_POLLS: u32 = 60;

/// The page that shows an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultPage {
    /// Kind of the account that ordered; the current account may be another one.
    pub mode: AccountMode,
    pub outcome: Outcome,
    pub server_name: String,
    pub impact: OrderImpact,
    pub hash: String,
    /// Id of the intent in the journal.
    pub id: Option<Uuid>,
    /// Reason why the outcome is not in the journal.
    pub lost: Option<String>,
    /// Field that a rejection leads to.
    pub rejected_field: Option<FieldId>,
    /// Label and value of everything in the response that can be copied; `shown_ids` adds the orders that were found.
    pub ids: Vec<(&'static str, String)>,
    /// Index of the id under the cursor.
    pub cursor: usize,
    /// The first line that is shown.
    pub top: usize,
    /// Time from the confirmation to the outcome, in milliseconds.
    pub took: Millis,
    pub poll: Option<ServerPoll>,
}

/// The servers of the order, which are read repeatedly.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerPoll {
    pub servers: Vec<Server>,
    /// Complete readings so far.
    pub polls: u32,
    pub failure: Option<LoadError>,
    /// Time of the next reading; `None` while the list is being read or nothing more is expected.
    pub next_at: Option<Millis>,
    pub(in crate::app) ticket: u64,
}

impl ResultPage {
    pub(in crate::app) fn new(
        waiting: &Waiting,
        id: Option<Uuid>,
        outcome: Outcome,
        lost: Option<String>,
        now: Millis,
    ) -> Self {
        let ids = match &outcome {
            Outcome::Accepted(receipt) => {
                let mut ids = vec![(phrase!("Order id"), receipt.order_id.clone())];
                ids.extend(receipt.request_id.clone().map(|id| (phrase!("Request id"), id)));
                ids.extend(receipt.product_id.clone().map(|id| (phrase!("Product id"), id)));
                ids
            }
            Outcome::Rejected(refusal) => {
                refusal.request_id.clone().map(|id| (phrase!("Request id"), id)).into_iter().collect()
            }
            Outcome::Unknown(unknown) => {
                let mut ids = vec![(phrase!("Server name"), waiting.server_name.clone())];
                ids.extend(unknown.request_id.clone().map(|id| (phrase!("Request id"), id)));
                ids
            }
            Outcome::NotSent(_) => Vec::new(),
        };
        let poll = match &outcome {
            Outcome::Accepted(_) => Some(ServerPoll::default()),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => None,
        };
        Self {
            mode: AccountMode::Live,
            outcome,
            server_name: waiting.server_name.clone(),
            impact: waiting.impact,
            hash: waiting.body.hash().to_owned(),
            id,
            lost,
            rejected_field: None,
            ids,
            cursor: 0,
            top: 0,
            took: now.saturating_sub(waiting.since),
            poll,
        }
    }

    /// Returns whether something was sent, so that an order may exist.
    #[must_use]
    pub fn may_exist(&self) -> bool {
        match self.outcome {
            Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::Unknown(_) => true,
            Outcome::NotSent(_) => false,
        }
    }

    /// Returns label and value of everything that can be copied: the orders that were found for the confirmation, then
    /// the ids of the response.
    #[must_use]
    pub fn shown_ids(&self, journal: &OrderJournal) -> Vec<(&'static str, String)> {
        let known = |id: &&String| !self.ids.iter().any(|(_, value)| value == *id);
        let found = self.purchase(journal).into_iter().flat_map(Purchase::order_ids).filter(known);
        found.map(|id| (phrase!("Order id"), id.clone())).chain(self.ids.iter().cloned()).collect()
    }

    /// Returns the journal's record of the order.
    #[must_use]
    pub fn purchase<'a>(&self, journal: &'a OrderJournal) -> Option<&'a Purchase> {
        journal.purchase_of(self.id?)
    }

    /// Returns whether a listed server comes from this order, by its order id.
    pub(in crate::app) fn is_ours(&self, server: &Server) -> bool {
        match &self.outcome {
            Outcome::Accepted(receipt) => server.order_id.as_ref() == Some(&receipt.order_id),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => false,
        }
    }

    /// Returns the number of servers that are ready.
    #[must_use]
    pub fn ready(&self) -> usize {
        let servers = self.poll.as_ref().map_or(&[][..], |poll| &poll.servers);
        servers.iter().filter(|server| server.status == Some(ServerStatus::Normal)).count()
    }

    /// Returns whether the server list can show nothing new: every server has reached a final state, or the order
    /// awaits a payment that happens elsewhere.
    pub(in crate::app) fn is_settled(&self) -> bool {
        let Some(poll) = &self.poll else { return true };
        let wanted = self.impact.servers.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let rests = |server: &Server| server.status.is_some_and(ServerStatus::is_settled);
        let all_rest = poll.servers.len() >= wanted && poll.servers.iter().all(rests);
        match &self.outcome {
            Outcome::Accepted(_) => all_rest || (!self.impact.pays_now && poll.servers.is_empty()),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => true,
        }
    }
}
