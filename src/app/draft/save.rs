//! Autosave. Saves the draft when focus leaves a field, at most every 3 s. It follows incoming messages and
//! never schedules a wake-up.

use crate::form::{field, is_unlisted};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

use crate::app::draft::autosave::Autosave;
use crate::app::draft::origin::AnswerOrigin;
use crate::app::draft::saved::{DraftId, SavedDraft};
use crate::app::form::state::Form;
use crate::app::load_error::Millis;
use crate::app::msg::Effect;

/// Minimum time between two automatic saves, in milliseconds.
const PAUSE: Millis = 3_000;

impl Form {
    /// Adds a save of the draft to the effects, if one is due. `is_shown` is set if the form or its confirmation is on
    /// the screen; otherwise nothing is saved automatically.
    pub(in crate::app) fn autosave(&mut self, is_shown: bool, mut effects: Vec<Effect>) -> Vec<Effect> {
        let place = (self.step, self.focus, self.ports.row, self.ports.column);
        let was = self.autosave.place.replace(place);
        self.autosave.is_due |= was.is_some_and(|was| was != place);
        if effects.iter().any(|effect| matches!(effect, Effect::SaveDraft(saved) if saved.id == self.autosave.id)) {
            self.mark_saved();
            return effects;
        }
        let is_early = self.autosave.at.is_some_and(|at| self.now < at.saturating_add(PAUSE));
        if !self.autosave.is_due || is_early || !is_shown {
            return effects;
        }
        self.autosave.is_due = false;
        if self.has_typed() && self.autosave.saved.as_ref() != Some(&self.draft) {
            self.mark_saved();
            effects.push(Effect::AutosaveDraft(Box::new(self.saved_draft())));
        }
        effects
    }

    fn mark_saved(&mut self) {
        self.autosave.saved = Some(self.draft.clone());
        self.autosave.at = Some(self.now);
        self.autosave.is_due = false;
    }

    /// Continues the form numbers of the previous account, so that no draft of this run is overwritten.
    pub(in crate::app) fn continue_numbering(&mut self, before: &Autosave) {
        self.autosave.forms = before.forms;
        self.set_draft_id(None);
    }

    /// Sets the draft that the form is saved as, and resets the autosave state. `None` makes it a new draft.
    pub(in crate::app) fn set_draft_id(&mut self, id: Option<DraftId>) {
        let forms = match id {
            None => self.autosave.forms + 1,
            Some(DraftId::New(n)) => self.autosave.forms.max(n),
            Some(DraftId::Saved(_)) => self.autosave.forms,
        };
        let id = id.unwrap_or(DraftId::New(forms));
        self.autosave = Autosave { id, forms, ..Autosave::default() };
    }

    /// Returns the effect that forgets the draft: an order that was placed, or may have been, is not offered again.
    /// Later edits belong to another draft.
    pub(in crate::app) fn forget_draft(&mut self) -> Effect {
        let id = self.autosave.id.clone();
        self.set_draft_id(None);
        self.autosave.saved = Some(self.draft.clone());
        Effect::ForgetDraft(id)
    }

    pub(in crate::app) fn autosave_failed(&mut self, why: &str) {
        self.autosave.saved = None;
        if !std::mem::replace(&mut self.autosave.has_failed, true) {
            self.say(tr!("The draft cannot be kept while you edit: {why}", why));
        }
    }

    /// Returns the effect that saves the form before another one replaces it, and the title of its draft. `None` if the
    /// user typed nothing.
    pub(in crate::app) fn save_current_form(&mut self) -> Option<(Effect, String)> {
        if !self.has_typed() {
            return None;
        }
        let saved: SavedDraft = self.saved_draft();
        let name = brief(saved.title(), 30);
        Some((Effect::AutosaveDraft(Box::new(saved)), name))
    }

    /// Returns the form as a draft that can be continued later.
    #[must_use]
    pub fn saved_draft(&self) -> SavedDraft {
        let answered = FieldId::ALL.into_iter().filter(|id| self.is_answered(*id));
        SavedDraft {
            id: self.autosave.id.clone(),
            draft: self.draft.clone(),
            origins: answered.map(|id| (id, self.origin(id))).collect(),
            step: self.step,
            focus: self.focus,
            basis: self.basis.clone(),
        }
    }

    /// Returns the origin of an answer for display, e.g. `template farm`.
    #[must_use]
    pub fn origin_words(&self, id: FieldId) -> String {
        let origin = self.origin(id);
        let value = field(id).control.slot().map_or("", |slot| (slot.read)(&self.draft));
        if origin == AnswerOrigin::Typed && is_unlisted(id, value, &self.catalogue) {
            return tr!("typed by hand");
        }
        match &self.basis {
            Some(basis) if basis.kind.origin() == origin => basis.words(),
            Some(_) | None => origin.word().to_owned(),
        }
    }
}
