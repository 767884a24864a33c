//! Undo and redo for the whole form: what the answers were before each step, and a log of what was
//! changed. It knows answers only; moving about is no step, and an order that was placed is none.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::form::{Control, field};
use crate::order::{Draft, FieldId, PortColumn};
use crate::words::tr;

use super::changes::{ChangeLog, How, differs};
use super::kept::{Basis, DraftId};
use super::keymap::{Action, Context};
use super::model::{Model, Origin};
use super::msg::{Effect, Msg};

/// So many steps can be taken back.
const MOST_STEPS: usize = 500;
/// What all of them together may hold of text, in bytes: a pasted book is not kept 500 times.
const MOST_BYTES: usize = 8 << 20;
/// The answers at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Snapshot {
    draft: Draft,
    origins: BTreeMap<FieldId, Origin>,
    accused: BTreeSet<FieldId>,
    /// The draft that they are kept as, and what they began from.
    kept_as: DraftId,
    basis: Option<Basis>,
}

/// Where a burst of typing happens: a field, or a cell of the ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    field: FieldId,
    cell: Option<(usize, PortColumn)>,
}

/// What a message is to the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// A key that edits the text under the cursor: one step with those before it in the same place.
    Typing,
    /// Anything else that a person does.
    Deed,
    /// What comes from outside; it changes answers only where it brings answers.
    News,
}

/// The steps that were made, those that were undone, and the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    past: VecDeque<Snapshot>,
    present: Snapshot,
    future: Vec<Snapshot>,
    /// Where the last step was typed, as long as it goes on.
    burst: Option<Spot>,
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
    pub(super) fn start_of_burst(&self) -> Option<&Draft> {
        self.past.back().map(|start| &start.draft)
    }

    /// Forgets the choices that followed from lists by themselves: another account has other lists.
    pub(super) fn forget_defaults(&mut self) {
        for snapshot in self.past.iter_mut().chain(&mut self.future) {
            for id in FieldId::ALL {
                let is_default = snapshot.origins.get(&id).is_none_or(|origin| *origin == Origin::Default);
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
    pub(super) fn turn_of(&self, msg: &Msg) -> Turn {
        match msg {
            Msg::Key { key, .. } => {
                let context = self.context();
                let is_text = matches!(
                    context,
                    Context::Text | Context::Stepper | Context::PortNew | Context::PortText | Context::PortNumber
                );
                let is_step = matches!(context, Context::Stepper | Context::PortNumber);
                let edits = match self.keymap.lookup(context, *key) {
                    Some(Action::Edit(_) | Action::PortMore | Action::PortLess) => true,
                    Some(Action::Up | Action::Down) => context == Context::Stepper,
                    Some(Action::PageUp | Action::PageDown) => is_step,
                    Some(_) => false,
                    None => key.typed().is_some(),
                };
                if is_text && edits { Turn::Typing } else { Turn::Deed }
            }
            Msg::Typed { .. } if matches!(self.context(), Context::Text | Context::Stepper) => Turn::Typing,
            Msg::Typed { .. } | Msg::Paste { .. } | Msg::Click { .. } | Msg::Wheel { .. } => Turn::Deed,
            Msg::Resize { .. }
            | Msg::Painted { .. }
            | Msg::Tick { .. }
            | Msg::Read { .. }
            | Msg::ReadAgain { .. }
            | Msg::Purchase { .. }
            | Msg::Followed { .. }
            | Msg::Journal { .. }
            | Msg::Swept { .. }
            | Msg::Surveyed { .. }
            | Msg::Projects { .. }
            | Msg::Opened { .. }
            | Msg::Asked { .. }
            | Msg::NotOpened { .. }
            | Msg::Identified { .. }
            | Msg::DraftKept { .. }
            | Msg::Called(_)
            | Msg::Shelved { .. }
            | Msg::Begin(_)
            | Msg::NotKept { .. }
            | Msg::Exported { .. }
            | Msg::Terminate
            | Msg::StopAsked
            | Msg::NotCopied(_)
            | Msg::Continued => Turn::News,
        }
    }

    /// Begins a history with the form as it is: what was before cannot be brought back.
    pub(super) fn begin_history(&mut self) {
        self.history = History { present: self.snapshot(), ..History::default() };
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            draft: self.draft.clone(),
            origins: self.origins.clone(),
            accused: self.accused.clone(),
            kept_as: self.keeping.id.clone(),
            basis: self.basis.clone(),
        }
    }

    /// Takes a step down if the message before changed an answer.
    pub(super) fn remember(&mut self, turn: Turn) {
        let spot = (turn == Turn::Typing)
            .then(|| Spot { field: self.focus, cell: self.in_ports().then_some((self.ports.row, self.ports.column)) });
        let goes_on = spot.is_some() && spot == self.history.burst;
        if turn != Turn::News && !goes_on {
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
            self.write_burst_down(&changed, &before.draft);
            // What was typed and deleted again is no step.
            if self.history.start_of_burst() == Some(&self.draft) {
                self.history.past.pop_back();
                self.history.burst = None;
            }
        } else {
            self.write_changes_down(&changed, &before.draft, How::Made);
            self.history.push(before);
            self.history.burst = spot;
        }
    }

    /// The fields that differ from the last step; defaults that follow from lists are no answers.
    fn changed_answers(&self) -> Vec<FieldId> {
        let present = &self.history.present;
        let is_answer =
            |id: &FieldId| self.is_answered(*id) || present.origins.get(id).is_some_and(|it| *it != Origin::Default);
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
        if present.accused != self.accused {
            present.accused.clone_from(&self.accused);
        }
        if present.kept_as != self.keeping.id {
            present.kept_as = self.keeping.id.clone();
            present.basis.clone_from(&self.basis);
        }
    }

    pub(super) fn undo(&mut self) -> Vec<Effect> {
        let Some(to) = self.history.past.pop_back() else {
            self.message = Some(tr!("There is nothing to undo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.turn_back(&from, How::Undone);
        self.history.future.push(from);
        effects
    }

    pub(super) fn redo(&mut self) -> Vec<Effect> {
        let Some(to) = self.history.future.pop() else {
            self.message = Some(tr!("There is nothing to redo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.turn_back(&from, How::Redone);
        self.history.past.push_back(from);
        effects
    }

    /// Makes the present of the history the form, says what that changed, and goes there.
    fn turn_back(&mut self, from: &Snapshot, how: How) -> Vec<Effect> {
        let to = self.history.present.clone();
        let changed = self.changed_answers();
        // A problem that is shown of another field stays shown.
        for id in &changed {
            if to.accused.contains(id) {
                self.accused.insert(*id);
            } else {
                self.accused.remove(id);
            }
        }
        self.draft = to.draft;
        self.origins = to.origins;
        // Answers of another form go back to their own draft, and not over this one's.
        if to.kept_as != self.keeping.id {
            self.keep_as(Some(to.kept_as));
            self.basis = to.basis;
        }
        for id in &changed {
            self.answer_refusal(*id);
        }
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        // A default that was seen stays; one that had not come yet comes now.
        self.fill_defaults(false);
        self.write_changes_down(&changed, &from.draft, how);
        self.message = Some(self.turn_words(&changed, &from.draft, how));
        let effects = self.show_change(&changed, &from.draft);
        self.recheck();
        self.show_choices();
        self.follow_present();
        effects
    }

    /// Puts the focus, or on Review the cursor, where the change is.
    fn show_change(&mut self, changed: &[FieldId], from: &Draft) -> Vec<Effect> {
        let can_show = |id: &&FieldId| (field(**id).shown)(&self.draft) && field(**id).control.can_focus();
        let place = changed.iter().find(can_show).copied();
        if self.step == crate::form::Step::Review {
            self.accused.extend(FieldId::ALL);
            self.recheck();
            if let Some(id) = place {
                self.point_at_answer(id);
            }
            return Vec::new();
        }
        let Some(id) = place.or_else(|| self.stops().first().map(|row| row.id)) else { return Vec::new() };
        let step = field(id).step;
        let is_elsewhere = step != self.step;
        self.step = step;
        self.visited.insert(step);
        self.focus_on(id);
        if id == FieldId::Ports {
            let same = from.ports.iter().zip(&self.draft.ports).take_while(|(a, b)| a == b).count();
            self.focus_port(same, PortColumn::Name);
        }
        if !is_elsewhere {
            return Vec::new();
        }
        self.returns = false;
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
