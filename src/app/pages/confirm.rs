//! The confirmation page: its actions, and when it may order. A confirmation leads to at most one `Effect::Submit`: the
//! update that returns it also leaves the page.

use crate::form::{OrderImpact, TextCursor};
use crate::i18n::tr;
use crate::order::matches_order_name;
use crate::purchase;
use crate::text::sanitize;

use crate::app::keys::action::Action;
use crate::app::load_error::Millis;
use crate::app::model::{DeferredRequest, Model};
use crate::app::msg::Effect;
use crate::app::overlays::screen::Surroundings;
use crate::app::page::Page;
use crate::app::purchase::confirm::{
    Challenge, Confirm, MIN_SIZE_TO_ORDER, SECOND_ORDER_WORD, Waiting, has_room_to_order, needs_typed_confirmation,
};
use crate::app::purchase::journal::JournalView;

/// Returns whether an action of the confirmation has an effect; `None` if it is not an action of the confirmation.
pub(super) fn is_enabled(confirm: &Confirm, action: Action, around: &Surroundings<'_>) -> Option<bool> {
    (action == Action::PlaceOrder).then(|| {
        confirm.is_armed(around.now) && confirm.is_answered() && has_room_to_order(around.width, around.height)
    })
}

/// Runs an action of the confirmation; `None` if it is not an action of the confirmation.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let Page::Confirm(confirm) = &mut model.page else { return None };
    match action {
        Action::PlaceOrder => return Some(model.place_order()),
        Action::Close => model.page = Page::Form,
        Action::Edit(edit) => confirm.edit(edit),
        _ => return None,
    }
    Some(Vec::new())
}

impl Model {
    pub(in crate::app) fn open_confirmation(&mut self) {
        let Some((order, body)) = &self.form.order else {
            self.say(tr!("{n} problem is to be solved before the order can be placed"
                | "{n} problems are to be solved before the order can be placed" % self.form.issues.len()));
            return;
        };
        match &self.journal.view {
            None => {
                self.deferred = DeferredRequest::Confirmation;
                self.say(tr!("The journal of purchases is still being opened; the confirmation comes with it"));
                return;
            }
            Some(JournalView { obstacle: Some(why), .. }) => {
                self.say(sanitize::sentence(why));
                return;
            }
            Some(JournalView { obstacle: None, .. }) => {}
        }
        let impact = self.impact();
        let (duplicates, acknowledged) = self.journal.duplicates(
            &self.form.catalogue,
            self.now,
            order.server_name(),
            body.hash(),
            &purchase::ordered_servers(order),
        );
        let listed = self.form.catalogue.servers.iter().flatten();
        let of_name = listed.filter(|server| matches_order_name(order.server_name(), &server.name));
        let known_servers = of_name.map(|server| server.id.clone()).collect();
        let word = if duplicates.is_empty() {
            needs_typed_confirmation(&impact).then(|| order.server_name().to_owned())
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

    /// Closes the confirmation if new lists change the order or make it invalid: it is valid only for what it showed.
    pub(in crate::app) fn close_confirmation_if_changed(&mut self) {
        let Page::Confirm(confirm) = &self.page else { return };
        let is_same = self.form.order.as_ref().is_some_and(|(_, body)| *body == confirm.body)
            && OrderImpact::new(&self.form.draft, &self.form.catalogue) == confirm.impact;
        if !is_same {
            self.page = Page::Form;
            self.say(tr!("The lists have changed meanwhile: look at the order again"));
        }
    }

    /// Handles Enter on a row of Review: goes to its field, or opens the confirmation. It never places an order.
    pub(in crate::app) fn open_review_row(&mut self) -> Vec<Effect> {
        if self.form.is_on_place_order() {
            self.open_confirmation();
            return Vec::new();
        }
        self.form.open_review_row()
    }

    /// Returns whether the program must report when the next frame is on the screen: the confirmation has not been
    /// painted.
    #[must_use]
    pub fn awaits_paint(&self) -> bool {
        matches!(&self.page, Page::Confirm(confirm) if confirm.painted.is_none())
    }

    pub(in crate::app) fn painted(&mut self, at: Millis) {
        if let Page::Confirm(confirm) = &mut self.page {
            confirm.painted.get_or_insert(at);
        }
    }

    /// Returns whether input has to be ignored, because the confirmation could not be read yet. Each ignored input
    /// restarts the delay.
    pub(in crate::app) fn rejects_early_input(&mut self, at: Millis) -> bool {
        let Page::Confirm(confirm) = &mut self.page else { return false };
        if confirm.is_armed(at) {
            return false;
        }
        confirm.last_early_key = confirm.last_early_key.max(at);
        true
    }

    /// Stores the size of the screen. A confirmation that was cut off counts as not shown yet once there is room for
    /// it.
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

    /// Returns the message for a screen that is too small to show all that an order does; `None` if it is large enough.
    #[must_use]
    pub fn too_small_to_order(&self) -> Option<String> {
        let (width, height) = MIN_SIZE_TO_ORDER;
        (!has_room_to_order(self.width, self.height))
            .then(|| tr!("Too small to order: {width}x{height} is needed", width, height))
    }

    /// Places the confirmed order: returns the `Submit` effect and leaves the confirmation, so that a second key
    /// reaches another page. Returns nothing on a screen that is too small, or while the challenge is not met.
    pub(in crate::app) fn place_order(&mut self) -> Vec<Effect> {
        let Page::Confirm(confirm) = &self.page else { return Vec::new() };
        if let Some(why) = self.too_small_to_order() {
            self.say(why);
            return Vec::new();
        }
        if let Challenge::Word { word, .. } = &confirm.challenge
            && !confirm.is_answered()
        {
            self.say(tr!("Type this first: {word}", word));
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
}
