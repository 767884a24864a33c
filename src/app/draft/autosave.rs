//! Autosave. Saves the draft when focus leaves a field, at most every 3 s. It follows incoming messages and
//! never schedules a wake-up.

use crate::form::Step;
use crate::i18n::tr;
use crate::order::{Draft, FieldId, PortColumn};
use crate::text::sanitize::brief;

use crate::app::draft::saved::{DraftId, SavedDraft};
use crate::app::model::{Model, Page};
use crate::app::msg::{Effect, Millis};

/// The least time between two quiet keepings.
const PAUSE: Millis = 3_000;

/// What is kept of the form on the screen.
#[derive(Debug, Default)]
pub struct Autosave {
    pub(in crate::app) id: DraftId,
    /// Forms of this run that have a number already.
    forms: u32,
    /// The answers as they were kept last.
    saved: Option<Draft>,
    at: Option<Millis>,
    /// Where the focus was when it was last looked at; another place means that a field was left.
    place: Option<(Step, FieldId, usize, PortColumn)>,
    is_due: bool,
    /// A failure is said once.
    has_failed: bool,
}

impl Model {
    /// Adds the quiet keeping of the form to what is to be done, if it is time.
    pub(in crate::app) fn autosave(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let place = (self.step, self.focus, self.ports.row, self.ports.column);
        let was = self.autosave.place.replace(place);
        self.autosave.is_due |= was.is_some_and(|was| was != place);
        if effects.iter().any(|effect| matches!(effect, Effect::SaveDraft(saved) if saved.id == self.autosave.id)) {
            self.mark_saved();
            return effects;
        }
        let is_early = self.autosave.at.is_some_and(|at| self.now < at.saturating_add(PAUSE));
        if !self.autosave.is_due || is_early || !matches!(self.page, Page::Form | Page::Confirm(_)) {
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

    /// What became of keeping the draft; asked for by a person, or quietly.
    pub(in crate::app) fn draft_saved(&mut self, result: Result<(), String>) -> Vec<Effect> {
        self.message = Some(match result {
            Ok(()) => {
                tr!("Draft kept as \"{name}\"; the next start offers it", name = brief(self.saved_draft().title(), 40))
            }
            Err(why) => tr!("Draft not kept: {why}", why),
        });
        Vec::new()
    }

    pub(in crate::app) fn autosave_failed(&mut self, why: &str) {
        self.autosave.saved = None;
        if !std::mem::replace(&mut self.autosave.has_failed, true) {
            self.message = Some(tr!("The draft cannot be kept while you edit: {why}", why));
        }
    }

    /// Tries once more to keep what could not be.
    pub(in crate::app) fn retry_unsaved(&self) -> Vec<Effect> {
        let unsaved = self.library.drafts.iter().filter(|draft| draft.is_unsaved);
        unsaved.map(|draft| Effect::AutosaveDraft(Box::new(draft.saved.clone()))).collect()
    }

    /// Keeps the form before it makes way for another one, if a person typed anything into it.
    pub(in crate::app) fn save_current_form(&mut self) -> Option<(Effect, String)> {
        if !self.has_typed() || self.is_ordered_already() {
            return None;
        }
        let saved: SavedDraft = self.saved_draft();
        let name = brief(saved.title(), 30);
        Some((Effect::AutosaveDraft(Box::new(saved)), name))
    }
}
