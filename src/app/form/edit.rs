//! Edits answers: applies typed characters, steps and switches to the draft, and updates what depends on the change.

use crate::form::{Control, Edit, Step, TextCursor, field};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::is_hidden;

use crate::app::draft::origin::AnswerOrigin;
use crate::app::form::misfits::downstream;
use crate::app::form::numbers::is_digits;
use crate::app::form::state::Form;

impl Form {
    /// Clears the rejection if it concerns this field, no field in particular, or a field that is no longer asked for.
    pub(in crate::app) fn answer_rejection(&mut self, id: FieldId) {
        if self.rejection.as_ref().is_some_and(|refusal| refusal.field.is_none_or(|field| field == id)) {
            self.rejection = None;
        }
        let is_hidden = |id: FieldId| !(field(id).shown)(&self.draft);
        if self.rejection.as_ref().and_then(|refusal| refusal.field).is_some_and(is_hidden) {
            self.rejection = None;
        }
    }

    /// Marks a field as answered by the user and applies all consequences: dependent defaults, shown problems, rules
    /// and cursors. No other code does this.
    pub(in crate::app) fn answered(&mut self, id: FieldId) {
        self.origins.insert(id, AnswerOrigin::Typed);
        self.answer_rejection(id);
        let downstream = downstream(id);
        if !downstream.is_empty() {
            self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
            self.fill_defaults(true);
            self.replace_misfits(downstream);
            self.fill_defaults(true);
        }
        // What was chosen downstream stays, and says at once if it no longer fits.
        let chosen = downstream.iter().filter(|below| self.is_answered(**below));
        self.shown_errors.extend(chosen.copied().collect::<Vec<_>>());
        if id == FieldId::PeriodUnit && self.is_answered(FieldId::PeriodNumber) {
            self.shown_errors.insert(FieldId::PeriodNumber);
        }
        self.recheck();
        for below in downstream {
            self.move_cursor_to_value(*below);
        }
    }

    /// Inserts typed letters into the focused text, number or filter. Other fields ignore them.
    pub(in crate::app) fn type_text(&mut self, typed: &str) {
        let id = self.focus;
        match field(id).control {
            Control::Picker { .. } => self.filter_picker(id, |filter| filter.text.push_str(typed)),
            Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
                let digits;
                let mut typed = typed;
                if matches!(field(id).control, Control::Stepper { .. }) {
                    digits = self.digits_of(id, typed);
                    typed = &digits;
                }
                if typed.is_empty() {
                    return;
                }
                let text = (slot.write)(&mut self.draft);
                if std::mem::take(&mut self.overwrite_on_type) {
                    text.clear();
                    self.cursor = TextCursor(0);
                }
                self.cursor.insert(text, typed);
                self.answered(id);
            }
            Control::Ports | Control::Radio { .. } | Control::Fixed { .. } => {}
        }
    }

    /// Applies an edit to the focused text or number.
    pub(in crate::app) fn edit_text(&mut self, edit: Edit) {
        let id = self.focus;
        let Some(slot) = field(id).control.slot() else { return };
        self.overwrite_on_type = false;
        if self.cursor.edit((slot.write)(&mut self.draft), edit) {
            self.answered(id);
        }
    }

    /// Steps the focused number by `by` within its range. A text that is no number becomes the greatest number for a
    /// step down, else the least.
    pub(in crate::app) fn step_number(&mut self, by: i64) {
        let id = self.focus;
        let Control::Stepper { slot, range, .. } = field(id).control else { return };
        let range = range(&self.draft);
        let now: Option<i64> = (slot.read)(&self.draft).parse().ok();
        let next = now.map_or(if by < 0 { range.most } else { range.least }, |n| n.saturating_add(by));
        let next = next.clamp(range.least, range.most).to_string();
        if (slot.read)(&self.draft) == next {
            return;
        }
        self.cursor = TextCursor::at_end(&next);
        *(slot.write)(&mut self.draft) = next;
        self.overwrite_on_type = true;
        self.answered(id);
    }

    /// Moves the choice of the focused radio group by `by` and stops at the ends.
    pub(in crate::app) fn step_radio(&mut self, by: isize) {
        let id = self.focus;
        let Control::Radio { options, chosen, choose } = field(id).control else { return };
        let now = chosen(&self.draft);
        let next = now.saturating_add_signed(by).min(options.len().saturating_sub(1));
        if next != now {
            choose(&mut self.draft, next);
            self.answered(id);
        }
    }

    /// Inserts pasted text into the focused text, number, filter or port cell, without line breaks and control
    /// characters. Other fields show a message instead.
    pub(in crate::app) fn paste(&mut self, pasted: &str) {
        let line: String = pasted.chars().filter(|c| !is_hidden(*c)).collect();
        if line.is_empty() {
            return;
        }
        let id = self.focus;
        match field(id).control {
            Control::Stepper { .. } if !is_digits(line.trim()) => self.refuse_paste(id),
            Control::Stepper { .. } => self.type_text(line.trim()),
            Control::Picker { .. } | Control::Text { .. } => self.type_text(&line),
            Control::Ports => self.paste_port_text(&line),
            Control::Radio { .. } | Control::Fixed { .. } => {
                self.say(tr!("A paste goes into text fields only"));
            }
        }
    }

    /// Trims the blanks around the text of a field. Called when the field is left.
    pub(in crate::app) fn normalise(&mut self, id: FieldId) {
        match field(id).control {
            Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
                let text = (slot.write)(&mut self.draft);
                let trimmed = text.trim();
                if trimmed.len() != text.len() {
                    *text = trimmed.to_owned();
                    self.answered(id);
                }
            }
            Control::Ports => self.trim_ports(),
            Control::Picker { .. } | Control::Radio { .. } | Control::Fixed { .. } => {}
        }
    }

    /// Leaves the focused field. If it is answered, its problems may be shown from now on.
    pub(in crate::app) fn leave_field(&mut self) {
        if self.step == Step::Review {
            return;
        }
        let id = self.focus;
        self.leave_picker(id);
        self.normalise(id);
        if self.is_answered(id) {
            self.shown_errors.insert(id);
        }
    }

    /// Moves the cursor to a row of a list or of the ports table; in a radio group, chooses that option.
    pub(in crate::app) fn point_at_row(&mut self, id: FieldId, row: usize) {
        match field(id).control {
            Control::Picker { .. } => {
                if let Some(picker) = self.pickers.get_mut(&id) {
                    picker.cursor = Some(row);
                    picker.step(0);
                }
            }
            Control::Radio { choose, options, .. } if row < options.len() => {
                choose(&mut self.draft, row);
                self.answered(id);
            }
            Control::Ports => self.focus_port(row, crate::order::PortColumn::Name),
            Control::Radio { .. } | Control::Text { .. } | Control::Stepper { .. } | Control::Fixed { .. } => {}
        }
    }

    /// Moves the cursor of the focused control by `by` rows. A number or a radio group changes its value instead.
    pub(in crate::app) fn step_rows(&mut self, by: isize) {
        match self.focused().map(|row| row.control) {
            None => self.step_review(by),
            Some(Control::Picker { .. }) => {
                if let Some(picker) = self.pickers.get_mut(&self.focus) {
                    picker.step(by);
                }
            }
            Some(Control::Stepper { .. }) => self.step_number(-i64::try_from(by).unwrap_or(0)),
            Some(Control::Radio { .. }) => self.step_radio(by),
            Some(Control::Ports) => self.step_port_row(by),
            Some(Control::Text { .. } | Control::Fixed { .. }) => {}
        }
    }

    /// Applies an edit to the focused text, number, filter or port cell. Other controls ignore it.
    pub(in crate::app) fn apply_edit(&mut self, edit: Edit) {
        match self.focused().map(|row| row.control) {
            Some(Control::Picker { .. }) => self.filter_picker(self.focus, |filter| {
                TextCursor::at_end(&filter.text).edit(&mut filter.text, edit);
            }),
            Some(Control::Text { .. } | Control::Stepper { .. }) => self.edit_text(edit),
            Some(Control::Ports) if self.ports.row < self.draft.ports.len() => self.edit_port(edit),
            Some(Control::Ports | Control::Radio { .. } | Control::Fixed { .. }) | None => {}
        }
    }

    /// Inserts a typed character into the focused text, or adds a port whose name begins with it.
    pub(in crate::app) fn type_char(&mut self, c: char) {
        match self.focused().map(|row| row.control) {
            Some(Control::Picker { .. } | Control::Text { .. } | Control::Stepper { .. }) => {
                self.type_text(c.encode_utf8(&mut [0; 4]));
            }
            Some(Control::Ports) if self.ports.row >= self.draft.ports.len() => {
                if c != ' ' {
                    self.add_port(&c.to_string());
                }
            }
            Some(Control::Ports) => self.edit_port(Edit::Insert(c)),
            Some(Control::Radio { .. } | Control::Fixed { .. }) | None => {}
        }
    }
}
