//! The confirmation and the wait for the outcome. A confirmation leads to at most one `Effect::Submit`: the page
//! that can give one is left in the same step that gives it.

use std::collections::BTreeSet;

use crate::form::{Edit, OrderImpact, TextCursor};
use crate::i18n::tr;
use crate::order::{Body, Order, matches_order_name};
use crate::purchase;
use crate::purchase::intents::Acknowledged;
use crate::text::sanitize;

use crate::app::keys::context::Context;
use crate::app::keys::key::Key;
use crate::app::model::{DeferredRequest, Model, Page, RejectionNotice};
use crate::app::msg::{Effect, Millis};
use crate::app::purchase::outcome_text::{rejection_advice, rejection_text};
use crate::app::purchase::result::ResultPage;
use crate::app::purchase::unresolved::JournalView;

/// How long nothing may be typed before the confirmation takes a key.
const ARM_DELAY: Millis = 500;

/// What a person must do to confirm; it grows with the stake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    Key,
    /// A word to type: the server name, or `SECOND_ORDER_WORD` while an order may exist already.
    Word {
        word: String,
        typed: String,
        cursor: TextCursor,
    },
}

/// What must be typed to order while the outcome of an order is not known.
pub const SECOND_ORDER_WORD: &str = "SECOND";

/// Columns and rows of the smallest screen on which the deed is whole in every case, with what is asked for
/// below it. On a smaller one nothing is ordered.
pub const MIN_SIZE_TO_ORDER: (u16, u16) = (30, 8);

/// The question before the order is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    pub order: Order,
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    /// Why this may be an order that was placed already, in sentences.
    pub duplicates: Vec<String>,
    /// The earlier orders behind them.
    acknowledged: Acknowledged,
    /// The servers of this name that were listed already.
    known_servers: BTreeSet<String>,
    pub challenge: Challenge,
    /// When it was first on the screen.
    painted: Option<Millis>,
    /// The last key that came too early.
    last_early_key: Millis,
}

impl Confirm {
    /// From when on keys count; `None` before it was painted.
    #[must_use]
    pub fn arms_at(&self) -> Option<Millis> {
        self.painted.map(|painted| painted.max(self.last_early_key) + ARM_DELAY)
    }

    #[must_use]
    pub fn is_armed(&self, now: Millis) -> bool {
        self.arms_at().is_some_and(|at| at <= now)
    }

    /// Whether all that was asked for is there.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match &self.challenge {
            Challenge::Key => true,
            Challenge::Word { word, typed, .. } => typed == word,
        }
    }

    pub(in crate::app) fn context(&self) -> Context {
        match self.challenge {
            Challenge::Key => Context::Confirm,
            Challenge::Word { .. } => Context::ConfirmWord,
        }
    }
}

/// The order is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    pub since: Millis,
    /// The request is being sent, or its answer awaited.
    pub is_sending: bool,
    /// The person asked to leave once; the next time it is done.
    pub leaving: bool,
}

impl Model {
    pub(in crate::app) fn open_confirmation(&mut self) {
        let Some((order, body)) = &self.order else {
            self.message = Some(tr!("{n} problem is to be solved before the order can be placed"
                | "{n} problems are to be solved before the order can be placed" % self.issues.len()));
            return;
        };
        match &self.journal {
            None => {
                self.deferred = DeferredRequest::Confirmation;
                self.message =
                    Some(tr!("The journal of purchases is still being opened; the confirmation comes with it"));
                return;
            }
            Some(JournalView { obstacle: Some(why), .. }) => {
                self.message = Some(sanitize::sentence(why));
                return;
            }
            Some(JournalView { obstacle: None, .. }) => {}
        }
        let impact = self.impact();
        let (duplicates, acknowledged) =
            self.duplicates(order.server_name(), body.hash(), &purchase::ordered_servers(order));
        let listed = self.catalogue.servers.iter().flatten();
        let of_name = listed.filter(|server| matches_order_name(order.server_name(), &server.name));
        let known_servers = of_name.map(|server| server.id.clone()).collect();
        let word = if duplicates.is_empty() {
            impact.needs_typed_confirmation().then(|| order.server_name().to_owned())
        } else {
            Some(SECOND_ORDER_WORD.to_owned())
        };
        let challenge = match word {
            Some(word) => Challenge::Word { word, typed: String::new(), cursor: TextCursor(0) },
            None => Challenge::Key,
        };
        self.page = Page::Confirm(Box::new(Confirm {
            order: order.clone(),
            body: body.clone(),
            server_name: order.server_name().to_owned(),
            impact,
            duplicates,
            acknowledged,
            known_servers,
            challenge,
            painted: None,
            last_early_key: 0,
        }));
    }

    /// Whether the program must say when the next frame is on the screen.
    #[must_use]
    pub fn awaits_paint(&self) -> bool {
        matches!(&self.page, Page::Confirm(confirm) if confirm.painted.is_none())
    }

    pub(in crate::app) fn painted(&mut self, at: Millis) {
        if let Page::Confirm(confirm) = &mut self.page {
            confirm.painted.get_or_insert(at);
        }
    }

    /// Throws a key away that was typed before the confirmation could be read.
    pub(in crate::app) fn rejects_early_key(&mut self, key: Key, at: Millis) -> bool {
        let Page::Confirm(confirm) = &mut self.page else { return false };
        if confirm.is_armed(at) || key == Key::ctrl('c') {
            return false;
        }
        confirm.last_early_key = confirm.last_early_key.max(at);
        true
    }

    pub(in crate::app) fn edit_confirmation(&mut self, edit: Edit) {
        let Page::Confirm(confirm) = &mut self.page else { return };
        if let Challenge::Word { typed, cursor, .. } = &mut confirm.challenge {
            cursor.edit(typed, edit);
        }
    }

    /// A confirmation that was cut has to be read once there is room for it.
    pub(in crate::app) fn resize(&mut self, width: u16, height: u16) {
        let was_cut = self.too_small_to_order().is_some();
        (self.width, self.height) = (width, height);
        if was_cut
            && self.too_small_to_order().is_none()
            && let Page::Confirm(confirm) = &mut self.page
        {
            confirm.painted = None;
        }
    }

    /// What is said where the screen could not show all that an order does.
    #[must_use]
    pub fn too_small_to_order(&self) -> Option<String> {
        let (width, height) = MIN_SIZE_TO_ORDER;
        let is_small = self.width < width || self.height < height;
        is_small.then(|| tr!("Too small to order: {width}x{height} is needed", width, height))
    }

    /// The deed. The page is left with it, so that a second key finds another page.
    pub(in crate::app) fn place_order(&mut self) -> Vec<Effect> {
        let Page::Confirm(confirm) = &self.page else { return Vec::new() };
        if let Some(why) = self.too_small_to_order() {
            self.message = Some(why);
            return Vec::new();
        }
        if let Challenge::Word { word, .. } = &confirm.challenge
            && !confirm.is_answered()
        {
            self.message = Some(tr!("Type this first: {word}", word));
            return Vec::new();
        }
        let waiting = Waiting {
            body: confirm.body.clone(),
            server_name: confirm.server_name.clone(),
            impact: confirm.impact,
            since: self.now,
            is_sending: false,
            leaving: false,
        };
        let (order, body) = (Box::new(confirm.order.clone()), waiting.body.clone());
        let (acknowledged, known_servers) = (confirm.acknowledged.clone(), confirm.known_servers.clone());
        self.page = Page::Waiting(Box::new(waiting));
        vec![Effect::Submit { order, body, acknowledged, known_servers }]
    }

    pub(in crate::app) fn handle_purchase_event(&mut self, event: purchase::Event) -> Vec<Effect> {
        let Page::Waiting(waiting) = &mut self.page else { return Vec::new() };
        match event {
            purchase::Event::Sending => {
                waiting.is_sending = true;
                Vec::new()
            }
            purchase::Event::Concluded { id, outcome, lost } => {
                let mut result = ResultPage::new(waiting, id, outcome, lost, self.now);
                let servers = result.impact.servers;
                result.mode = self.account.mode;
                // A refusal speaks until the next outcome, no longer.
                self.refusal = None;
                let may_exist =
                    matches!(result.outcome, purchase::Outcome::Accepted(_) | purchase::Outcome::Unknown(_));
                if let purchase::Outcome::Rejected(refusal) = result.outcome.clone() {
                    let field = crate::app::form::navigate::rejected_field(&refusal.code, &self.draft);
                    result.rejected_field = field;
                    self.refusal = Some(RejectionNotice {
                        field,
                        sentence: rejection_text(&refusal),
                        advice: rejection_advice(&refusal, servers),
                    });
                }
                self.page = Page::Result(Box::new(result));
                self.recheck();
                let mut effects = self.poll_servers();
                if may_exist {
                    effects.push(self.forget_draft());
                }
                effects
            }
        }
    }
}
