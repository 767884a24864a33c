//! The result page: the ids to copy, the servers polled, and the exit code.

use crate::app::account::AccountMode;
use crate::app::model::{Model, Page};
use crate::app::msg::{Effect, LoadError, Millis};
use crate::app::purchase::confirm::Waiting;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::catalogue::{Server, ServerStatus};
use crate::form::OrderImpact;
use crate::i18n::phrase;
use crate::order::FieldId;
use crate::purchase::Outcome;
use crate::purchase::intents::Purchase;
use uuid::Uuid;

/// How often the server list is read while servers are awaited.
const POLL_INTERVAL: Millis = 2_000;
/// How often after the first minutes.
const SLOW_POLL_INTERVAL: Millis = 10_000;
const FAST_POLLS: u32 = 60;

/// The page that shows an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultPage {
    /// Whose money it was: the account may be another one by now.
    pub mode: AccountMode,
    pub outcome: Outcome,
    pub server_name: String,
    pub impact: OrderImpact,
    pub hash: String,
    /// The intent in the journal.
    pub id: Option<Uuid>,
    /// Why the outcome is not in the journal.
    pub lost: Option<String>,
    /// The field that a refusal leads to.
    pub rejected_field: Option<FieldId>,
    /// Label and value of everything in the answer that can be copied; `shown_ids` adds the orders that were found.
    pub ids: Vec<(&'static str, String)>,
    /// The id under the cursor.
    pub cursor: usize,
    /// The first line that is shown.
    pub top: usize,
    /// How long the answer took.
    pub took: Millis,
    pub poll: Option<ServerPoll>,
}

/// The servers of the order, read again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerPoll {
    pub servers: Vec<Server>,
    /// Complete readings so far.
    pub polls: u32,
    pub failure: Option<LoadError>,
    /// When the list is read again; `None` while it is being read or nothing more is expected.
    pub next_at: Option<Millis>,
    ticket: u64,
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

    /// Label and value of everything that can be copied: the orders that were found for the confirmation, then what the
    /// answer named.
    #[must_use]
    pub fn shown_ids(&self, model: &Model) -> Vec<(&'static str, String)> {
        let known = |id: &&String| !self.ids.iter().any(|(_, value)| value == *id);
        let found = self.purchase(model).into_iter().flat_map(Purchase::order_ids).filter(known);
        found.map(|id| (phrase!("Order id"), id.clone())).chain(self.ids.iter().cloned()).collect()
    }

    /// What the journal says about the order.
    #[must_use]
    pub fn purchase<'a>(&self, model: &'a Model) -> Option<&'a Purchase> {
        model.purchase_of(self.id?)
    }

    /// Whether a listed server comes from this order.
    fn is_ours(&self, server: &Server) -> bool {
        match &self.outcome {
            Outcome::Accepted(receipt) => server.order_id.as_ref() == Some(&receipt.order_id),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => false,
        }
    }

    /// Servers that are ready.
    #[must_use]
    pub fn ready(&self) -> usize {
        let servers = self.poll.as_ref().map_or(&[][..], |poll| &poll.servers);
        servers.iter().filter(|server| server.status == Some(ServerStatus::Normal)).count()
    }

    /// Whether the list can bring nothing new any more: every server has come to rest, or the
    /// order waits for a payment that happens elsewhere.
    fn is_settled(&self) -> bool {
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

impl Model {
    /// Reads the servers of the order now, if the page follows them.
    pub(in crate::app) fn poll_servers(&mut self) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let Page::Result(result) = &mut self.page else { return Vec::new() };
        let Some(poll) = &mut result.poll else { return Vec::new() };
        poll.next_at = None;
        poll.ticket = ticket;
        vec![Effect::PollServers { name: result.server_name.clone(), ticket }]
    }

    /// Reads again when it is time.
    pub(in crate::app) fn poll_servers_when_due(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        let due = result.poll.as_ref().and_then(|poll| poll.next_at);
        if due.is_some_and(|at| at <= self.now) { self.poll_servers() } else { Vec::new() }
    }

    pub(in crate::app) fn set_polled_servers(&mut self, ticket: u64, read: Result<Vec<Server>, LoadError>) {
        let now = self.now;
        let Page::Result(result) = &mut self.page else { return };
        let ours = read.map(|servers| servers.into_iter().filter(|server| result.is_ours(server)).collect::<Vec<_>>());
        let Some(poll) = result.poll.as_mut().filter(|poll| poll.ticket == ticket) else { return };
        match ours {
            Ok(servers) => {
                poll.servers = servers;
                poll.polls += 1;
                poll.failure = None;
            }
            Err(failure) => poll.failure = Some(failure),
        }
        let wait = if poll.polls < FAST_POLLS { POLL_INTERVAL } else { SLOW_POLL_INTERVAL };
        let settled = result.is_settled();
        if let Some(poll) = &mut result.poll {
            poll.next_at = (!settled || poll.failure.is_some()).then_some(now + wait);
        }
    }
}

/// Every outcome of this run, the oldest first.
pub(in crate::app) fn outcomes(model: &Model) -> impl Iterator<Item = &ResultPage> {
    let shown = match &model.page {
        Page::Result(result) => Some(&**result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    };
    model.past_results.iter().chain(shown)
}

/// The exit code of the program, by what matters most of everything that happened: 7 a conflict, or the journal could not
/// keep an outcome; 6 unknown, 0 accepted, 4 refused, 5 not sent, 130 left before.
#[must_use]
pub fn exit_code(model: &Model) -> u8 {
    let code = |result: &ResultPage| match result.outcome_kind(model) {
        _ if result.lost.is_some() => 7,
        OutcomeKind::Conflict => 7,
        OutcomeKind::Unknown | OutcomeKind::NotFound | OutcomeKind::NotPlaced => 6,
        OutcomeKind::Accepted | OutcomeKind::Found => 0,
        OutcomeKind::Rejected => 4,
        OutcomeKind::NotSent => 5,
    };
    let waiting = matches!(model.page, Page::Waiting(_)).then_some(6);
    let codes: Vec<u8> = outcomes(model).map(code).chain(waiting).collect();
    [7, 6, 0, 4, 5].into_iter().find(|code| codes.contains(code)).unwrap_or(130)
}
