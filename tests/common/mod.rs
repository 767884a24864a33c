//! What several suites need: the documented catalogue, read through the real client from the
//! simulator, and a driver that presses keys on a model without a terminal.

#![allow(dead_code, reason = "every suite uses its own part")]

use std::sync::{Arc, OnceLock};

use cph_wizard::api::{Account, AuthMethod, Cloud, Endpoint, HttpCloud, NO_OBSERVER, Token};
use cph_wizard::app::{
    AccountLabel, AccountMode, Call, Effect, IdentityState, JournalView, Key, KeyCode, Model, Msg, Overlay,
    PaletteItem, PaletteView, SavedDraft, update,
};
use cph_wizard::catalogue::{Listing, Resource};
use cph_wizard::export::ExportError;
use cph_wizard::purchase::intents::{Intent, IntentCredentials, Intents, JournalEntry, ListSource, Sending};
use cph_wizard::purchase::{Buyer, Event, Outcome, Reconciled, Unknown, UnknownReason, ordered_servers};
use cph_wizard::simulator::{Options, Scene, Simulator};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// A client of a simulator.
pub fn cloud_of(simulator: &Simulator) -> HttpCloud {
    let endpoint = Endpoint::parse(&simulator.url()).unwrap();
    HttpCloud::new(Account::new(endpoint, "p", AuthMethod::Token(Token::new("t")))).unwrap()
}

/// Every list of a scene.
pub fn listings_of(scene: &str) -> Vec<Listing> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let options = Options { scene: Scene::named(scene).unwrap(), ..Options::default() };
        let simulator = Simulator::start(options).await.unwrap();
        let cloud = Arc::new(cloud_of(&simulator));
        let mut listings = Vec::new();
        for resource in Resource::ALL {
            listings.push(cloud.list(resource, NO_OBSERVER).await.unwrap());
        }
        listings
    })
}

/// Every list of the documented catalogue.
pub fn listings() -> &'static [Listing] {
    static LISTINGS: OnceLock<Vec<Listing>> = OnceLock::new();
    LISTINGS.get_or_init(|| listings_of("normal"))
}

/// Who buys in the tests.
pub fn buyer() -> Buyer {
    Buyer {
        profile: "demo".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
    }
}

/// A form that is driven by hand.
pub struct Driver {
    pub model: Model,
    pub at: u64,
    /// Everything that was asked for so far.
    pub effects: Vec<Effect>,
    answers: &'static [Listing],
}

/// What an empty journal says.
pub fn journal_view() -> JournalView {
    JournalView {
        intents: Arc::default(),
        obstacle: None,
        facts: Vec::new(),
        buyer: buyer(),
        now: "2026-11-22T10:00:00Z".parse().unwrap(),
        clock_ahead: Some(0),
    }
}

impl Driver {
    /// What the palette offers for a text.
    pub fn palette(&self, typed: &str) -> Vec<PaletteItem> {
        PaletteView { typed: typed.into(), cursor: 0 }.items(&self.model.surroundings())
    }

    /// The exported text that is looked at.
    pub fn exported(&self) -> Option<Result<String, ExportError>> {
        let Some(Overlay::Export(view)) = self.model.overlay else { return None };
        view.text(&self.model.form, &self.model.account.label)
    }

    /// The call that is looked at.
    pub fn inspected(&self) -> Option<&Call> {
        let Some(Overlay::Inspector(view)) = self.model.overlay else { return None };
        view.call(&self.model.calls)
    }

    /// The line of the request under the cursor of its overlay.
    pub fn request_line(&self) -> Option<usize> {
        let Some(Overlay::Request(view)) = self.model.overlay else { return None };
        view.cursor(&self.model.form)
    }

    /// A form whose lists are all there.
    pub fn ready() -> Self {
        let mut driver = Self::loading();
        driver.answer_reads();
        driver
    }

    /// A form whose lists are those of a scene. They are kept for the rest of the process.
    pub fn with_scene(scene: &str) -> Self {
        let mut driver = Self { answers: Vec::leak(listings_of(scene)), ..Self::loading() };
        driver.answer_reads();
        driver
    }

    /// A form that was just opened.
    pub fn loading() -> Self {
        Self::opened(None)
    }

    pub fn opened(saved: Option<SavedDraft>) -> Self {
        let account = AccountLabel {
            mode: AccountMode::Simulator,
            profile: "demo".into(),
            region: "loopback".into(),
            project: "demo-project".into(),
            credentials: "a token of the simulator".into(),
            endpoint: "the embedded simulator".into(),
            proxy: None,
        };
        let mut model = Model::new(account, saved);
        let mut effects = model.start();
        effects = effects.and(update(&mut model, Msg::Journal { view: Box::new(journal_view()), at: 0 }));
        if let IdentityState::Requested { ticket } = model.account.identity {
            effects = effects.and(update(&mut model, Msg::Identified { ticket, result: Ok(None) }));
        }
        Self { model, at: 1_000, effects: effects.0, answers: listings() }
    }

    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let effects = update(&mut self.model, msg).0;
        self.effects.extend(effects.clone());
        effects
    }

    /// Answers every request for a list that is open.
    pub fn answer_reads(&mut self) {
        self.answer_reads_but(&[]);
    }

    /// Answers every request for a list that is open, except for these.
    pub fn answer_reads_but(&mut self, unanswered: &[Resource]) {
        loop {
            let open: Vec<(Resource, u64)> = Resource::ALL
                .into_iter()
                .filter(|resource| !unanswered.contains(resource))
                .filter_map(|resource| match self.model.form.lists.get(&resource) {
                    Some(cph_wizard::app::ListState::Loading { ticket, .. }) => Some((resource, *ticket)),
                    _ => None,
                })
                .collect();
            if open.is_empty() {
                return;
            }
            for (resource, ticket) in open {
                let listing = self.answers.iter().find(|listing| listing.resource() == resource).unwrap().clone();
                self.send(Msg::ListRead { resource, ticket, result: Ok(listing), stamp: "14:02:11".into() });
            }
        }
    }

    /// Presses a key at a time.
    pub fn press_at(&mut self, key: Key, at: u64) -> Vec<Effect> {
        let msg = self.model.msg_for_key(key, at);
        self.send(msg)
    }

    /// Presses a key, a second after the last one; lists that it asks for are answered.
    pub fn press(&mut self, key: Key) -> Vec<Effect> {
        self.at += 1_000;
        let effects = self.press_at(key, self.at);
        self.paint();
        self.answer_reads();
        effects
    }

    /// The frame is on the screen.
    pub fn paint(&mut self) {
        if self.model.awaits_paint() {
            self.send(Msg::Painted { at: self.at });
        }
    }

    pub fn keys(&mut self, codes: &[KeyCode]) {
        for code in codes {
            self.press(Key::plain(*code));
        }
    }

    pub fn enter(&mut self) -> Vec<Effect> {
        self.press(Key::plain(KeyCode::Enter))
    }

    pub fn ctrl(&mut self, c: char) -> Vec<Effect> {
        self.press(Key::ctrl(c))
    }

    pub fn text(&mut self, text: &str) {
        for c in text.chars() {
            self.press(Key::char(c));
        }
    }

    /// Goes to a step by its name.
    pub fn go_to(&mut self, step: &str) {
        self.ctrl('g');
        self.text(step);
        self.enter();
    }

    /// A form that can be ordered, on Review.
    pub fn on_review() -> Self {
        let mut driver = Self::ready();
        driver.go_to("servers");
        driver.text("web-01");
        driver.go_to("review");
        driver
    }

    /// Orders asked for so far.
    pub fn submits(&self) -> usize {
        self.effects.iter().filter(|effect| matches!(effect, Effect::Submit { .. })).count()
    }
}

/// An outcome that nobody knows.
pub fn unknown() -> Outcome {
    let reason = UnknownReason::Other { detail: "the connection was reset".into() };
    Outcome::Unknown(Unknown { reason, status: None, request_id: None, probably_placed: false })
}

/// The order that was submitted has an outcome, and the journal says so.
pub fn end_with(driver: &mut Driver, outcome: Outcome) -> Uuid {
    let submitted = driver.effects.iter().rev().find_map(|effect| match effect {
        Effect::Submit { order, body, .. } => Some((order.clone(), body.clone())),
        _ => None,
    });
    let (order, body) = submitted.unwrap();
    let id = Uuid::from_u128(u128::from(driver.at) << 96);
    let at: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let intent = Intent {
        id,
        at,
        profile: "demo".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
        server_name: order.server_name().into(),
        ordered: ordered_servers(&order),
        pays_now: order.pays_now(),
        preflight: Some(cph_wizard::purchase::intents::Preflight::default()),
        clock_ahead: Some(0),
        body_hash: body.hash().into(),
        body: body.text().into(),
    };
    let mut intents = driver.model.journal.view.clone().map(|journal| (*journal.intents).clone()).unwrap_or_default();
    intents.apply(&JournalEntry::Intent(Box::new(intent))).unwrap();
    intents
        .apply(&JournalEntry::Sending(Sending { id, at, body_hash: body.hash().into(), clock_ahead: Some(0) }))
        .unwrap();
    intents.apply(&JournalEntry::Outcome { id, at, outcome: outcome.clone() }).unwrap();
    driver.at += 1_000;
    let at_ms = driver.at;
    driver.send(Msg::Purchase { event: Event::Concluded { id: Some(id), outcome, lost: None }, at: at_ms });
    let view = JournalView { intents: intents.into(), now: at, ..journal_view() };
    driver.send(Msg::Journal { view: Box::new(view), at: at_ms });
    id
}

/// Records of a reading `seconds` after the order, with what it showed.
pub fn reading(id: Uuid, seconds: i64, order_ids: &[&str]) -> JournalEntry {
    JournalEntry::Reading {
        id,
        at: after(seconds),
        clock_ahead: Some(0),
        source: ListSource::ServerList,
        complete: true,
        order_ids: order_ids.iter().map(ToString::to_string).collect(),
        candidates: [].into(),
        flaws: [].into(),
    }
}

/// A time so many seconds after the order of `end_with`.
pub fn after(seconds: i64) -> Timestamp {
    "2026-11-22T10:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_secs(seconds)
}

impl Driver {
    /// Places the order of Review, which has an outcome.
    pub fn order(&mut self, outcome: Outcome) -> Uuid {
        self.enter();
        self.ctrl('o');
        end_with(self, outcome)
    }

    /// A search has added records to the journal.
    pub fn reconciled(&mut self, id: Uuid, entries: &[JournalEntry], reconciled: Reconciled) -> Vec<Effect> {
        let mut intents: Intents = (*self.model.journal.view.clone().unwrap().intents).clone();
        for entry in entries {
            intents.apply(entry).unwrap();
        }
        let at = self.at;
        self.send(Msg::OrderReconciled { id, reconciled, intents: intents.into(), at })
    }

    /// A search has found these orders for one confirmation.
    pub fn conflict(&mut self, id: Uuid, order_ids: &[&str]) -> Vec<Effect> {
        let ids: std::collections::BTreeSet<String> = order_ids.iter().map(ToString::to_string).collect();
        let conflict = JournalEntry::Conflict { id, at: after(75), order_ids: ids.clone() };
        self.reconciled(id, &[reading(id, 75, order_ids), conflict], Reconciled::Conflict { order_ids: ids })
    }
}
