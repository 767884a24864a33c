//! Keeping the form while it is filled in: quietly, when a field is left and not more often than
//! every few seconds. No clock wakes the program for it; the next thing that happens does.

use crate::form::Step;
use crate::order::{Draft, FieldId, PortColumn, text::brief};
use crate::words::tr;

use super::kept::{DraftId, KeptDraft};
use super::model::{Model, Page};
use super::msg::{Effect, Millis};

/// The least time between two quiet keepings.
const PAUSE: Millis = 3_000;

/// What is kept of the form on the screen.
#[derive(Debug, Default)]
pub struct Keeping {
    pub(super) id: DraftId,
    /// Forms of this run that have a number already.
    forms: u32,
    /// The answers as they were kept last.
    kept: Option<Draft>,
    at: Option<Millis>,
    /// Where the focus was when it was last looked at; another place means that a field was left.
    place: Option<(Step, FieldId, usize, PortColumn)>,
    is_due: bool,
    /// A failure is said once.
    has_failed: bool,
}

impl Model {
    /// Adds the quiet keeping of the form to what is to be done, if it is time.
    pub(super) fn keep_quietly(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let place = (self.step, self.focus, self.ports.row, self.ports.column);
        let was = self.keeping.place.replace(place);
        self.keeping.is_due |= was.is_some_and(|was| was != place);
        if effects.iter().any(|effect| matches!(effect, Effect::KeepDraft(kept) if kept.id == self.keeping.id)) {
            self.note_kept();
            return effects;
        }
        let is_early = self.keeping.at.is_some_and(|at| self.now < at.saturating_add(PAUSE));
        if !self.keeping.is_due || is_early || !matches!(self.page, Page::Form | Page::Confirm(_)) {
            return effects;
        }
        self.keeping.is_due = false;
        if self.has_typed() && self.keeping.kept.as_ref() != Some(&self.draft) {
            self.note_kept();
            effects.push(Effect::KeepQuietly(Box::new(self.kept_draft())));
        }
        effects
    }

    fn note_kept(&mut self) {
        self.keeping.kept = Some(self.draft.clone());
        self.keeping.at = Some(self.now);
        self.keeping.is_due = false;
    }

    /// Numbers forms on after those of another account: no draft of this run is written over.
    pub(super) fn number_after(&mut self, before: &Keeping) {
        self.keeping.forms = before.forms;
        self.keep_as(None);
    }

    /// The form on the screen is that of this draft, or a new one.
    pub(super) fn keep_as(&mut self, id: Option<DraftId>) {
        let forms = match id {
            None => self.keeping.forms + 1,
            Some(DraftId::New(n)) => self.keeping.forms.max(n),
            Some(DraftId::Kept(_)) => self.keeping.forms,
        };
        let id = id.unwrap_or(DraftId::New(forms));
        self.keeping = Keeping { id, forms, ..Keeping::default() };
    }

    /// What was ordered, or may have been, is not offered once more; what is typed from now on is
    /// another draft.
    pub(super) fn forget_draft(&mut self) -> Effect {
        let id = self.keeping.id.clone();
        self.keep_as(None);
        self.keeping.kept = Some(self.draft.clone());
        Effect::ForgetDraft(id)
    }

    /// What became of keeping the draft; asked for by a person, or quietly.
    pub(super) fn draft_kept(&mut self, result: Result<(), String>) -> Vec<Effect> {
        self.message = Some(match result {
            Ok(()) => {
                tr!("Draft kept as \"{name}\"; the next start offers it", name = brief(self.kept_draft().title(), 40))
            }
            Err(why) => tr!("Draft not kept: {why}", why),
        });
        Vec::new()
    }

    pub(super) fn quiet_keeping_failed(&mut self, why: &str) {
        self.keeping.kept = None;
        if !std::mem::replace(&mut self.keeping.has_failed, true) {
            self.message = Some(tr!("The draft cannot be kept while you edit: {why}", why));
        }
    }

    /// Tries once more to keep what could not be.
    pub(super) fn keep_unsaved(&self) -> Vec<Effect> {
        let unsaved = self.shelf.drafts.iter().filter(|draft| draft.is_unsaved);
        unsaved.map(|draft| Effect::KeepQuietly(Box::new(draft.kept.clone()))).collect()
    }

    /// Keeps the form before it makes way for another one, if a person typed anything into it.
    pub(super) fn keep_before(&mut self) -> Option<(Effect, String)> {
        if !self.has_typed() {
            return None;
        }
        let kept: KeptDraft = self.kept_draft();
        let name = brief(kept.title(), 30);
        Some((Effect::KeepQuietly(Box::new(kept)), name))
    }
}
