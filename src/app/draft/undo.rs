//! Undo and redo for the whole form. Only changes of answers are steps: moving the focus and placing an order are not.

use crate::form::field;
use crate::i18n::tr;
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::draft::changelog::{ChangeKind, LogEntry, change_sentence, differs, short_values};
use crate::app::draft::history::{ChangeSource, EditLocation, History, Snapshot, differ_in_blanks_only};
use crate::app::draft::origin::AnswerOrigin;
use crate::app::form::state::Form;
use crate::app::msg::Effect;

impl Form {
    /// Starts a new history with the form as it is. Earlier steps cannot be undone any more.
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

    /// Records a step if the last message changed an answer. Keys typed one after another in the same place share a
    /// step.
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

    /// Returns the fields whose answers differ from the last step. Defaults that come from lists are no answers.
    fn changed_answers(&self) -> Vec<FieldId> {
        let present = &self.history.present;
        let is_answer = |id: &FieldId| {
            self.is_answered(*id) || present.origins.get(id).is_some_and(|it| *it != AnswerOrigin::Default)
        };
        let differs = |id: &FieldId| differs(*id, &present.draft, &self.draft);
        FieldId::ALL.into_iter().filter(differs).filter(is_answer).collect()
    }

    /// Updates the present snapshot without a step, for changes such as a default that came with a list.
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
            self.say(tr!("There is nothing to undo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.restore(&from, ChangeKind::Undone);
        self.history.future.push(from);
        effects
    }

    pub(in crate::app) fn redo(&mut self) -> Vec<Effect> {
        let Some(to) = self.history.future.pop() else {
            self.say(tr!("There is nothing to redo"));
            return Vec::new();
        };
        let from = std::mem::replace(&mut self.history.present, to);
        let effects = self.restore(&from, ChangeKind::Redone);
        self.history.past.push_back(from);
        effects
    }

    /// Restores the form from the present snapshot, reports the change, and moves the focus there.
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
            self.answer_rejection(*id);
        }
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        // A default that was seen stays; one that had not come yet comes now.
        self.fill_defaults(false);
        self.log_changes(&changed, &from.draft, how);
        self.say(change_sentence(&changed, (&from.draft, &self.draft), how, &self.catalogue));
        let effects = self.show_change(&changed, &from.draft);
        self.recheck();
        self.move_cursors_to_values();
        self.follow_present();
        effects
    }

    /// Moves the focus, or on Review the cursor, to the change.
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

    pub(in crate::app) fn log_changes(&mut self, changed: &[FieldId], before: &Draft, how: ChangeKind) {
        for id in changed {
            let (from, to) = short_values(*id, before, &self.draft, &self.catalogue);
            self.history.log.write(LogEntry { at: self.now, field: *id, from, to, how });
        }
    }

    /// Updates the log during a burst of typing: one line per field, from its answer before the burst.
    pub(in crate::app) fn log_burst(&mut self, changed: &[FieldId], before: &Draft) {
        let start = self.history.start_of_burst().unwrap_or(before).clone();
        for id in changed {
            let (from, to) = short_values(*id, &start, &self.draft, &self.catalogue);
            let line = LogEntry { at: self.now, field: *id, from, to, how: ChangeKind::Made };
            self.history.log.rewrite(line, !differs(*id, &start, &self.draft));
        }
    }
}
