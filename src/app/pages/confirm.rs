//! The confirmation page: its actions, and when it may order. A confirmation leads to at most one `Effect::Submit`: the
//! update that returns it also leaves the page.

use crate::form::{OrderImpact, SheetPart, Step, TextCursor, order_rows};
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
use crate::app::purchase::confirm::{Challenge, Confirm, Waiting, required_words};
use crate::app::purchase::journal::JournalView;
use crate::app::purchase::order_warning::OrderWarning;
use crate::app::purchase::possible_duplicate::PossibleDuplicate;
use crate::app::purchase::sheet_layout::SheetLayout;

/// Returns whether an action of the confirmation has an effect; `None` if it is not an action of the confirmation.
pub(super) fn is_enabled(confirm: &Confirm, action: Action, around: &Surroundings<'_>) -> Option<bool> {
    (action == Action::PlaceOrder).then(|| {
        let size = (around.width, around.height);
        confirm.is_armed(around.now)
            && confirm.is_answered()
            && confirm.was_shown_to_end()
            && SheetLayout::new(confirm, around.account, around.keymap, size).fits
    })
}

/// Runs an action of the confirmation; `None` if it is not an action of the confirmation.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let Page::Confirm(confirm) = &mut model.page else { return None };
    match action {
        Action::PlaceOrder => return Some(model.place_order()),
        Action::Close => model.page = Page::Form,
        Action::Edit(edit) => confirm.edit(edit),
        _ => model.scroll_sheet(action.rows()?),
    }
    Some(Vec::new())
}

impl Model {
    pub(in crate::app) fn open_confirmation(&mut self) {
        let Some((order, body)) = &self.form.order else {
            let first = self.form.issues.first().map(ToString::to_string).unwrap_or_default();
            self.say(tr!(
                "{n} problem to solve before the order can be placed: {first}"
                    | "{n} problems to solve before the order can be placed. The first one: {first}"
                        % self.form.issues.len(),
                first
            ));
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
        let challenge = match required_words(&impact, order.server_name(), !duplicates.is_empty()) {
            Some(word) => Challenge::Word { word, typed: String::new(), cursor: TextCursor(0) },
            None => Challenge::Key,
        };
        let duplicates = PossibleDuplicate::shortened(duplicates).into_iter().map(OrderWarning::Duplicate);
        let rows = order_rows(&self.form.draft, &self.form.catalogue);
        let is_changed =
            |part: &SheetPart| self.form.changes.iter().any(|change| part.fields().contains(&change.field));
        self.page = Page::Confirm(Box::new(Confirm {
            order: order.clone(),
            body: body.clone(),
            server_name: order.server_name().to_owned(),
            impact,
            changed: rows.iter().map(|row| row.part).filter(is_changed).collect(),
            rows,
            warnings: duplicates.chain(self.form.order_warnings.iter().cloned()).collect(),
            acknowledged,
            known_servers,
            challenge,
            painted: None,
            last_early_key: 0,
            top: 0,
            was_shown_to_end: false,
        }));
    }

    /// Closes the confirmation if new lists change the order, make it invalid or give rise to other warnings: it is
    /// valid only for what it showed.
    pub(in crate::app) fn close_confirmation_if_changed(&mut self) {
        let Page::Confirm(confirm) = &self.page else { return };
        let is_of_form = |warning: &&OrderWarning| !matches!(warning, OrderWarning::Duplicate(_));
        let is_same = self.form.order.as_ref().is_some_and(|(_, body)| *body == confirm.body)
            && OrderImpact::new(&self.form.draft, &self.form.catalogue) == confirm.impact
            && confirm.warnings.iter().filter(is_of_form).eq(&self.form.order_warnings);
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

    /// Returns the order sheet on the screen of the model; `None` on another page.
    #[must_use]
    pub fn sheet_layout(&self) -> Option<SheetLayout> {
        let Page::Confirm(confirm) = &self.page else { return None };
        Some(SheetLayout::new(confirm, &self.account, &self.keymap, (self.width, self.height)))
    }

    /// Returns what the status line says on the order sheet, unless there is a message; `None` on other pages.
    #[must_use]
    pub fn sheet_status(&self) -> Option<String> {
        let Page::Confirm(confirm) = &self.page else { return None };
        let key = |action| self.keymap.key_of(action);
        Some(if self.too_small_to_order().is_some() {
            tr!("{key} goes back. Nothing is ordered.", key = key(Action::Close))
        } else if !confirm.is_armed(self.now) {
            tr!("Read the order first.")
        } else if confirm.was_shown_to_end() {
            tr!("The wizard sends the order once and never repeats it.")
        } else {
            tr!("Read the order to its end first: {key}", key = key(Action::PageDown))
        })
    }

    /// Returns whether the program must report when the next frame is on the screen: the confirmation has not been
    /// painted, or now shows its last row for the first time. Nothing counts as shown while it does not fit or an
    /// overlay covers it.
    #[must_use]
    pub fn awaits_paint(&self) -> bool {
        let Page::Confirm(confirm) = &self.page else { return false };
        if self.overlay.is_some() || (confirm.painted.is_some() && confirm.was_shown_to_end) {
            return false;
        }
        let layout = SheetLayout::new(confirm, &self.account, &self.keymap, (self.width, self.height));
        layout.fits && (confirm.painted.is_none() || (layout.shows_end && !confirm.was_shown_to_end))
    }

    /// Records that the confirmation is on the screen as it is now.
    pub(in crate::app) fn painted(&mut self, at: Millis) {
        let Some(layout) = self.sheet_layout().filter(|layout| layout.fits && self.overlay.is_none()) else { return };
        if let Page::Confirm(confirm) = &mut self.page {
            confirm.painted.get_or_insert(at);
            confirm.was_shown_to_end |= layout.shows_end;
        }
    }

    /// Scrolls the order sheet by `by` rows, at most a page, or to one of its ends.
    pub(in crate::app) fn scroll_sheet(&mut self, by: isize) {
        let Some(layout) = self.sheet_layout() else { return };
        let page = isize::try_from(layout.page).unwrap_or(isize::MAX);
        let is_to_end = by.unsigned_abs() > 1_000;
        let by = if is_to_end { by } else { by.clamp(-page, page) };
        if let Page::Confirm(confirm) = &mut self.page {
            confirm.top = confirm.top.min(layout.last_top).saturating_add_signed(by).min(layout.last_top);
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

    /// Returns the message for a screen that is too small for the order sheet; `None` if it is large enough, or on
    /// another page.
    #[must_use]
    pub fn too_small_to_order(&self) -> Option<String> {
        let is_small = self.sheet_layout().is_some_and(|layout| !layout.fits);
        is_small.then(|| tr!("Too small to order: the warnings and the order do not fit. Enlarge the window."))
    }

    /// Places the confirmed order: returns the `Submit` effect and leaves the confirmation, so that a second key
    /// reaches another page. Returns nothing on a screen that is too small, before the end of the sheet was shown, or
    /// while the challenge is not met. On Review, opens the confirmation instead.
    pub(in crate::app) fn place_order(&mut self) -> Vec<Effect> {
        let Page::Confirm(confirm) = &self.page else {
            if self.page == Page::Form && self.form.step == Step::Review {
                self.open_confirmation();
            }
            return Vec::new();
        };
        if let Some(why) = self.too_small_to_order() {
            self.say(why);
            return Vec::new();
        }
        if !confirm.was_shown_to_end() {
            let key = self.keymap.key_of(Action::PageDown);
            self.say(tr!("Read the order to its end first: {key}", key));
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
