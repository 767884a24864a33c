//! What the journal says, as far as the form needs it: whether anything can be bought, which
//! orders are in doubt, and when the project is read again in search of them.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::form::Step;
use crate::order::text;
use crate::purchase::intents::{Intents, Purchase, Shape, State, Twin, sweep_offset};
use crate::purchase::{Buyer, Swept, is_listed_twin};
use crate::words::{self, phrase, tr};

use super::keymap::Action;
use super::model::{Model, Overlay, Page, Wanted};
use super::msg::{Effect, Millis};
use super::result::ResultPage;

/// The journal, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalView {
    pub intents: Intents,
    /// Why nothing can be bought.
    pub obstacle: Option<String>,
    /// What came to light when it was opened.
    pub facts: Vec<String>,
    /// Who buys here: orders elsewhere are no twins and cannot be looked for.
    pub buyer: Buyer,
    /// The time of day when it was read.
    pub now: Timestamp,
}

/// A search that goes on while the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Search {
    started: Millis,
    number: usize,
    is_reading: bool,
}

impl Search {
    fn due(self) -> Option<Millis> {
        let offset = u64::try_from(sweep_offset(self.number).as_millis()).unwrap_or(Millis::MAX);
        (!self.is_reading).then(|| self.started.saturating_add(offset))
    }
}

impl Model {
    /// Takes the journal in. What is in doubt is shown before anything else, and looked for.
    pub(super) fn take_journal(&mut self, view: JournalView) {
        self.journal_at = self.now;
        // Said once, when it is opened; that nothing can be bought is said again on the way there.
        if self.journal.is_none() {
            let news = view.obstacle.iter().chain(&view.facts).map(|words| text::sentence(words));
            let news = news.collect::<Vec<_>>().join(" ");
            if !news.is_empty() {
                self.message = Some(news);
            }
        }
        let can_buy = view.obstacle.is_none();
        self.journal = Some(view);
        self.note_orders();
        self.learn_habits();
        self.start_searches();
        if self.page == Page::Form && self.unresolved().next().is_some() {
            let then = self.overlay.take().map(Box::new);
            self.overlay = Some(Overlay::Unresolved { then });
        }
        // A person who was quicker than the disk need not ask twice.
        let is_on_review = self.page == Page::Form && self.overlay.is_none() && self.step == Step::Review;
        let wanted = std::mem::replace(&mut self.wanted, Wanted::Nothing);
        if wanted == Wanted::Confirmation && is_on_review && can_buy {
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
                intent.was_in_a_demo() && !journal.buyer.is_at(intent) && journal.now.duration_since(intent.at) > hour
            };
            journal.intents.unresolved().filter(move |purchase| !is_stale(purchase))
        })
    }

    fn start_searches(&mut self) {
        let doubtful: Vec<Uuid> = self
            .unresolved()
            .filter(|purchase| matches!(purchase.state(), State::Unknown(_)) && self.is_here(purchase))
            .map(|purchase| purchase.intent().id)
            .collect();
        for id in doubtful {
            let started = self.now;
            self.searches.entry(id).or_insert(Search { started, number: 0, is_reading: false });
        }
    }

    /// Reads again for every search whose time has come.
    pub(super) fn search_when_due(&mut self) -> Vec<Effect> {
        let now = self.now;
        let mut effects = Vec::new();
        for (id, search) in &mut self.searches {
            if search.due().is_some_and(|due| due <= now) {
                search.is_reading = true;
                effects.push(Effect::Sweep { id: *id });
            }
        }
        effects
    }

    /// Reads now for every search that is not being read.
    pub(super) fn search_now(&mut self) -> Vec<Effect> {
        let idle = self.searches.iter_mut().filter(|(_, search)| !search.is_reading);
        idle.map(|(id, search)| {
            search.is_reading = true;
            Effect::Sweep { id: *id }
        })
        .collect()
    }

    pub(super) fn take_swept(&mut self, id: Uuid, swept: &Swept, intents: Intents) {
        if let Some(journal) = &mut self.journal {
            journal.intents = intents;
        }
        if let (Swept::Found { order_id }, Page::Result(result)) = (swept, &mut self.page)
            && result.id == Some(id)
        {
            result.ids.insert(0, (phrase!("Order id"), order_id.clone()));
        }
        let goes_on = match swept {
            Swept::NotSeen | Swept::Unread { .. } => true,
            Swept::NotKept { why } => {
                self.message = Some(tr!("What was read could not be kept: {why}", why));
                true
            }
            Swept::Settled | Swept::Elsewhere | Swept::Found { .. } | Swept::Alarm { .. } | Swept::NotFound => false,
        };
        if !goes_on {
            self.searches.remove(&id);
        } else if let Some(search) = self.searches.get_mut(&id) {
            search.is_reading = false;
            search.number += 1;
        }
    }

    /// When the next search is due.
    pub(super) fn next_search(&self) -> Option<Millis> {
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

    /// Why another order of this kind has to be asked about, in sentences.
    pub(super) fn twins(&self, hash: &str, shape: &Shape) -> Vec<String> {
        let Some(journal) = &self.journal else { return Vec::new() };
        let passed = i64::try_from(self.now.saturating_sub(self.journal_at)).unwrap_or(i64::MAX);
        let now = journal.now.saturating_add(SignedDuration::from_millis(passed)).unwrap_or(journal.now);
        let mut twins: Vec<String> = journal
            .intents
            .twins(hash, shape, now)
            .iter()
            .filter(|twin| {
                let intent = twin.purchase().intent();
                journal.buyer.is_at(intent) || (matches!(twin, Twin::Unresolved(_)) && !intent.was_in_a_demo())
            })
            .map(twin_words)
            .collect();
        twins.extend(self.listed_twin(shape, now));
        twins
    }

    /// A server of the same flavors that appeared in the project a moment ago.
    fn listed_twin(&self, shape: &Shape, now: Timestamp) -> Option<String> {
        let twin = self.catalogue.servers.as_ref()?.iter().find(|server| is_listed_twin(server, shape, now))?;
        Some(tr!(
            "The project has a server of the same flavors since a moment ago: {name}.",
            name = text::visible(&twin.name)
        ))
    }
}

fn twin_words(twin: &Twin) -> String {
    let intent = twin.purchase().intent();
    let name = &intent.server_name;
    match twin {
        Twin::Unresolved(_) => tr!("The same order, {name}, is in doubt: this may be a second one.", name),
        Twin::SameBody(_) => tr!("The same order, {name}, was placed a moment ago: this is a second one.", name),
        Twin::SameShape(_) => {
            tr!("An order of the same flavors, image and count, {name}, was placed a moment ago.", name)
        }
    }
}

/// All searches, by intent.
pub type Searches = BTreeMap<Uuid, Search>;

/// What is known about an order in doubt, in sentences; `true` marks good news.
#[must_use]
pub fn search_words(model: &Model, result: &ResultPage) -> Vec<(String, bool)> {
    let name = &result.server_name;
    let Some(purchase) = result.id.and_then(|id| model.purchase_of(id)) else {
        return vec![(tr!("Look for servers named {name} in the console before you order again.", name), false)];
    };
    let ids: Vec<&str> = purchase.order_ids().iter().map(String::as_str).collect();
    let ids = ids.join(words::of(phrase!(", ")));
    match purchase.state() {
        State::Found => vec![(tr!("Found: the order was placed; it is {ids}.", ids), true)],
        State::Alarm => vec![
            (tr!("ALARM: there is more than one order for this one: {ids}.", ids), false),
            (tr!("Nothing is cancelled by itself. Look at both in the console."), false),
        ],
        State::NotFound => {
            vec![(
                tr!(
                    "Read often and long enough: there are no servers of this order. It was not placed, or it is unpaid."
                ),
                false,
            )]
        }
        State::Ready
        | State::Sending
        | State::Unknown(_)
        | State::Accepted(_)
        | State::Refused(_)
        | State::NotSent(_) => {
            let key = model.keymap.key_of(Action::Refresh);
            let searched = match purchase.evidence().sweeps {
                0 => tr!("The server list is searched for {name}: not read yet. {key} looks now.", name, key),
                1 => tr!("The server list is searched for {name}: read once, not there. {key} looks now.", name, key),
                times => tr!(
                    "The server list is searched for {name}: read {times} times, not there. {key} looks now.",
                    name,
                    times,
                    key
                ),
            };
            vec![
                (searched, false),
                (tr!("Not being listed proves nothing: an order can show up late, an unpaid one never does."), false),
                (tr!("The console (Billing Center, Orders) shows every order, unpaid ones too."), false),
                (tr!("The journal keeps it: the next start goes on looking. Leaving is safe."), false),
            ]
        }
    }
}

/// A time with its offset from UTC, to the second.
fn local_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// The orders in doubt that an earlier run left, in sentences.
#[must_use]
pub fn unresolved_words(model: &Model) -> Vec<String> {
    let mut lines = vec![tr!("What became of these orders is not known:")];
    for purchase in model.unresolved() {
        let intent = purchase.intent();
        let why = match purchase.state() {
            State::Unknown(unknown) => unknown.told(),
            State::Ready
            | State::Sending
            | State::Accepted(_)
            | State::Refused(_)
            | State::NotSent(_)
            | State::Found
            | State::NotFound
            | State::Alarm => tr!("it is on its way"),
        };
        let paid = words::of(if intent.pays_now { phrase!("PAYS NOW") } else { phrase!("pay later") });
        let (name, at, why) = (&intent.server_name, local_time(intent.at), text::sentence(&why));
        lines.push(tr!("{name} of {at}, {paid}: {why}", name, at, paid, why));
        if !model.is_here(purchase) {
            lines.push(if intent.was_in_a_demo() {
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
