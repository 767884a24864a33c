//! Undo and redo for the whole form. They know answers only: moving the focus is no step, and an order that was
//! placed is none.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::form::{Control, field};
use crate::i18n::tr;
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::draft::changelog::{ChangeKind, ChangeLog, differs};
use crate::app::draft::saved::{Basis, DraftId};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::{AnswerOrigin, Model};
use crate::app::msg::{Effect, Msg};

/// So many steps can be taken back.
const MOST_STEPS: usize = 500;
/// What all of them together may hold of text, in bytes: a pasted book is not kept 500 times.
const MOST_BYTES: usize = 8 << 20;
/// The answers at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Snapshot {
    draft: Draft,
    origins: BTreeMap<FieldId, AnswerOrigin>,
    shown_errors: BTreeSet<FieldId>,
    /// The draft that they are kept as, and what they began from.
    draft_id: DraftId,
    basis: Option<Basis>,
}

/// Where a burst of typing happens: a field, or a cell of the ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct EditLocation {
    field: FieldId,
    cell: Option<(usize, PortColumn)>,
}

/// What a message is to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum ChangeSource {
    /// A key that edits the text under the cursor: one step with those before it in the same place.
    Typing,
    /// Anything else that a person does.
    UserAction,
    /// What comes from outside; it changes answers only where it brings answers.
    External,
}

/// The steps that were made, those that were undone, and the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    past: VecDeque<Snapshot>,
    present: Snapshot,
    future: Vec<Snapshot>,
    /// Where the last step was typed, as long as it goes on.
    burst: Option<EditLocation>,
    pub log: ChangeLog,
}

impl History {
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The answers before the last step.
    pub(in crate::app) fn start_of_burst(&self) -> Option<&Draft> {
        self.past.back().map(|start| &start.draft)
    }

    /// Forgets the choices that followed from lists by themselves: another account has other lists.
    pub(in crate::app) fn forget_defaults(&mut self) {
        for snapshot in self.past.iter_mut().chain(&mut self.future) {
            for id in FieldId::ALL {
                let is_default = snapshot.origins.get(&id).is_none_or(|origin| *origin == AnswerOrigin::Default);
                if let Control::Picker { slot, optional: false } = field(id).control
                    && is_default
                {
                    (slot.write)(&mut snapshot.draft).clear();
                }
            }
        }
    }

    fn push(&mut self, before: Snapshot) {
        self.past.push_back(before);
        let mut bytes: usize = self.past.iter().map(weight).sum();
        while self.past.len() > MOST_STEPS || (bytes > MOST_BYTES && self.past.len() > 1) {
            bytes -= self.past.pop_front().as_ref().map_or(0, weight);
        }
    }
}

/// Bytes of text in a snapshot, about.
fn weight(snapshot: &Snapshot) -> usize {
    let draft = &snapshot.draft;
    let ports: usize = draft.ports.iter().map(|port| 64 + port.name.len() + port.number.len()).sum();
    let slots = FieldId::ALL.into_iter().filter_map(|id| field(id).control.slot());
    ports + slots.map(|slot| (slot.read)(draft).len()).sum::<usize>()
}

/// Whether nothing differs but blanks around texts, which go by themselves on leaving a field.
fn differ_in_blanks_only(a: &Draft, b: &Draft) -> bool {
    let trimmed = |draft: &Draft| {
        let mut draft = draft.clone();
        for slot in FieldId::ALL.into_iter().filter_map(|id| field(id).control.slot()) {
            let text = (slot.write)(&mut draft);
            *text = text.trim().to_owned();
        }
        for port in &mut draft.ports {
            port.name = port.name.trim().to_owned();
            port.number = port.number.trim().to_owned();
        }
        draft
    };
    trimmed(a) == trimmed(b)
}

impl Model {
    /// What a message will be to the history.
    pub(in crate::app) fn change_source(&self, msg: &Msg) -> ChangeSource {
        match msg {
            Msg::Key { key, .. } => {
                let context = self.context();
                let is_text = matches!(
                    context,
                    Context::Text | Context::Stepper | Context::PortNew | Context::PortText | Context::PortNumber
                );
                let is_step = matches!(context, Context::Stepper | Context::PortNumber);
                let edits = match self.keymap.lookup(context, *key) {
                    Some(Action::Edit(_) | Action::NextFreePort | Action::PreviousFreePort) => true,
                    Some(Action::Up | Action::Down) => context == Context::Stepper,
                    Some(Action::PageUp | Action::PageDown) => is_step,
                    Some(_) => false,
                    None => key.as_char().is_some(),
                };
                if is_text && edits { ChangeSource::Typing } else { ChangeSource::UserAction }
            }
            Msg::Typed { .. } if matches!(self.context(), Context::Text | Context::Stepper) => ChangeSource::Typing,
            Msg::Typed { .. } | Msg::Paste { .. } | Msg::Click { .. } | Msg::Scrolled { .. } => {
                ChangeSource::UserAction
            }
            Msg::Resize { .. }
            | Msg::Painted { .. }
            | Msg::Tick { .. }
            | Msg::ListRead { .. }
            | Msg::ListRetried { .. }
            | Msg::Purchase { .. }
            | Msg::ServersPolled { .. }
            | Msg::Journal { .. }
            | Msg::OrderReconciled { .. }
            | Msg::AccountsDetected { .. }
            | Msg::Projects { .. }
            | Msg::AccountOpened { .. }
            | Msg::SetupRequired { .. }
            | Msg::AccountNotOpened { .. }
            | Msg::Identified { .. }
            | Msg::DraftSaved { .. }
            | Msg::CallEnded(_)
            | Msg::LibraryRead { .. }
            | Msg::Start(_)
            | Msg::DraftNotSaved { .. }
            | Msg::Exported { .. }
            | Msg::Terminate
            | Msg::SuspendRequested
            | Msg::CopyFailed(_)
            | Msg::Resumed => ChangeSource::External,
        }
    }

    /// Begins a history with the form as it is: what was before cannot be brought back.
    pub(in crate::app) fn reset_history(&mut self) {
        self.history = History { present: self.snapshot(), ..History::default() };
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            draft: self.draft.clone(),
            origins: self.origins.clone(),
            shown_errors: self.shown_errors.clone(),
            draft_id: self.autosave.id.clone(),
            basis: self.basis.clone(),
        }
    }

    /// Takes a step down if the message before changed an answer.
    pub(in crate::app) fn record_change(&mut self, turn: ChangeSource) {
        let location = (turn == ChangeSource::Typing).then(|| EditLocation {
            field: self.focus,
            cell: self.in_ports().then_some((self.ports.row, self.ports.column)),
        });
        let goes_on = location.is_some() && location == self.history.burst;
        if turn != ChangeSource::External && !goes_on {
            self.history.burst = None;
        }
        let changed = self.changed_answers();
        if changed.is_empty() || differ_in_blanks_only(&self.draft, &self.history.present.draft) {
            self.follow_present();
            return;
        }
        let now = self.snapshot();
        let before = std::mem::replace(&mut self.history.present, now);
        self.history.future.clear();
        if goes_on && self.history.can_undo() {
            self.log_burst(&changed, &before.draft);
            // What was typed and deleted again is no step.
            if self.history.start_of_burst() == Some(&self.draft) {
                self.history.past.pop_back();
                self.history.burst = None;
            }
        } else {
            self.log_changes(&changed, &before.draft, ChangeKind::Made);
            self.history.push(before);
            self.history.burst = location;
        }
    }

    /// The fields that differ from the last step; defaults that follow from lists are no answers.
    fn changed_answers(&self) -> Vec<FieldId> {
        let present = &self.history.present;
        let is_answer = |id: &FieldId| {
            self.is_answered(*id) || present.origins.get(id).is_some_and(|it| *it != AnswerOrigin::Default)
        };
        let differs = |id: &FieldId| differs(*id, &present.draft, &self.draft);
        FieldId::ALL.into_iter().filter(differs).filter(is_answer).collect()
    }

    /// What is no step, such as a default that came with a list, belongs to the present all the same.
    fn follow_present(&mut self) {
        let present = &mut self.history.present;
        if present.draft != self.draft {
            present.draft = self.draft.clone();
        }
        if present.origins != self.origins {
            present.origins = self.origins.clone();
        }
        if present.shown_errors != self.shown_errors {
            present.shown_errors.clone_from(&self.shown_errors);
        }
        if present.draft_id != self.autosave.id {
            present.draft_id = self.autosave.id.clone();
            present.basis.clone_from(&self.basis);
        }
    }

    pub(in crate::app) fn undo(&mut self) -> Vec<Effect> {
        let Some(to) = self.history.past.pop_back() else {
            self.message = Some(tr!("There is nothing to undo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.restore(&from, ChangeKind::Undone);
        self.history.future.push(from);
        effects
    }

    pub(in crate::app) fn redo(&mut self) -> Vec<Effect> {
        let Some(to) = self.history.future.pop() else {
            self.message = Some(tr!("There is nothing to redo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.restore(&from, ChangeKind::Redone);
        self.history.past.push_back(from);
        effects
    }

    /// Makes the present of the history the form, says what that changed, and goes there.
    fn restore(&mut self, from: &Snapshot, how: ChangeKind) -> Vec<Effect> {
        let to = self.history.present.clone();
        let changed = self.changed_answers();
        // A problem that is shown of another field stays shown.
        for id in &changed {
            if to.shown_errors.contains(id) {
                self.shown_errors.insert(*id);
            } else {
                self.shown_errors.remove(id);
            }
        }
        self.draft = to.draft;
        self.origins = to.origins;
        // Answers of another form go back to their own draft, and not over this one's.
        if to.draft_id != self.autosave.id {
            self.set_draft_id(Some(to.draft_id));
            self.basis = to.basis;
        }
        for id in &changed {
            self.answer_refusal(*id);
        }
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        // A default that was seen stays; one that had not come yet comes now.
        self.fill_defaults(false);
        self.log_changes(&changed, &from.draft, how);
        self.message = Some(self.change_sentence(&changed, &from.draft, how));
        let effects = self.show_change(&changed, &from.draft);
        self.recheck();
        self.move_cursors_to_values();
        self.follow_present();
        effects
    }

    /// Puts the focus, or on Review the cursor, where the change is.
    fn show_change(&mut self, changed: &[FieldId], from: &Draft) -> Vec<Effect> {
        let can_show = |id: &&FieldId| (field(**id).shown)(&self.draft) && field(**id).control.can_focus();
        let place = changed.iter().find(can_show).copied();
        if self.step == crate::form::Step::Review {
            self.shown_errors.extend(FieldId::ALL);
            self.recheck();
            if let Some(id) = place {
                self.select_field_row(id);
            }
            return Vec::new();
        }
        let Some(id) = place.or_else(|| self.stops().first().map(|row| row.id)) else { return Vec::new() };
        let step = field(id).step;
        let is_elsewhere = step != self.step;
        self.step = step;
        self.visited_steps.insert(step);
        self.focus_on(id);
        if id == FieldId::Ports {
            let same = from.ports.iter().zip(&self.draft.ports).take_while(|(a, b)| a == b).count();
            self.focus_port(same, PortColumn::Name);
        }
        if !is_elsewhere {
            return Vec::new();
        }
        self.return_to_review = false;
        self.load_near()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_is_bounded_in_steps_and_in_bytes() {
        let mut history = History::default();
        for at in 0..MOST_STEPS + 10 {
            let draft = Draft { count: at.to_string(), ..Draft::default() };
            history.push(Snapshot { draft, ..Snapshot::default() });
        }
        assert_eq!(history.past.len(), MOST_STEPS);
        assert_eq!(history.past.back().map(|step| step.draft.count.clone()), Some((MOST_STEPS + 9).to_string()));
        for _ in 0..40 {
            let draft = Draft { server_name: "x".repeat(1 << 20), ..Draft::default() };
            history.push(Snapshot { draft, ..Snapshot::default() });
        }
        assert!(history.past.len() <= 8 && !history.past.is_empty(), "{}", history.past.len());
    }

    #[test]
    fn blanks_around_a_text_are_no_step() {
        let draft = |name: &str| Draft { server_name: name.into(), ..Draft::default() };
        assert!(differ_in_blanks_only(&draft("web "), &draft("web")));
        assert!(!differ_in_blanks_only(&draft("web 1"), &draft("web1")));
    }
}
