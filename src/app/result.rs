//! What became of the order: the words, the ids to copy, and the servers followed live. The same
//! words stand on the screen and in the receipt.

use crate::catalogue::{Server, ServerStatus};
use crate::form::Stake;
use uuid::Uuid;

use crate::order::{FieldId, text::sentence, text::visible};
use crate::purchase::intents::State;
use crate::purchase::{Outcome, Refusal};
use crate::words::{self, phrase, tr};

use super::account::Mode;
use super::buying::Waiting;
use super::cells::padded;
use super::model::{Model, Page};
use super::msg::{Effect, Millis, ReadFailure};

/// How often the server list is read while servers are awaited.
const FOLLOW_EVERY: Millis = 2_000;
/// How often after the first minutes.
const FOLLOW_EVERY_LATER: Millis = 10_000;
const SWEEPS_AT_FIRST: u32 = 60;

/// The page that shows an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultPage {
    /// Whose money it was: the account may be another one by now.
    pub mode: Mode,
    pub outcome: Outcome,
    pub server_name: String,
    pub stake: Stake,
    pub hash: String,
    /// The intent in the journal.
    pub id: Option<Uuid>,
    /// Why the outcome is not in the journal.
    pub lost: Option<String>,
    /// The field that a refusal leads to.
    pub landing: Option<FieldId>,
    /// Label and value of everything that can be copied.
    pub ids: Vec<(&'static str, String)>,
    /// The id under the cursor.
    pub cursor: usize,
    /// How long the answer took.
    pub took: Millis,
    pub follow: Option<Follow>,
}

/// The servers of the order, read again and again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Follow {
    pub servers: Vec<Server>,
    /// Complete readings so far.
    pub sweeps: u32,
    pub failure: Option<ReadFailure>,
    /// When the list is read again; `None` while it is being read or nothing more is expected.
    pub next_at: Option<Millis>,
    ticket: u64,
}

/// The outcome without its details: what the page looks like and where Enter leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    Rejected { leads_to_field: bool },
    NotSent,
    NotKnown,
}

impl ResultPage {
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match &self.outcome {
            Outcome::Accepted(_) => Verdict::Accepted,
            Outcome::Rejected(_) => Verdict::Rejected { leads_to_field: self.landing.is_some() },
            Outcome::NotSent(_) => Verdict::NotSent,
            Outcome::Unknown(_) => Verdict::NotKnown,
        }
    }

    pub(super) fn new(
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
        let follow = match &outcome {
            Outcome::Accepted(_) => Some(Follow::default()),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => None,
        };
        Self {
            mode: Mode::Live,
            outcome,
            server_name: waiting.server_name.clone(),
            stake: waiting.stake,
            hash: waiting.body.hash().to_owned(),
            id,
            lost,
            landing: None,
            ids,
            cursor: 0,
            took: now.saturating_sub(waiting.since),
            follow,
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

    /// Whether a listed server comes from this order.
    fn is_ours(&self, server: &Server) -> bool {
        match &self.outcome {
            Outcome::Accepted(receipt) => server.order_id.as_ref() == Some(&receipt.order_id),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => false,
        }
    }

    /// Returns whether reading has shown more orders than were confirmed.
    #[must_use]
    pub fn is_conflict(&self, model: &Model) -> bool {
        let purchase = self.id.and_then(|id| model.purchase_of(id));
        purchase.is_some_and(|purchase| matches!(purchase.state(), State::Conflict))
    }

    /// Servers that are ready.
    #[must_use]
    pub fn ready(&self) -> usize {
        let servers = self.follow.as_ref().map_or(&[][..], |follow| &follow.servers);
        servers.iter().filter(|server| server.status == Some(ServerStatus::Normal)).count()
    }

    /// Whether the list can bring nothing new any more: every server has come to rest, or the
    /// order waits for a payment that happens elsewhere.
    fn is_settled(&self) -> bool {
        let Some(follow) = &self.follow else { return true };
        let wanted = self.stake.servers.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
        let rests = |server: &Server| server.status.is_some_and(ServerStatus::is_settled);
        let all_rest = follow.servers.len() >= wanted && follow.servers.iter().all(rests);
        match &self.outcome {
            Outcome::Accepted(_) => all_rest || (!self.stake.pays_now && follow.servers.is_empty()),
            Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_) => true,
        }
    }
}

impl Model {
    /// Reads the servers of the order now, if the page follows them.
    pub(super) fn follow_now(&mut self) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let Page::Result(result) = &mut self.page else { return Vec::new() };
        let Some(follow) = &mut result.follow else { return Vec::new() };
        follow.next_at = None;
        follow.ticket = ticket;
        vec![Effect::Follow { name: result.server_name.clone(), ticket }]
    }

    /// Reads again when it is time.
    pub(super) fn follow_when_due(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        let due = result.follow.as_ref().and_then(|follow| follow.next_at);
        if due.is_some_and(|at| at <= self.now) { self.follow_now() } else { Vec::new() }
    }

    pub(super) fn take_followed(&mut self, ticket: u64, read: Result<Vec<Server>, ReadFailure>) {
        let now = self.now;
        let Page::Result(result) = &mut self.page else { return };
        let ours = read.map(|servers| servers.into_iter().filter(|server| result.is_ours(server)).collect::<Vec<_>>());
        let Some(follow) = result.follow.as_mut().filter(|follow| follow.ticket == ticket) else { return };
        match ours {
            Ok(servers) => {
                follow.servers = servers;
                follow.sweeps += 1;
                follow.failure = None;
            }
            Err(failure) => follow.failure = Some(failure),
        }
        let wait = if follow.sweeps < SWEEPS_AT_FIRST { FOLLOW_EVERY } else { FOLLOW_EVERY_LATER };
        let settled = result.is_settled();
        if let Some(follow) = &mut result.follow {
            follow.next_at = (!settled || follow.failure.is_some()).then_some(now + wait);
        }
    }
}

/// The outcome as a heading and sentences; the same everywhere.
#[must_use]
pub fn outcome_words(result: &ResultPage) -> (&'static str, Vec<String>) {
    let (product, period) = (result.stake.product_text(), result.stake.period_text());
    let (heading, sentences) = match &result.outcome {
        Outcome::Accepted(_) if result.stake.pays_now => (
            phrase!("ACCEPTED: the order is placed and paid"),
            vec![tr!("{product} for {period}. The servers are being built.", product, period)],
        ),
        Outcome::Accepted(_) => (
            phrase!("ACCEPTED: the order is placed, not paid yet"),
            vec![
                tr!("{product} for {period}.", product, period),
                tr!("Pay it in the console: Billing Center, Orders, Unpaid Orders."),
                tr!("Nothing is built before that; an unpaid order usually lapses after 7 days."),
            ],
        ),
        Outcome::Rejected(refusal) => (
            phrase!("REJECTED: Huawei Cloud reported that it rejected the order"),
            vec![sentence(&refusal_words(refusal)), refusal.explained().unwrap_or_default()],
        ),
        Outcome::NotSent(not_sent) => (
            phrase!("NOT SENT: nothing left this machine"),
            [Some(sentence(&not_sent.message())), not_sent.advice().map(Into::into)]
                .into_iter()
                .flatten()
                .chain([tr!("Nothing was ordered; you may try again.")])
                .collect(),
        ),
        Outcome::Unknown(unknown) => {
            let guess = if unknown.probably_placed {
                tr!("The order was probably placed. It is not sent again; placing it again could buy twice.")
            } else {
                tr!("The order may or may not exist. It is not sent again; placing it again could buy twice.")
            };
            (
                phrase!("UNKNOWN: the request was sent, its outcome is not proven"),
                vec![sentence(&unknown.message()), guess],
            )
        }
    };
    (words::of(heading), sentences)
}

/// What the cloud said, with its code; in the words of the field that it concerns.
#[must_use]
pub fn refusal_words(refusal: &Refusal) -> String {
    let message = visible(refusal.message.trim_end_matches('.'));
    let (code, status) = (visible(&refusal.code), refusal.status);
    match crate::purchase::field_of(&refusal.code).map(FieldId::label) {
        Some(label) => tr!("{label}: {message} ({code}, HTTP {status})", label, message, code, status),
        None => tr!("{message} ({code}, HTTP {status})", message, code, status),
    }
}

/// What to do about a refusal, and the id by which support finds it.
#[must_use]
pub fn refusal_advice(refusal: &Refusal) -> String {
    let advice = refusal.explained().unwrap_or_else(|| tr!("Change the order or ask the vendor's support."));
    match &refusal.request_id {
        Some(id) => tr!("{advice} Request id {id}.", advice, id = visible(id)),
        None => advice,
    }
}

/// The lines that stay in the normal screen after leaving: every outcome of this run.
#[must_use]
pub fn receipt(model: &Model) -> Vec<String> {
    let word = |mode| {
        words::of(match mode {
            Mode::Live => phrase!("LIVE"),
            Mode::Simulator => phrase!("SIMULATOR"),
            Mode::NoAccount => phrase!("NO ACCOUNT"),
        })
    };
    let mode = word(model.account.mode);
    let mut lines: Vec<String> =
        outcomes(model).flat_map(|result| result_lines(model, result, word(result.mode))).collect();
    if let Page::Waiting(waiting) = &model.page {
        lines.extend([
            format!("{mode}  {}", tr!("UNKNOWN: you left while the order was being sent")),
            tr!(
                "  It may have been placed; the next start looks for servers named {name}.",
                name = waiting.server_name
            ),
            labelled("SHA-256", waiting.body.hash()),
        ]);
    }
    lines.iter().map(|line| visible(line).into_owned()).collect()
}

fn labelled(label: &str, value: &str) -> String {
    format!("  {}{value}", padded(label, 12))
}

fn result_lines(model: &Model, result: &ResultPage, mode: &str) -> Vec<String> {
    let (heading, sentences) = outcome_words(result);
    let mut lines = vec![format!("{mode}  {heading}")];
    lines.extend(result.ids.iter().map(|(label, value)| labelled(words::of(label), &visible(value))));
    lines.push(labelled(words::of(phrase!("Servers")), &result.server_name));
    lines.push(labelled("SHA-256", &result.hash));
    lines.extend(sentences.into_iter().map(|sentence| format!("  {sentence}")));
    if result.verdict() == Verdict::NotKnown || result.is_conflict(model) {
        lines.extend(super::journal::search_words(model, result).into_iter().map(|(words, _)| format!("  {words}")));
    }
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        lines.push(tr!("  The journal could not keep this outcome: {why}.", why));
    }
    lines
}

/// Every outcome of this run, the oldest first.
fn outcomes(model: &Model) -> impl Iterator<Item = &ResultPage> {
    let shown = match &model.page {
        Page::Result(result) => Some(&**result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    };
    model.concluded.iter().chain(shown)
}

/// The exit code of the program, by what matters most of everything that happened: 7 a conflict, or the journal could not
/// keep an outcome; 6 unknown, 0 accepted, 4 refused, 5 not sent, 130 left before.
#[must_use]
pub fn exit_code(model: &Model) -> u8 {
    let code = |result: &ResultPage| match result.outcome {
        _ if result.lost.is_some() || result.is_conflict(model) => 7,
        Outcome::Unknown(_) if !is_found(model, result) => 6,
        Outcome::Accepted(_) | Outcome::Unknown(_) => 0,
        Outcome::Rejected(_) => 4,
        Outcome::NotSent(_) => 5,
    };
    let waiting = matches!(model.page, Page::Waiting(_)).then_some(6);
    let codes: Vec<u8> = outcomes(model).map(code).chain(waiting).collect();
    [7, 6, 0, 4, 5].into_iter().find(|code| codes.contains(code)).unwrap_or(130)
}

/// Whether an order that was in doubt has been found since.
fn is_found(model: &Model, result: &ResultPage) -> bool {
    let purchase = result.id.and_then(|id| model.purchase_of(id));
    purchase.is_some_and(|purchase| matches!(purchase.state(), State::Found { .. }))
}
