//! The journal as the form needs it: whether anything can be bought, likely duplicates, unresolved orders, and when
//! the project is read again to find them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::form::Step;
use crate::i18n::{self, phrase, tr};
use crate::purchase::intents::{
    Acknowledged, ClockReading, Intents, LikelyDuplicate, MIN_READING_INTERVAL, OrderState, OrderedServers, Purchase,
    Resemblance, search_offset,
};
use crate::purchase::{Buyer, Reconciled, is_listed_duplicate, open_reasons};
use crate::text::sanitize;

use crate::app::keys::action::Action;
use crate::app::model::{DeferredRequest, Model, Overlay, Page};
use crate::app::msg::{Effect, Millis};
use crate::app::purchase::result::ResultPage;

/// The journal, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalView {
    pub intents: Arc<Intents>,
    /// Why nothing can be bought.
    pub obstacle: Option<String>,
    /// What came to light when it was opened.
    pub facts: Vec<String>,
    /// Who buys here: orders elsewhere are no duplicates and cannot be looked for.
    pub buyer: Buyer,
    /// The time of day when it was read.
    pub now: Timestamp,
    /// Seconds that this machine's clock was ahead of the servers' then.
    pub clock_ahead: Option<i64>,
}

/// A search that goes on while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderSearch {
    started: Millis,
    number: usize,
    is_reading: bool,
}

/// The number of the first reading that is at least a minute after an order.
const FIRST_CHECK: usize = 5;

impl OrderSearch {
    fn due(self) -> Option<Millis> {
        let offset = u64::try_from(search_offset(self.number).as_millis()).unwrap_or(Millis::MAX);
        (!self.is_reading).then(|| self.started.saturating_add(offset))
    }
}

impl Model {
    /// Takes the journal in. What is in doubt is shown before anything else, and looked for.
    pub(in crate::app) fn set_journal(&mut self, view: JournalView) {
        self.journal_at = self.now;
        // Said once, when it is opened; that nothing can be bought is said again on the way there.
        if self.journal.is_none() {
            let news = view.obstacle.iter().chain(&view.facts).map(|words| sanitize::sentence(words));
            let news = news.collect::<Vec<_>>().join(" ");
            if !news.is_empty() {
                self.message = Some(news);
            }
        }
        let can_buy = view.obstacle.is_none();
        self.journal = Some(view);
        self.note_orders();
        self.update_recents();
        self.start_searches();
        if self.page == Page::Form && self.unresolved().next().is_some() {
            let then = self.overlay.take().map(Box::new);
            self.overlay = Some(Overlay::Unresolved { then });
        }
        // A person who was quicker than the disk need not ask twice.
        let is_on_review = self.page == Page::Form && self.overlay.is_none() && self.step == Step::Review;
        let wanted = std::mem::replace(&mut self.deferred, DeferredRequest::Nothing);
        if wanted == DeferredRequest::Confirmation && is_on_review && can_buy {
            self.open_confirmation();
        }
    }

    /// Orders of which nobody can tell yet what became of them, newest first.
    pub fn unresolved(&self) -> impl Iterator<Item = &Purchase> {
        let hour = SignedDuration::from_hours(1);
        self.journal.iter().flat_map(move |journal| {
            // The simulator of an earlier demo is gone, and nothing real was bought from it: that is
            // worth saying at the next start, and not for ever.
            let is_stale = move |purchase: &&Purchase| {
                let intent = purchase.intent();
                intent.was_demo() && !journal.buyer.is_at(intent) && journal.now.duration_since(intent.at) > hour
            };
            journal.intents.need_attention().filter(move |purchase| !is_stale(purchase))
        })
    }

    /// Orders of this account whose rejection was only reported, each with the number of its first reading: at once, or
    /// for an order of this minute, whose reading would not count, when a minute has passed.
    fn due_checks(&self) -> impl Iterator<Item = (&Purchase, usize)> {
        self.journal.iter().flat_map(|journal| {
            let now = ClockReading { at: journal.now, ahead: journal.clock_ahead };
            let due = journal.intents.newest_first().filter(|purchase| purchase.is_check_due());
            due.filter(|purchase| journal.buyer.is_at(purchase.intent())).map(move |purchase| {
                let is_new = purchase.sent_at().is_some_and(|sent| now.least_since(sent) < MIN_READING_INTERVAL);
                (purchase, if is_new { FIRST_CHECK } else { 0 })
            })
        })
    }

    fn start_searches(&mut self) {
        let doubtful: Vec<Uuid> = self
            .unresolved()
            .filter(|purchase| matches!(purchase.state(), OrderState::Unknown(_)) && self.is_here(purchase))
            .map(|purchase| purchase.intent().id)
            .collect();
        let reported: Vec<(Uuid, usize)> =
            self.due_checks().map(|(purchase, number)| (purchase.intent().id, number)).collect();
        let started = self.now;
        for id in doubtful {
            self.searches.entry(id).or_insert(OrderSearch { started, number: 0, is_reading: false });
        }
        for (id, number) in reported {
            self.searches.entry(id).or_insert(OrderSearch { started, number, is_reading: false });
        }
    }

    /// Reads again for every search whose time has come.
    pub(in crate::app) fn search_when_due(&mut self) -> Vec<Effect> {
        let now = self.now;
        let mut effects = Vec::new();
        for (id, search) in &mut self.searches {
            if search.due().is_some_and(|due| due <= now) {
                search.is_reading = true;
                effects.push(Effect::ReconcileOrder { id: *id });
            }
        }
        effects
    }

    /// Reads now for every search that is not being read.
    pub(in crate::app) fn search_now(&mut self) -> Vec<Effect> {
        let idle = self.searches.iter_mut().filter(|(_, search)| !search.is_reading);
        idle.map(|(id, search)| {
            search.is_reading = true;
            Effect::ReconcileOrder { id: *id }
        })
        .collect()
    }

    pub(in crate::app) fn set_reconciled(&mut self, id: Uuid, reconciled: &Reconciled, intents: Arc<Intents>) {
        if let Some(journal) = &mut self.journal {
            journal.intents = intents;
        }
        if let (Reconciled::Found { order_id }, Page::Result(result)) = (reconciled, &mut self.page)
            && result.id == Some(id)
        {
            result.ids.insert(0, (phrase!("Order id"), order_id.clone()));
        }
        let is_settled = self.purchase_of(id).is_none_or(|purchase| {
            let is_open = matches!(purchase.state(), OrderState::Unknown(_));
            !is_open && !purchase.is_check_due()
        });
        let goes_on = match reconciled {
            Reconciled::NotSeen { .. } | Reconciled::Unread { .. } => !is_settled,
            Reconciled::NotKept { why } => {
                self.message = Some(tr!("What was read could not be kept: {why}", why));
                true
            }
            Reconciled::Conflict { order_ids } => {
                let ids: Vec<String> = order_ids.iter().map(|id| sanitize::visible(id).into_owned()).collect();
                let ids = ids.join(i18n::t(phrase!(", ")));
                self.message = Some(tr!("CONFLICT: one confirmation has the orders {ids}.", ids));
                false
            }
            Reconciled::Settled | Reconciled::Elsewhere | Reconciled::Found { .. } | Reconciled::NotFound => false,
        };
        if !goes_on {
            self.searches.remove(&id);
        } else if let Some(search) = self.searches.get_mut(&id) {
            search.is_reading = false;
            search.number += 1;
        }
    }

    /// When the next search is due.
    pub(in crate::app) fn next_search(&self) -> Option<Millis> {
        self.searches.values().filter_map(|search| search.due()).min()
    }

    /// Whether an order was for the endpoint and project of this run.
    fn is_here(&self, purchase: &Purchase) -> bool {
        self.journal.as_ref().is_some_and(|journal| journal.buyer.is_at(purchase.intent()))
    }

    /// What the journal says about an intent.
    #[must_use]
    pub fn purchase_of(&self, id: Uuid) -> Option<&Purchase> {
        self.journal.as_ref()?.intents.purchase(id)
    }

    /// Returns the earlier orders that an order may repeat, in sentences, and which of them the user is asked about.
    pub(in crate::app) fn duplicates(
        &self,
        name: &str,
        hash: &str,
        ordered: &OrderedServers,
    ) -> (Vec<String>, Acknowledged) {
        let Some(journal) = &self.journal else { return (Vec::new(), Acknowledged::none()) };
        let passed = i64::try_from(self.now.saturating_sub(self.journal_at)).unwrap_or(i64::MAX);
        let at = journal.now.saturating_add(SignedDuration::from_millis(passed)).unwrap_or(journal.now);
        let now = ClockReading { at, ahead: journal.clock_ahead };
        let found = journal.buyer.duplicates(&journal.intents, (name, ordered, hash), now);
        let ids = found.iter().map(|found| found.purchase.intent().id).collect();
        let mut sentences: Vec<String> = found.iter().map(duplicate_sentence).collect();
        sentences.extend(self.listed_duplicate(ordered, now));
        (sentences, Acknowledged::These(ids))
    }

    /// A server of the same flavors that appeared in the project a moment ago.
    fn listed_duplicate(&self, ordered: &OrderedServers, now: ClockReading) -> Option<String> {
        let mut servers = self.catalogue.servers.as_ref()?.iter();
        let found = servers.find(|server| is_listed_duplicate(server, ordered, now))?;
        Some(tr!(
            "The project has a server of the same flavors since a moment ago: {name}.",
            name = sanitize::visible(&found.name)
        ))
    }
}

/// Why an earlier order may be the same one, in a sentence.
#[must_use]
pub fn duplicate_sentence(found: &LikelyDuplicate) -> String {
    let intent = found.purchase.intent();
    let (name, state, at) =
        (sanitize::visible(&intent.server_name), found.purchase.state().name(), local_time(intent.at));
    match found.resemblance {
        Resemblance::SameBody => tr!("The same order, {name}, is {state} since {at}.", name, state, at),
        Resemblance::SameName => tr!("An order with this server name, {name}, is {state} since {at}.", name, state, at),
        Resemblance::SameServers => {
            tr!("An order of the same server flavor and count, {name}, is {state} since {at}.", name, state, at)
        }
        Resemblance::SameOrder => {
            tr!("An order of the same flavors, image and count, {name}, is {state} since {at}.", name, state, at)
        }
    }
}

/// All searches, by intent.
pub type OrderSearches = BTreeMap<Uuid, OrderSearch>;

/// What is known about an order in doubt, in sentences; `true` marks good news.
#[must_use]
pub fn search_lines(model: &Model, result: &ResultPage) -> Vec<(String, bool)> {
    let name = &result.server_name;
    let Some(purchase) = result.id.and_then(|id| model.purchase_of(id)) else {
        return vec![(tr!("Look for servers named {name} in the console before you order again.", name), false)];
    };
    let ids: Vec<&str> = purchase.order_ids().iter().map(String::as_str).collect();
    let ids = ids.join(i18n::t(phrase!(", ")));
    match purchase.state() {
        OrderState::Found { .. } => vec![(tr!("Found: the order was placed; it is {ids}.", ids), true)],
        OrderState::Conflict => vec![
            (tr!("CONFLICT: one confirmation has the orders {ids}.", ids), false),
            (tr!("Nothing is cancelled automatically. Check every order in the console, then run:"), false),
            (format!("{} --order-id ...", resolve_command(purchase)), false),
        ],
        OrderState::NotFound | OrderState::NotPlaced => {
            vec![(
                tr!("Not found: every order of the account was read, often and long enough. It was not placed."),
                false,
            )]
        }
        OrderState::Rejected(_) => {
            vec![(tr!("The server list is read once more, to be sure that no server of this order exists."), false)]
        }
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Unknown(_)
        | OrderState::Accepted(_)
        | OrderState::NotSent(_) => {
            let key = model.keymap.key_of(Action::Refresh);
            let searched = match purchase.empty_readings() {
                0 => tr!("The server list is searched for {name}: not read yet. {key} reads it now.", name, key),
                1 => {
                    tr!("The server list is searched for {name}: read once, not there. {key} reads it now.", name, key)
                }
                times => tr!(
                    "The server list is searched for {name}: read {times} times, not there. {key} reads it now.",
                    name,
                    times,
                    key
                ),
            };
            let mut lines = vec![(searched, false)];
            lines.extend(open_reasons(purchase).into_iter().map(|reason| (reason.message, false)));
            lines.push((tr!("The console (Billing Center, Orders) shows every order. Then run:"), false));
            lines.push((format!("{} --order-id ID | --not-placed", resolve_command(purchase)), false));
            lines
                .push((tr!("You can quit: the order stays in the journal, and the next start searches again."), false));
            lines
        }
    }
}

/// The command that closes an order, up to what became of it.
fn resolve_command(purchase: &Purchase) -> String {
    let intent = purchase.intent();
    let short: String = intent.id.to_string().chars().take(8).collect();
    let demo = if intent.was_demo() { " --demo" } else { "" };
    format!("cph-wizard orders resolve{demo} {short}")
}

/// A time with its offset from UTC, to the second.
fn local_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// The orders in doubt that an earlier run left, in sentences.
#[must_use]
pub fn unresolved_lines(model: &Model) -> Vec<String> {
    let mut lines = vec![tr!("What became of these orders is not known:")];
    for purchase in model.unresolved() {
        let intent = purchase.intent();
        let why = match purchase.state() {
            OrderState::Unknown(unknown) => unknown.message(),
            OrderState::Conflict => tr!("it has more than one order"),
            OrderState::Ready
            | OrderState::Sending
            | OrderState::Accepted(_)
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::Found { .. }
            | OrderState::NotFound
            | OrderState::NotPlaced => tr!("it is on its way"),
        };
        let paid = i18n::t(if intent.pays_now { phrase!("PAYS NOW") } else { phrase!("pay later") });
        let (name, at, why) = (&intent.server_name, local_time(intent.at), sanitize::sentence(&why));
        lines.push(tr!("{name} of {at}, {paid}: {why}", name, at, paid, why));
        if !model.is_here(purchase) {
            lines.push(if intent.was_demo() {
                tr!("  It went to the simulator of an earlier demo, which is gone: nothing real was bought.")
            } else {
                tr!("  It went to {endpoint}, which this start does not ask.", endpoint = intent.endpoint)
            });
        }
    }
    lines.push(String::new());
    lines.push(tr!("Each may exist. They are searched for in the server list; nothing is sent again."));
    lines.push(tr!("cph-wizard orders shows them, and what was found."));
    lines
}
