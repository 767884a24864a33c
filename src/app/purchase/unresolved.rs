//! The journal as the form needs it: whether anything can be bought, likely duplicates, unresolved orders, and when
//! the project is read again to find them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::catalogue::Catalogue;
use crate::form::Step;
use crate::i18n::tr;
use crate::order::Order;
use crate::purchase::intents::{
    Acknowledged, ClockReading, Intents, MIN_READING_INTERVAL, OrderState, OrderedServers, Purchase, search_offset,
};
use crate::purchase::{Buyer, Reconciled, can_be_searched, conflict_sentence, is_listed_duplicate};
use crate::text::sanitize;

use crate::app::model::{DeferredRequest, Model, Overlay, Page};
use crate::app::msg::{Effect, Millis};
use crate::app::purchase::duplicate_text::duplicate_sentence;
use crate::app::purchase::outcome_kind::OutcomeKind;

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
            let then = self.overlay.take().filter(|overlay| !self.is_unresolved_draft(overlay)).map(Box::new);
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

    /// Whether an overlay offers a draft whose request is that of an order that needs attention: going on with it would
    /// order the same again.
    pub(in crate::app) fn is_unresolved_draft(&self, overlay: &Overlay) -> bool {
        let Overlay::Resume(saved) = overlay else { return false };
        let Ok(order) = Order::check(&saved.draft, &Catalogue::default()) else { return false };
        let body = order.body();
        self.unresolved().any(|purchase| purchase.intent().body_hash == body.hash())
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

    /// The order of the result page, if the server list can show more about it.
    fn searchable(&self) -> Option<Uuid> {
        let Page::Result(result) = &self.page else { return None };
        let purchase = result.purchase(self)?;
        (can_be_searched(purchase.state()) && self.is_here(purchase)).then_some(purchase.intent().id)
    }

    /// Whether something would be read now.
    pub(in crate::app) fn can_search_now(&self) -> bool {
        let is_reading = |id: &Uuid| self.searches.get(id).is_some_and(|search| search.is_reading);
        self.next_search().is_some() || self.searchable().is_some_and(|id| !is_reading(&id))
    }

    /// Reads now for every search that is not being read, and for the order of the result page in any case.
    pub(in crate::app) fn search_now(&mut self) -> Vec<Effect> {
        if let Some(id) = self.searchable() {
            let started = self.now;
            self.searches.entry(id).or_insert(OrderSearch { started, number: FIRST_CHECK, is_reading: false });
        }
        let idle = self.searches.iter_mut().filter(|(_, search)| !search.is_reading);
        idle.map(|(id, search)| {
            search.is_reading = true;
            Effect::ReconcileOrder { id: *id }
        })
        .collect()
    }

    pub(in crate::app) fn set_reconciled(
        &mut self,
        id: Uuid,
        reconciled: &Reconciled,
        intents: Arc<Intents>,
    ) -> Vec<Effect> {
        let shown = self.shown_kind();
        if let Some(journal) = &mut self.journal {
            journal.intents = intents;
        }
        if self.shown_kind() != shown
            && let Page::Result(result) = &mut self.page
        {
            (result.top, result.cursor) = (0, 0);
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
                self.announce_conflict(id, order_ids);
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
        // The draft of a rejected order was kept to be changed; now an order of it exists.
        let is_conflict = matches!(reconciled, Reconciled::Conflict { .. });
        if is_conflict && self.is_ordered_already() { vec![self.forget_draft()] } else { Vec::new() }
    }

    /// What became of the order whose page is shown.
    fn shown_kind(&self) -> Option<OutcomeKind> {
        match &self.page {
            Page::Result(result) => Some(result.outcome_kind(self)),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
        }
    }

    /// Shows a conflict: on the page of the order if it is there, else in a panel.
    fn announce_conflict(&mut self, id: Uuid, order_ids: &BTreeSet<String>) {
        if matches!(&self.page, Page::Result(result) if result.id == Some(id)) {
            return;
        }
        self.has_new_conflict = true;
        self.open_conflict_panel();
        if self.has_new_conflict {
            let conflict = conflict_sentence(order_ids);
            self.message = Some(tr!("CONFLICT: {conflict}", conflict));
        }
    }

    /// Opens the panel of a conflict that a search has found, as soon as it covers no other one and no text under the
    /// cursor: its keys would be lost.
    pub(in crate::app) fn open_conflict_panel(&mut self) {
        if !self.has_new_conflict {
            return;
        }
        // The draft of this very order is offered no longer.
        self.overlay = self.overlay.take().filter(|overlay| !self.is_unresolved_draft(overlay));
        if self.page == Page::Form && self.overlay.is_none() && !self.has_text_under_cursor() {
            self.has_new_conflict = false;
            self.overlay = Some(Overlay::Unresolved { then: None });
        }
    }

    /// When the next search is due.
    pub(in crate::app) fn next_search(&self) -> Option<Millis> {
        self.searches.values().filter_map(|search| search.due()).min()
    }

    /// Whether an order was for the endpoint and project of this run.
    pub(in crate::app) fn is_here(&self, purchase: &Purchase) -> bool {
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

/// All searches, by intent.
pub type OrderSearches = BTreeMap<Uuid, OrderSearch>;
