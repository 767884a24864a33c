//! The ways in which a form begins: anew, from a kept draft, a template, the last order or a file,
//! with what the command line says on top.

use std::collections::BTreeSet;

use crate::catalogue::Resource;
use crate::form::{Step, assign, carry, field, is_open};
use crate::order::FieldId;
use crate::order::text::brief;
use crate::words::tr;

use super::kept::{Basis, KeptDraft};
use super::keymap::Action;
use super::model::{Model, Origin, Overlay, Page};
use super::msg::Effect;

/// What the command line says about the beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begin {
    pub with: BeginWith,
    /// Answers that were looked at already, in the order in which they were given.
    pub flags: Vec<(FieldId, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BeginWith {
    /// The account's defaults, or the newest draft.
    #[default]
    Nothing,
    /// The journal says which, once it was read.
    LastOrder,
    Basis(Box<Basis>),
}

impl Model {
    /// Begins as the command line says, unless somebody typed before.
    pub(super) fn begin_as_told(&mut self, begin: Begin) -> Vec<Effect> {
        if self.has_typed() {
            return Vec::new();
        }
        match begin {
            Begin { with: BeginWith::Nothing, flags } if flags.is_empty() => self.offer_newest(),
            Begin { with: BeginWith::Nothing, flags } => self.take_flags(flags),
            Begin { with: BeginWith::Basis(basis), flags } => return self.begin_from(*basis, flags),
            Begin { with: BeginWith::LastOrder, flags } => {
                self.take_flags(flags.clone());
                self.shelf.awaited = Some(flags);
                return self.begin_from_awaited();
            }
        }
        Vec::new()
    }

    /// Begins from the last order as soon as the journal has said which that is.
    pub(super) fn begin_from_awaited(&mut self) -> Vec<Effect> {
        if self.journal.is_none() {
            return Vec::new();
        }
        let Some(flags) = self.shelf.awaited.take() else { return Vec::new() };
        let Some(order) = self.shelf.orders.first() else {
            self.say_also(&tr!("The journal has no order to begin with yet"));
            return Vec::new();
        };
        if self.has_typed() || self.page != Page::Form {
            let key = self.keymap.key_of(Action::Shelf);
            self.say_also(&tr!("The form was begun before the journal was read: {key} has the last order", key));
            return Vec::new();
        }
        // Orders in doubt that the journal brought stay before anything else.
        let basis = order.basis();
        let overlay = self.overlay.take();
        let effects = self.begin_from(basis, flags);
        self.overlay = overlay;
        effects
    }

    /// Says something on top of what was said a moment ago.
    pub(super) fn say_also(&mut self, words: &str) {
        let before = self.message.take().filter(|before| !before.contains(words));
        self.message = Some(match before {
            Some(before) => tr!("{before}. {words}", before = before.trim_end_matches(['.', '。']), words),
            None => words.to_owned(),
        });
    }

    fn offer_newest(&mut self) {
        let Some(newest) = self.shelf.drafts.first() else { return };
        if self.page == Page::Form && self.overlay.is_none() {
            self.overlay = Some(Overlay::Resume(Box::new(newest.kept.clone())));
        }
    }

    /// A form with nothing but the account's defaults, on its first field.
    fn start_over(&mut self) {
        self.draft = self.shelf.defaults.draft.clone();
        self.origins = self.shelf.defaults.answered.iter().map(|id| (*id, Origin::Profile)).collect();
        self.basis = None;
        self.accused = BTreeSet::new();
        self.visited = BTreeSet::from([Step::Flavor]);
        self.refusal = None;
        self.returns = false;
        (self.step, self.focus) = (Step::Flavor, FieldId::ServerFlavor);
        (self.page, self.overlay) = (Page::Form, None);
        self.pickers.values_mut().for_each(|picker| picker.filter.text.clear());
    }

    /// A new form from a template, an order or a file. It goes on where an answer is missing, and
    /// on Review if none is.
    pub(super) fn begin_from(&mut self, basis: Basis, flags: Vec<(FieldId, String)>) -> Vec<Effect> {
        self.start_over();
        self.keep_as(None);
        for id in FieldId::ALL.into_iter().filter(|id| !is_open(*id, &basis.draft)) {
            carry(id, &basis.draft, &mut self.draft);
            self.origins.insert(id, basis.kind.origin());
        }
        let words = basis.words();
        self.basis = Some(basis);
        self.take_flags(flags);
        self.visit_answered();
        let effects = if self.draft.server_name.is_empty() {
            self.go_to_step(Step::Count)
        } else {
            self.go_to_step(Step::Review)
        };
        self.message = Some(tr!("Begun from {what}", what = brief(&words, 50)));
        [effects, self.load_rest()].concat()
    }

    fn take_flags(&mut self, flags: Vec<(FieldId, String)>) {
        for (id, text) in flags {
            // What is no answer was refused before the form was opened.
            if assign(&mut self.draft, id, &text).is_ok() {
                self.origins.insert(id, Origin::Flag);
                if id == FieldId::BandwidthId && !text.trim().is_empty() {
                    self.origins.insert(FieldId::BandwidthKind, Origin::Flag);
                }
            }
        }
        self.settle_in();
    }

    /// Steps with answers count as seen.
    fn visit_answered(&mut self) {
        let steps = self.origins.keys().map(|id| field(*id).step);
        self.visited.extend(steps);
    }

    /// What follows when many answers change at once.
    fn settle_in(&mut self) {
        self.accused = self.origins.keys().copied().collect();
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        self.fill_defaults(false);
        self.recheck();
        self.show_choices();
    }

    /// Asks for every list that nobody asked for yet: answers of every step are there to be checked.
    fn load_rest(&mut self) -> Vec<Effect> {
        let open: Vec<Resource> =
            Resource::ALL.into_iter().filter(|resource| !self.lists.contains_key(resource)).collect();
        open.into_iter().map(|resource| self.load(resource)).collect()
    }

    /// Continues a kept draft at the step and field where it was left.
    pub(super) fn resume(&mut self, mut kept: KeptDraft) -> Vec<Effect> {
        let words = tr!("Draft \"{name}\" is back", name = brief(kept.title(), 40));
        for origin in kept.origins.values_mut().filter(|origin| **origin == Origin::Typed) {
            *origin = Origin::KeptDraft;
        }
        let effects = self.take_over(kept);
        self.message = Some(words);
        effects
    }

    /// Takes a form as it is, with everything that was typed into it.
    pub(super) fn take_over(&mut self, kept: KeptDraft) -> Vec<Effect> {
        let KeptDraft { id, draft, origins, step, focus, basis } = kept;
        self.start_over();
        self.keep_as(Some(id));
        (self.draft, self.origins, self.basis) = (draft, origins, basis);
        self.visit_answered();
        self.settle_in();
        let effects = self.go_to_step(step);
        if step == Step::Review {
            self.focus = focus;
        } else if self.stops().iter().any(|row| row.id == focus) {
            self.focus_on(focus);
        }
        [effects, self.load_rest()].concat()
    }
}
