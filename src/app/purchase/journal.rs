//! The journal as the form needs it: whether an order can be placed, likely duplicates, orders that need attention, and
//! the schedule of the readings that search for them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::catalogue::Catalogue;
use crate::form::Recents;
use crate::order::{Draft, Order, read_body};
use crate::purchase::intents::{
    Acknowledged, ClockReading, Intents, MIN_READING_INTERVAL, OrderState, OrderedServers, Purchase, search_offset,
};
use crate::purchase::{Buyer, Reconciled, can_be_searched, is_listed_duplicate};

use crate::app::load_error::Millis;
use crate::app::purchase::possible_duplicate::PossibleDuplicate;

/// All searches, by id of the intent.
type OrderSearches = BTreeMap<Uuid, OrderSearch>;

/// The journal of purchases, and the searches for its orders.
#[derive(Debug, Default)]
pub struct OrderJournal {
    /// Contents of the journal; `None` before it was read.
    pub view: Option<JournalView>,
    read_at: Millis,
    searches: OrderSearches,
}

/// The journal as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalView {
    pub intents: Arc<Intents>,
    /// Reason why no order can be placed, if there is one.
    pub obstacle: Option<String>,
    /// Messages about what was found when it was opened.
    pub facts: Vec<String>,
    /// The buyer of this run. Orders of another endpoint or project are no duplicates and cannot be searched for.
    pub buyer: Buyer,
    /// Time at which it was read.
    pub now: Timestamp,
    /// Seconds by which this machine's clock was ahead of the servers' at that time.
    pub clock_ahead: Option<i64>,
}

impl JournalView {
    /// Returns the choices of the journal's orders, the newest first. Orders of demos count in demos only.
    pub(in crate::app) fn recents(&self) -> Recents {
        let is_demo = self.buyer.is_demo();
        let intents = self.intents.newest_first().map(Purchase::intent);
        let orders = intents.filter(|intent| intent.was_demo() == is_demo);
        Recents::from_orders(orders.filter_map(|intent| read_body(intent.body.as_bytes()).ok()).collect::<Vec<Draft>>())
    }
}

/// A search for an order that goes on while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OrderSearch {
    started: Millis,
    number: usize,
    is_reading: bool,
}

/// Number of the first reading that is at least a minute after an order.
const FIRST_CHECK: usize = 5;

impl OrderSearch {
    fn due(self) -> Option<Millis> {
        let offset = u64::try_from(search_offset(self.number).as_millis()).unwrap_or(Millis::MAX);
        (!self.is_reading).then(|| self.started.saturating_add(offset))
    }
}

impl OrderJournal {
    /// Returns the orders that need attention, the newest first. Orders of an earlier demo are left out after an hour.
    pub fn unresolved(&self) -> impl Iterator<Item = &Purchase> {
        let hour = SignedDuration::from_hours(1);
        self.view.iter().flat_map(move |journal| {
            // The simulator of an earlier demo is gone, and nothing real was bought from it: that is
            // worth saying at the next start, and not for ever.
            let is_stale = move |purchase: &&Purchase| {
                let intent = purchase.intent();
                intent.was_demo() && !journal.buyer.is_at(intent) && journal.now.duration_since(intent.at) > hour
            };
            journal.intents.need_attention().filter(move |purchase| !is_stale(purchase))
        })
    }

    /// Returns whether a draft is the request of an order that needs attention: continuing it would order the same
    /// again.
    pub(in crate::app) fn is_unresolved(&self, draft: &Draft) -> bool {
        let Ok(order) = Order::check(draft, &Catalogue::default()) else { return false };
        let body = order.body();
        self.unresolved().any(|purchase| purchase.intent().body_hash == body.hash())
    }

    /// Returns the orders of this account whose rejection still has to be checked, each with the number of its first
    /// reading: 0, or [`FIRST_CHECK`] for an order less than a minute old, since an earlier reading would not count.
    fn due_checks(&self) -> impl Iterator<Item = (&Purchase, usize)> {
        self.view.iter().flat_map(|journal| {
            let now = ClockReading { at: journal.now, ahead: journal.clock_ahead };
            let due = journal.intents.newest_first().filter(|purchase| purchase.is_check_due());
            due.filter(|purchase| journal.buyer.is_at(purchase.intent())).map(move |purchase| {
                let is_new = purchase.sent_at().is_some_and(|sent| now.least_since(sent) < MIN_READING_INTERVAL);
                (purchase, if is_new { FIRST_CHECK } else { 0 })
            })
        })
    }

    /// Starts a search for every order of this account whose outcome is unknown, and for every rejection that was only
    /// reported.
    pub(in crate::app) fn start_searches(&mut self, now: Millis) {
        let doubtful: Vec<Uuid> = self
            .unresolved()
            .filter(|purchase| matches!(purchase.state(), OrderState::Unknown(_)) && self.is_here(purchase))
            .map(|purchase| purchase.intent().id)
            .collect();
        let reported: Vec<(Uuid, usize)> =
            self.due_checks().map(|(purchase, number)| (purchase.intent().id, number)).collect();
        let started = now;
        for id in doubtful {
            self.searches.entry(id).or_insert(OrderSearch { started, number: 0, is_reading: false });
        }
        for (id, number) in reported {
            self.searches.entry(id).or_insert(OrderSearch { started, number, is_reading: false });
        }
    }

    /// Returns the orders whose search is due, and marks them as being read.
    pub(in crate::app) fn search_when_due(&mut self, now: Millis) -> Vec<Uuid> {
        let mut due = Vec::new();
        for (id, search) in &mut self.searches {
            if search.due().is_some_and(|at| at <= now) {
                search.is_reading = true;
                due.push(*id);
            }
        }
        due
    }

    /// Returns the orders to read now, and marks them as being read: every one that is searched for and not being read,
    /// and `shown` even if it has no search.
    pub(in crate::app) fn search_now(&mut self, shown: Option<Uuid>, now: Millis) -> Vec<Uuid> {
        if let Some(id) = shown {
            self.searches.entry(id).or_insert(OrderSearch { started: now, number: FIRST_CHECK, is_reading: false });
        }
        let idle = self.searches.iter_mut().filter(|(_, search)| !search.is_reading);
        idle.map(|(id, search)| {
            search.is_reading = true;
            *id
        })
        .collect()
    }

    /// Returns whether [`Self::search_now`] would return any order.
    pub(in crate::app) fn can_search_now(&self, shown: Option<Uuid>) -> bool {
        let is_reading = |id: &Uuid| self.searches.get(id).is_some_and(|search| search.is_reading);
        self.next_search().is_some() || shown.is_some_and(|id| !is_reading(&id))
    }

    /// Returns the order of a result page, if it is one of this account and the server list can show more about it.
    pub(in crate::app) fn searchable(&self, id: Option<Uuid>) -> Option<Uuid> {
        let purchase = self.purchase_of(id?)?;
        (can_be_searched(purchase.state()) && self.is_here(purchase)).then_some(purchase.intent().id)
    }

    /// Applies the result of a reading: ends the search, or schedules the next reading.
    pub(in crate::app) fn take_reading(&mut self, id: Uuid, reconciled: &Reconciled) {
        let is_settled = self.purchase_of(id).is_none_or(|purchase| {
            let is_open = matches!(purchase.state(), OrderState::Unknown(_));
            !is_open && !purchase.is_check_due()
        });
        let goes_on = match reconciled {
            Reconciled::NotSeen { .. } | Reconciled::Unread { .. } => !is_settled,
            Reconciled::NotKept { .. } => true,
            Reconciled::Conflict { .. }
            | Reconciled::Settled
            | Reconciled::Elsewhere
            | Reconciled::Found { .. }
            | Reconciled::NotFound => false,
        };
        if !goes_on {
            self.searches.remove(&id);
        } else if let Some(search) = self.searches.get_mut(&id) {
            search.is_reading = false;
            search.number += 1;
        }
    }

    /// Replaces the orders with the current contents of the journal.
    pub(in crate::app) fn set_intents(&mut self, intents: Arc<Intents>) {
        if let Some(view) = &mut self.view {
            view.intents = intents;
        }
    }

    /// Stores the journal and the time at which it was read.
    pub(in crate::app) fn set_view(&mut self, view: JournalView, now: Millis) {
        self.view = Some(view);
        self.read_at = now;
    }

    /// Returns the time of the next reading; `None` if none is scheduled.
    pub(in crate::app) fn next_search(&self) -> Option<Millis> {
        self.searches.values().filter_map(|search| search.due()).min()
    }

    /// Returns whether an order was for the endpoint and project of this run.
    pub(in crate::app) fn is_here(&self, purchase: &Purchase) -> bool {
        self.view.as_ref().is_some_and(|journal| journal.buyer.is_at(purchase.intent()))
    }

    /// Returns the journal's record of an intent.
    #[must_use]
    pub fn purchase_of(&self, id: Uuid) -> Option<&Purchase> {
        self.view.as_ref()?.intents.purchase(id)
    }

    /// Returns the earlier orders and listed servers that an order may repeat, and the ids of the earlier orders, which
    /// the user is asked about.
    pub(in crate::app) fn duplicates(
        &self,
        catalogue: &Catalogue,
        now: Millis,
        name: &str,
        hash: &str,
        ordered: &OrderedServers,
    ) -> (Vec<PossibleDuplicate>, Acknowledged) {
        let Some(journal) = &self.view else { return (Vec::new(), Acknowledged::none()) };
        let passed = i64::try_from(now.saturating_sub(self.read_at)).unwrap_or(i64::MAX);
        let at = journal.now.saturating_add(SignedDuration::from_millis(passed)).unwrap_or(journal.now);
        let now = ClockReading { at, ahead: journal.clock_ahead };
        let found = journal.buyer.duplicates(&journal.intents, (name, ordered, hash), now);
        let ids = found.iter().map(|found| found.purchase.intent().id).collect();
        let mut duplicates: Vec<PossibleDuplicate> = found.iter().map(PossibleDuplicate::of_order).collect();
        duplicates.extend(listed_duplicate(catalogue, ordered, now));
        (duplicates, Acknowledged::These(ids))
    }
}

/// Returns a listed server of the same flavors that was created in the last 15 minutes, if there is one.
fn listed_duplicate(catalogue: &Catalogue, ordered: &OrderedServers, now: ClockReading) -> Option<PossibleDuplicate> {
    let mut servers = catalogue.servers.as_ref()?.iter();
    let found = servers.find(|server| is_listed_duplicate(server, ordered, now))?;
    Some(PossibleDuplicate::SimilarServer { name: found.name.clone() })
}
