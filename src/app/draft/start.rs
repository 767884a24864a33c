//! Starts a form from defaults, a saved draft, a template, the last order or a file, and applies the answers of the
//! command line on top.

use std::collections::BTreeSet;

use crate::catalogue::Resource;
use crate::form::{Step, copy_field, field, is_missing, set_from_flag};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

use crate::app::account::ProfileDefaults;
use crate::app::draft::origin::AnswerOrigin;
use crate::app::draft::past_orders::PastOrder;
use crate::app::draft::saved::{Basis, SavedDraft};
use crate::app::form::state::Form;
use crate::app::msg::Effect;

impl Form {
    /// Resets the form to the account's defaults, with the focus on the first field.
    fn start_over(&mut self) {
        self.draft = self.defaults.draft.clone();
        self.origins = self.defaults.answered.iter().map(|id| (*id, AnswerOrigin::Profile)).collect();
        self.basis = None;
        self.shown_errors = BTreeSet::new();
        self.visited_steps = BTreeSet::from([Step::Flavor]);
        self.rejection = None;
        self.return_to_review = false;
        (self.step, self.focus) = (Step::Flavor, FieldId::ServerFlavor);
        self.pickers.values_mut().for_each(|picker| picker.filter.text.clear());
    }

    /// Starts a new form from a template, an order or a file. Goes to the step of the server name if that is missing,
    /// else to Review.
    pub(in crate::app) fn start_from(&mut self, basis: Basis, flags: Vec<(FieldId, String)>) -> Vec<Effect> {
        self.start_over();
        self.set_draft_id(None);
        for id in FieldId::ALL.into_iter().filter(|id| !is_missing(*id, &basis.draft)) {
            copy_field(id, &basis.draft, &mut self.draft);
            self.origins.insert(id, basis.kind.origin());
        }
        let words = basis.words();
        self.basis = Some(basis);
        self.apply_flags(flags);
        self.visit_answered();
        let effects = if self.draft.server_name.is_empty() {
            self.go_to_step(Step::Count)
        } else {
            self.go_to_step(Step::Review)
        };
        self.say(tr!("Begun from {what}", what = brief(&words, 50)));
        [effects, self.load_rest()].concat()
    }

    pub(in crate::app) fn apply_flags(&mut self, flags: Vec<(FieldId, String)>) {
        for (id, text) in flags {
            // What is no answer was refused before the form was opened.
            if set_from_flag(&mut self.draft, id, &text).is_ok() {
                self.origins.insert(id, AnswerOrigin::Flag);
                if id == FieldId::BandwidthId && !text.trim().is_empty() {
                    self.origins.insert(FieldId::BandwidthKind, AnswerOrigin::Flag);
                }
            }
        }
        self.recheck_all();
    }

    /// Marks every step that has an answer as visited.
    fn visit_answered(&mut self) {
        let steps = self.origins.keys().map(|id| field(*id).step);
        self.visited_steps.extend(steps);
    }

    /// Updates problems, pickers, defaults and cursors after many answers changed at once.
    fn recheck_all(&mut self) {
        self.shown_errors = self.origins.keys().copied().collect();
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        self.fill_defaults(false);
        self.recheck();
        self.move_cursors_to_values();
    }

    /// Requests every list that was not requested yet, since there are answers of every step to check.
    fn load_rest(&mut self) -> Vec<Effect> {
        let open: Vec<Resource> =
            Resource::ALL.into_iter().filter(|resource| !self.lists.contains_key(resource)).collect();
        open.into_iter().map(|resource| self.load(resource)).collect()
    }

    /// Continues a saved draft at the step and field where the user left it.
    pub(in crate::app) fn resume(&mut self, mut saved: SavedDraft) -> Vec<Effect> {
        let words = tr!("Draft \"{name}\" is back", name = brief(saved.title(), 40));
        for origin in saved.origins.values_mut().filter(|origin| **origin == AnswerOrigin::Typed) {
            *origin = AnswerOrigin::SavedDraft;
        }
        let effects = self.load_saved_form(saved);
        self.say(words);
        effects
    }

    /// Loads a saved form as it is, with the origins of its answers.
    pub(in crate::app) fn load_saved_form(&mut self, saved: SavedDraft) -> Vec<Effect> {
        let SavedDraft { id, draft, origins, step, focus, basis } = saved;
        self.start_over();
        self.set_draft_id(Some(id));
        (self.draft, self.origins, self.basis) = (draft, origins, basis);
        self.visit_answered();
        self.recheck_all();
        let effects = self.go_to_step(step);
        if step == Step::Review {
            self.focus = focus;
        } else if self.stops().iter().any(|row| row.id == focus) {
            self.focus_on(focus);
        }
        [effects, self.load_rest()].concat()
    }

    /// Sets the answers that the profile gives, and starts a new undo history.
    pub(in crate::app) fn apply_profile_defaults(&mut self, defaults: ProfileDefaults) {
        self.defaults = defaults.clone();
        self.draft = defaults.draft;
        self.origins = defaults.answered.into_iter().map(|id| (id, AnswerOrigin::Profile)).collect();
        self.recheck();
        self.reset_history();
    }

    /// Stores the orders of the journal that a form can start from, and compares the form with the last one.
    pub(in crate::app) fn set_past_orders(&mut self, orders: Vec<PastOrder>) {
        if orders != self.past_orders {
            self.past_orders = orders;
            self.recheck();
        }
    }

    /// Starts the next order with the same answers but without the name: two orders with one name cannot be told apart.
    /// The previous order cannot be brought back by undo.
    pub(in crate::app) fn start_next_order(&mut self) -> Vec<Effect> {
        self.draft.server_name.clear();
        self.origins.remove(&FieldId::ServerName);
        self.recheck();
        let mut effects = self.go_to_step(Step::Count);
        self.shown_errors.clear();
        // What was bought is not brought back by an undo.
        self.reset_history();
        effects.push(self.load(Resource::Servers));
        effects
    }
}
