//! Moves the focus from field to field and from step to step, in any order. No step is locked and no answer is lost.

use crate::form::{Control, Step, TextCursor, field, fields_of};
use crate::i18n::tr;
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::form::ports_cursor::PortsCursor;
use crate::app::form::state::Form;
use crate::app::msg::Effect;

impl Form {
    /// Moves the focus to a field of the current step.
    pub(in crate::app) fn focus_on(&mut self, id: FieldId) {
        self.focus = id;
        let row = field(id);
        self.overwrite_on_type = matches!(row.control, Control::Stepper { .. });
        self.cursor = row.control.slot().map_or(TextCursor(0), |slot| TextCursor::at_end((slot.read)(&self.draft)));
        if matches!(row.control, Control::Ports) {
            self.ports = PortsCursor { row: self.draft.ports.len(), column: PortColumn::Name };
        }
        self.move_cursor_to_value(id);
    }

    /// Goes to a step, focuses its first field, and requests the lists that it needs. Review shows all problems and
    /// reads its lists again.
    pub(in crate::app) fn go_to_step(&mut self, step: Step) -> Vec<Effect> {
        self.leave_field();
        self.return_to_review = false;
        self.step = step;
        self.visited_steps.insert(step);
        if step == Step::Review {
            self.shown_errors.extend(FieldId::ALL);
            self.recheck();
            self.review_cursor = self.first_review_row();
        } else if let Some(first) = self.stops().first() {
            self.focus_on(first.id);
        }
        let mut effects = self.load_near();
        if step == Step::Review {
            effects.extend(self.read_again());
        }
        effects
    }

    pub(in crate::app) fn next_field(&mut self) -> Vec<Effect> {
        self.move_focus(1)
    }

    pub(in crate::app) fn previous_field(&mut self) -> Vec<Effect> {
        self.move_focus(-1)
    }

    fn move_focus(&mut self, by: isize) -> Vec<Effect> {
        let stops = self.stops();
        let at = stops.iter().position(|row| row.id == self.focus).unwrap_or(0);
        let next = at.checked_add_signed(by).and_then(|at| stops.get(at));
        if let Some(next) = next {
            self.leave_field();
            self.focus_on(next.id);
            return Vec::new();
        }
        let step = if by > 0 { self.step.next() } else { self.step.previous() };
        let Some(step) = step else { return Vec::new() };
        let effects = self.go_to_step(step);
        let last = self.stops().last().map(|row| row.id);
        if let Some(last) = last.filter(|_| by < 0) {
            self.focus_on(last);
        }
        effects
    }

    /// Handles Enter: takes what the field shows and goes to the next field. If the field was opened from Review, goes to
    /// the next answer that no longer fits, or else back to Review. A row that cannot be chosen and a filter without a
    /// match are reported, and the focus stays.
    pub(in crate::app) fn accept(&mut self) -> Vec<Effect> {
        let id = self.focus;
        if matches!(field(id).control, Control::Picker { .. })
            && let Err(reason) = self.choose_row(id)
        {
            self.say(reason);
            return Vec::new();
        }
        self.shown_errors.insert(id);
        if !self.return_to_review {
            return self.next_field();
        }
        match self.next_misfit(id) {
            Some(next) => self.jump_to(next, None),
            None => self.go_to_step(Step::Review),
        }
    }

    /// Handles Esc: clears the filter of the picker, or else goes back to Review or to the previous step. No answer is
    /// lost. `quit_key` is the key that quits the program, named in the message on the first step.
    pub(in crate::app) fn back(&mut self, quit_key: &str) -> Vec<Effect> {
        let is_filtered = self.pickers.get(&self.focus).is_some_and(|picker| !picker.filter.text.is_empty());
        if self.step != Step::Review && is_filtered {
            self.filter_picker(self.focus, |filter| filter.text.clear());
            return Vec::new();
        }
        if self.return_to_review {
            return self.go_to_step(Step::Review);
        }
        match self.step.previous() {
            Some(step) => self.go_to_step(step),
            None => {
                self.say(tr!("This is the first step. {key} leaves and keeps the draft", key = quit_key));
                Vec::new()
            }
        }
    }

    /// Goes from Review to a field, or to a cell of the ports; Enter and Esc return to Review.
    pub(in crate::app) fn jump_to(&mut self, id: FieldId, cell: Option<(usize, PortColumn)>) -> Vec<Effect> {
        let effects = self.go_to_step(field(id).step);
        self.focus_on(id);
        if let Some((row, column)) = cell {
            self.focus_port(row, column);
        }
        self.return_to_review = true;
        effects
    }
}

/// Returns the field that the code of a rejection points to: the one it names, or the first of the same step that is
/// shown and can be changed. `None` if there is neither.
pub(in crate::app) fn rejected_field(code: &str, draft: &Draft) -> Option<FieldId> {
    let named = field(crate::purchase::field_of(code)?);
    if (named.shown)(draft) && named.control.can_focus() {
        return Some(named.id);
    }
    fields_of(named.step, draft).find(|row| row.control.can_focus()).map(|row| row.id)
}
