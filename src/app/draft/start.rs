//! Starts a form: from defaults, a saved draft, a template, the last order or a file, with the answers of the command
//! line on top.

use std::collections::BTreeSet;

use crate::catalogue::Resource;
use crate::form::{Step, copy_field, field, is_missing, set_from_flag};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

use crate::app::draft::saved::{Basis, SavedDraft};
use crate::app::keys::action::Action;
use crate::app::model::{AnswerOrigin, Model, Overlay, Page};
use crate::app::msg::Effect;

/// What the command line says about the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartFrom {
    pub source: StartSource,
    /// Answers that were looked at already, in the order in which they were given.
    pub flags: Vec<(FieldId, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum StartSource {
    /// The account's defaults, or the newest draft.
    #[default]
    Nothing,
    /// The journal says which, once it was read.
    LastOrder,
    Basis(Box<Basis>),
}

impl Model {
    /// Begins as the command line says, unless somebody typed before.
    pub(in crate::app) fn apply_start(&mut self, begin: StartFrom) -> Vec<Effect> {
        if self.has_typed() {
            return Vec::new();
        }
        match begin {
            StartFrom { source: StartSource::Nothing, flags } if flags.is_empty() => self.offer_newest_draft(),
            StartFrom { source: StartSource::Nothing, flags } => self.apply_flags(flags),
            StartFrom { source: StartSource::Basis(basis), flags } => return self.start_from(*basis, flags),
            StartFrom { source: StartSource::LastOrder, flags } => {
                self.apply_flags(flags.clone());
                self.library.pending_start = Some(flags);
                return self.resume_pending_start();
            }
        }
        Vec::new()
    }

    /// Begins from the last order as soon as the journal has said which that is.
    pub(in crate::app) fn resume_pending_start(&mut self) -> Vec<Effect> {
        if self.journal.is_none() {
            return Vec::new();
        }
        let Some(flags) = self.library.pending_start.take() else { return Vec::new() };
        let Some(order) = self.library.orders.first() else {
            self.append_message(&tr!("The journal has no order to begin with yet"));
            return Vec::new();
        };
        if self.has_typed() || self.page != Page::Form {
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

    /// Says something on top of what was said a moment ago.
    pub(in crate::app) fn append_message(&mut self, words: &str) {
        let before = self.message.take().filter(|before| !before.contains(words));
        self.message = Some(match before {
            Some(before) => tr!("{before}. {words}", before = before.trim_end_matches(['.', '。']), words),
            None => words.to_owned(),
        });
    }

    fn offer_newest_draft(&mut self) {
        let Some(newest) = self.library.drafts.first() else { return };
        if self.page == Page::Form && self.overlay.is_none() {
            self.overlay = Some(Overlay::Resume(Box::new(newest.saved.clone())));
        }
    }

    /// A form with nothing but the account's defaults, on its first field.
    fn start_over(&mut self) {
        self.draft = self.library.defaults.draft.clone();
        self.origins = self.library.defaults.answered.iter().map(|id| (*id, AnswerOrigin::Profile)).collect();
        self.basis = None;
        self.shown_errors = BTreeSet::new();
        self.visited_steps = BTreeSet::from([Step::Flavor]);
        self.refusal = None;
        self.return_to_review = false;
        (self.step, self.focus) = (Step::Flavor, FieldId::ServerFlavor);
        (self.page, self.overlay) = (Page::Form, None);
        self.pickers.values_mut().for_each(|picker| picker.filter.text.clear());
    }

    /// A new form from a template, an order or a file. It goes on where an answer is missing, and
    /// on Review if none is.
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
        self.message = Some(tr!("Begun from {what}", what = brief(&words, 50)));
        [effects, self.load_rest()].concat()
    }

    fn apply_flags(&mut self, flags: Vec<(FieldId, String)>) {
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

    /// Steps with answers count as seen.
    fn visit_answered(&mut self) {
        let steps = self.origins.keys().map(|id| field(*id).step);
        self.visited_steps.extend(steps);
    }

    /// What follows when many answers change at once.
    fn recheck_all(&mut self) {
        self.shown_errors = self.origins.keys().copied().collect();
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        self.fill_defaults(false);
        self.recheck();
        self.move_cursors_to_values();
    }

    /// Asks for every list that nobody asked for yet: answers of every step are there to be checked.
    fn load_rest(&mut self) -> Vec<Effect> {
        let open: Vec<Resource> =
            Resource::ALL.into_iter().filter(|resource| !self.lists.contains_key(resource)).collect();
        open.into_iter().map(|resource| self.load(resource)).collect()
    }

    /// Continues a kept draft at the step and field where it was left.
    pub(in crate::app) fn resume(&mut self, mut saved: SavedDraft) -> Vec<Effect> {
        let words = tr!("Draft \"{name}\" is back", name = brief(saved.title(), 40));
        for origin in saved.origins.values_mut().filter(|origin| **origin == AnswerOrigin::Typed) {
            *origin = AnswerOrigin::SavedDraft;
        }
        let effects = self.load_saved_form(saved);
        self.message = Some(words);
        effects
    }

    /// Takes a form as it is, with everything that was typed into it.
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
}
