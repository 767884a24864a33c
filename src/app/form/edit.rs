//! Edits answers: what a typed character, a step up or a switch does to the draft, and what follows from a change.

use crate::form::{Control, Edit, Step, TextCursor, field};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::is_hidden;

use crate::app::keys::key::Key;
use crate::app::model::{AnswerOrigin, Model};
use crate::app::msg::{Millis, Msg};

impl Model {
    /// A refusal holds until the field that it concerns changes, or is asked for no more; one that
    /// concerns no field, until anything changes.
    pub(in crate::app) fn answer_refusal(&mut self, id: FieldId) {
        if self.refusal.as_ref().is_some_and(|refusal| refusal.field.is_none_or(|field| field == id)) {
            self.refusal = None;
        }
        let is_hidden = |id: FieldId| !(field(id).shown)(&self.draft);
        if self.refusal.as_ref().and_then(|refusal| refusal.field).is_some_and(is_hidden) {
            self.refusal = None;
        }
    }

    /// A person answered the field: what follows from it is done here and nowhere else.
    pub(in crate::app) fn answered(&mut self, id: FieldId) {
        self.origins.insert(id, AnswerOrigin::Typed);
        self.answer_refusal(id);
        let downstream: &[FieldId] = match id {
            FieldId::ServerFlavor => &[FieldId::PhoneFlavor, FieldId::Image],
            FieldId::PhoneFlavor => &[FieldId::Image],
            FieldId::Image
            | FieldId::ServerName
            | FieldId::Count
            | FieldId::BandwidthKind
            | FieldId::BandwidthId
            | FieldId::BandwidthSize
            | FieldId::ChargingMode
            | FieldId::PeriodUnit
            | FieldId::PeriodNumber
            | FieldId::AutoPay
            | FieldId::Ports
            | FieldId::KeyPair
            | FieldId::Vnc
            | FieldId::Subnet => &[],
        };
        if !downstream.is_empty() {
            self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
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

    /// What is next of letters that were typed: all that the focused text or filter takes at once, or else the key of
    /// the first one; and the rest. Letters that come faster than they can be worked off do not pile up like that.
    #[must_use]
    pub fn next_typed<'a>(&self, typed: &'a str, at: Millis) -> Option<(Msg, &'a str)> {
        let first = typed.chars().next()?;
        let context = self.context();
        // What replaces a number is a step of its own where it is the same number.
        let takes_all = context.takes_letters() && !self.overwrite_on_type;
        let takes = |c: char| takes_all && self.keymap.lookup(context, Key::char(c)).is_none();
        let end = typed.find(|c| !takes(c)).unwrap_or(typed.len());
        if end == 0 {
            return Some((Msg::Key { key: Key::char(first), at }, &typed[first.len_utf8()..]));
        }
        // Blanks at an end of a text are no step of the history; they come by themselves.
        let letters = &typed[..end];
        let blanks = end - letters.trim_start().len();
        let (text, rest) = typed.split_at(if blanks > 0 { blanks } else { letters.trim_end().len() });
        Some((Msg::Typed { text: text.to_owned(), at }, rest))
    }

    /// Puts typed letters into the focused text, number or filter, where one has the keys.
    pub(in crate::app) fn type_text(&mut self, typed: &str) {
        let id = self.focus;
        match field(id).control {
            Control::Picker { .. } => self.filter_picker(id, |filter| filter.text.push_str(typed)),
            Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
                let text = (slot.write)(&mut self.draft);
                if std::mem::take(&mut self.overwrite_on_type) {
                    text.clear();
                    self.cursor = TextCursor(0);
                }
                self.cursor.insert(text, typed);
                self.answered(id);
            }
            Control::Ports | Control::Radio { .. } | Control::Switch { .. } | Control::Fixed { .. } => {}
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

    /// Steps the focused number; what is no number or out of range goes to the nearest end.
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

    /// Moves the choice of the focused radio.
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

    pub(in crate::app) fn toggle_switch(&mut self) {
        let id = self.focus;
        let Control::Switch { is_on, set, .. } = field(id).control else { return };
        let on = !is_on(&self.draft);
        set(&mut self.draft, on);
        self.answered(id);
    }

    /// A paste goes into the focused text only; line breaks and control characters are dropped.
    pub(in crate::app) fn paste(&mut self, pasted: &str) {
        let line: String = pasted.chars().filter(|c| !is_hidden(*c)).collect();
        if line.is_empty() {
            return;
        }
        let id = self.focus;
        match field(id).control {
            Control::Picker { .. } | Control::Text { .. } | Control::Stepper { .. } => self.type_text(&line),
            Control::Ports => self.paste_port_text(&line),
            Control::Radio { .. } | Control::Switch { .. } | Control::Fixed { .. } => {
                self.message = Some(tr!("A paste goes into text fields only"));
            }
        }
    }

    /// Makes harmless things right on leaving: blanks around a text.
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
            Control::Picker { .. } | Control::Radio { .. } | Control::Switch { .. } | Control::Fixed { .. } => {}
        }
    }

    /// Leaves the focused field: its problem may be shown from now on, if somebody touched it.
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
}
