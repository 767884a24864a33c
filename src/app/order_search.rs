//! Stores the journal, searches for its orders, and shows what was found.

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use crate::form::Step;
use crate::i18n::tr;
use crate::purchase::intents::Intents;
use crate::purchase::{Reconciled, conflict_sentence};
use crate::text::sanitize;

use crate::app::model::{DeferredRequest, Model};
use crate::app::msg::Effect;
use crate::app::overlays::Overlay;
use crate::app::overlays::unresolved::UnresolvedOrders;
use crate::app::page::Page;
use crate::app::purchase::journal::JournalView;
use crate::app::purchase::outcome_kind::OutcomeKind;

impl Model {
    /// Stores the journal. Orders that need attention are shown before anything else, and searched for.
    pub(in crate::app) fn set_journal(&mut self, view: JournalView) {
        // Said once, when it is opened; that nothing can be bought is said again on the way there.
        if self.journal.view.is_none() {
            let news = view.obstacle.iter().chain(&view.facts).map(|words| sanitize::sentence(words));
            let news = news.collect::<Vec<_>>().join(" ");
            if !news.is_empty() {
                self.say(news);
            }
        }
        let can_buy = view.obstacle.is_none();
        self.journal.set_view(view, self.now);
        self.take_past_orders();
        self.journal.start_searches(self.now);
        if self.page == Page::Form && self.journal.unresolved().next().is_some() {
            self.open_unresolved();
        }
        // A person who was quicker than the disk need not ask twice.
        let is_on_review = self.page == Page::Form && self.overlay.is_none() && self.form.step == Step::Review;
        let wanted = std::mem::replace(&mut self.deferred, DeferredRequest::Nothing);
        if wanted == DeferredRequest::Confirmation && is_on_review && can_buy {
            self.open_confirmation();
        }
    }

    /// Shows the orders that need attention. The overlay that was open is shown again afterwards.
    fn open_unresolved(&mut self) {
        self.drop_unresolved_draft();
        if !matches!(self.overlay, Some(Overlay::Unresolved(_))) {
            self.covered = self.overlay.take();
        }
        self.overlay = Some(Overlay::Unresolved(UnresolvedOrders));
    }

    /// Closes the offer of a draft whose order needs attention.
    fn drop_unresolved_draft(&mut self) {
        if let Some(Overlay::Resume(offer)) = &self.overlay
            && self.journal.is_unresolved(&offer.0.draft)
        {
            self.overlay = None;
        }
    }

    /// Returns the order of the result page, if the server list can show more about it.
    fn searchable(&self) -> Option<Uuid> {
        match &self.page {
            Page::Result(result) => self.journal.searchable(result.id),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
        }
    }

    /// Returns whether [`Self::search_now`] would read anything.
    pub(in crate::app) fn can_search_now(&self) -> bool {
        self.journal.can_search_now(self.searchable())
    }

    /// Starts a reading for every search that is not being read, and for the order of the result page even if it has no
    /// search.
    pub(in crate::app) fn search_now(&mut self) -> Vec<Effect> {
        let shown = self.searchable();
        self.journal.search_now(shown, self.now).into_iter().map(|id| Effect::ReconcileOrder { id }).collect()
    }

    /// Starts a reading for every search that is due.
    pub(in crate::app) fn search_when_due(&mut self) -> Vec<Effect> {
        self.journal.search_when_due(self.now).into_iter().map(|id| Effect::ReconcileOrder { id }).collect()
    }

    pub(in crate::app) fn set_reconciled(
        &mut self,
        id: Uuid,
        reconciled: &Reconciled,
        intents: Arc<Intents>,
    ) -> Vec<Effect> {
        let shown = self.shown_kind();
        self.journal.set_intents(intents);
        if self.shown_kind() != shown
            && let Page::Result(result) = &mut self.page
        {
            (result.top, result.cursor) = (0, 0);
        }
        self.journal.take_reading(id, reconciled);
        match reconciled {
            Reconciled::NotKept { why } => self.say(tr!("What was read could not be kept: {why}", why)),
            Reconciled::Conflict { order_ids } => {
                self.announce_conflict(id, order_ids);
                // The draft of a rejected order was kept to be changed; now an order of it exists.
                if self.is_ordered_already() {
                    return vec![self.form.forget_draft()];
                }
            }
            Reconciled::NotSeen { .. }
            | Reconciled::Unread { .. }
            | Reconciled::Settled
            | Reconciled::Elsewhere
            | Reconciled::Found { .. }
            | Reconciled::NotFound => {}
        }
        Vec::new()
    }

    /// Returns the outcome of the order whose page is shown; `None` on any other page.
    fn shown_kind(&self) -> Option<OutcomeKind> {
        match &self.page {
            Page::Result(result) => Some(result.outcome_kind(&self.journal)),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
        }
    }

    /// Shows a conflict: on the result page of the order if that is open, else in a panel. While the panel cannot open,
    /// a message announces the conflict.
    fn announce_conflict(&mut self, id: Uuid, order_ids: &BTreeSet<String>) {
        if matches!(&self.page, Page::Result(result) if result.id == Some(id)) {
            return;
        }
        self.has_new_conflict = true;
        self.open_conflict_panel();
        if self.has_new_conflict {
            let conflict = conflict_sentence(order_ids);
            self.say(tr!("CONFLICT: {conflict}", conflict));
        }
    }

    /// Opens the panel of a conflict that a search has found, once no overlay is open and no text is under the cursor:
    /// keys meant for them would be lost.
    pub(in crate::app) fn open_conflict_panel(&mut self) {
        if !self.has_new_conflict {
            return;
        }
        // The draft of this very order is offered no longer.
        self.drop_unresolved_draft();
        if self.page == Page::Form && self.overlay.is_none() && !self.form.has_text_under_cursor() {
            self.has_new_conflict = false;
            self.overlay = Some(Overlay::Unresolved(UnresolvedOrders));
        }
    }

    /// Returns whether the form on the screen is an order of this run that exists or may exist. Such a form is not kept
    /// as a draft, so that it is not offered again.
    pub(in crate::app) fn is_ordered_already(&self) -> bool {
        let Some((_, body)) = &self.form.order else { return false };
        let mut outcomes = crate::app::exit::outcomes(self);
        outcomes.any(|result| result.hash == body.hash() && result.outcome_kind(&self.journal).may_be_placed())
    }
}
