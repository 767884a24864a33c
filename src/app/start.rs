//! Starts the form as the command line asks, or from the last order once the journal is read.

use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

use crate::app::account::ProfileDefaults;
use crate::app::draft::past_orders::past_orders;
use crate::app::draft::saved::{Basis, SavedDraft};
use crate::app::draft::start_from::{StartFrom, StartSource};
use crate::app::keys::action::Action;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlays::Overlay;
use crate::app::overlays::resume::ResumeOffer;
use crate::app::page::Page;

impl Model {
    /// Starts the form as the command line asks, unless the user has typed before. Without any options, offers the
    /// newest draft.
    pub(in crate::app) fn apply_start(&mut self, begin: StartFrom) -> Vec<Effect> {
        if self.form.has_typed() {
            return Vec::new();
        }
        match begin {
            StartFrom { source: StartSource::Nothing, flags } if flags.is_empty() => self.offer_newest_draft(),
            StartFrom { source: StartSource::Nothing, flags } => self.form.apply_flags(flags),
            StartFrom { source: StartSource::Basis(basis), flags } => return self.start_from(*basis, flags),
            StartFrom { source: StartSource::LastOrder, flags } => {
                self.form.apply_flags(flags.clone());
                self.library.pending_start = Some(flags);
                return self.resume_pending_start();
            }
        }
        Vec::new()
    }

    /// Starts the form from the last order once the journal is read, if such a start is pending. A form that the user
    /// has begun is not replaced.
    pub(in crate::app) fn resume_pending_start(&mut self) -> Vec<Effect> {
        if self.journal.view.is_none() {
            return Vec::new();
        }
        let Some(flags) = self.library.pending_start.take() else { return Vec::new() };
        let Some(order) = self.form.past_orders.first() else {
            self.append_message(&tr!("The journal has no order to begin with yet"));
            return Vec::new();
        };
        if self.form.has_typed() || self.page != Page::Form {
            let key = self.keymap.key_of(Action::Library);
            self.append_message(&tr!("The form was begun before the journal was read: {key} has the last order", key));
            return Vec::new();
        }
        // Orders in doubt that the journal brought stay before anything else.
        let basis = order.basis();
        let overlay = self.overlay.take();
        let effects = self.start_from(basis, flags);
        self.overlay = overlay;
        effects
    }

    fn offer_newest_draft(&mut self) {
        let Some(newest) = self.library.drafts.first() else { return };
        if self.page == Page::Form && self.overlay.is_none() {
            self.overlay = Some(Overlay::Resume(ResumeOffer(Box::new(newest.saved.clone()))));
        }
    }

    /// Shows the form in place of any page or overlay.
    fn show_form(&mut self) {
        (self.page, self.overlay) = (Page::Form, None);
    }

    /// Shows the form and starts it from a template, an order or a file.
    pub(in crate::app) fn start_from(&mut self, basis: Basis, flags: Vec<(FieldId, String)>) -> Vec<Effect> {
        self.show_form();
        self.form.start_from(basis, flags)
    }

    /// Shows the form and continues a saved draft at the step and field where the user left it.
    pub(in crate::app) fn resume(&mut self, saved: SavedDraft) -> Vec<Effect> {
        self.show_form();
        self.form.resume(saved)
    }

    /// Passes the past orders of the journal to the form: those that it can start from, and their choices.
    pub(in crate::app) fn take_past_orders(&mut self) {
        let Some(journal) = &self.journal.view else { return };
        self.form.set_past_orders(past_orders(&journal.intents));
        self.form.set_recents(journal.recents());
    }

    /// Sets the answers that the profile gives.
    pub fn apply_profile_defaults(&mut self, defaults: ProfileDefaults) {
        self.form.apply_profile_defaults(defaults);
    }

    /// Returns the effects that try again to save the drafts that could not be saved.
    pub(in crate::app) fn retry_unsaved(&self) -> Vec<Effect> {
        self.library.unsaved().map(|saved| Effect::AutosaveDraft(Box::new(saved.clone()))).collect()
    }

    /// Reports the result of saving the draft.
    pub(in crate::app) fn draft_saved(&mut self, result: Result<(), String>) {
        self.say(match result {
            Ok(()) => tr!(
                "Draft kept as \"{name}\"; the next start offers it",
                name = brief(self.form.saved_draft().title(), 40)
            ),
            Err(why) => tr!("Draft not kept: {why}", why),
        });
    }
}
