//! Autosave. Saves the draft when focus leaves a field, at most every 3 s. It follows incoming messages and
//! never schedules a wake-up.

use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

use crate::app::draft::autosave::Autosave;
use crate::app::draft::saved::{DraftId, SavedDraft};
use crate::app::form::state::Form;
use crate::app::load_error::Millis;
use crate::app::msg::Effect;

/// The least time between two quiet keepings.
const PAUSE: Millis = 3_000;

impl Form {
    /// Adds a save of the draft to the effects, if it is time. `is_shown`: the form or its confirmation is on the screen.
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

    /// Numbers forms on after those of another account: no draft of this run is written over.
    pub(in crate::app) fn continue_numbering(&mut self, before: &Autosave) {
        self.autosave.forms = before.forms;
        self.set_draft_id(None);
    }

    /// The form on the screen is that of this draft, or a new one.
    pub(in crate::app) fn set_draft_id(&mut self, id: Option<DraftId>) {
        let forms = match id {
            None => self.autosave.forms + 1,
            Some(DraftId::New(n)) => self.autosave.forms.max(n),
            Some(DraftId::Saved(_)) => self.autosave.forms,
        };
        let id = id.unwrap_or(DraftId::New(forms));
        self.autosave = Autosave { id, forms, ..Autosave::default() };
    }

    /// What was ordered, or may have been, is not offered once more; what is typed from now on is
    /// another draft.
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

    /// Keeps the form before it makes way for another one, if a person typed anything into it.
    pub(in crate::app) fn save_current_form(&mut self) -> Option<(Effect, String)> {
        if !self.has_typed() {
            return None;
        }
        let saved: SavedDraft = self.saved_draft();
        let name = brief(saved.title(), 30);
        Some((Effect::AutosaveDraft(Box::new(saved)), name))
    }

    /// The form as it can be continued later.
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

    /// Where the answer to a field came from, in words: `template farm`.
    #[must_use]
    pub fn origin_words(&self, id: FieldId) -> String {
        let origin = self.origin(id);
        match &self.basis {
            Some(basis) if basis.kind.origin() == origin => basis.words(),
            Some(_) | None => origin.word().to_owned(),
        }
    }
}
