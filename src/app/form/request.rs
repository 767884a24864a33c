//! Navigation in the request pane: a line leads to the field whose member it shows.

use crate::form::{PreviewLine, field, request_preview};
use crate::order::{FieldId, Issue, PortColumn};

use crate::app::form::review::{ReviewRow, review_rows};
use crate::app::form::state::Form;
use crate::app::msg::Effect;
use crate::app::purchase::order_warning::OrderWarning;
use crate::form::Step;
use crate::i18n::tr;

impl Form {
    /// Returns the field whose member is highlighted: the focused one, or on Review the one under the cursor.
    #[must_use]
    pub fn highlighted_field(&self) -> Option<FieldId> {
        if self.step != Step::Review {
            return Some(self.focus);
        }
        match review_rows(self).get(self.review_cursor) {
            Some(ReviewRow::Field(id)) => Some(*id),
            Some(ReviewRow::Problem(at)) => self.issues.get(*at).map(Issue::field),
            Some(ReviewRow::Note(at)) => self.warnings.get(*at).map(|note| note.field()),
            Some(ReviewRow::Warning(at)) => self.order_warnings.get(*at).map(OrderWarning::field),
            Some(ReviewRow::Change(at)) => self.changes.get(*at).map(|change| change.field),
            Some(ReviewRow::Refusal | ReviewRow::PlaceOrder) | None => None,
        }
    }

    /// Returns the field that a line of the request belongs to.
    pub(in crate::app) fn field_of_request_line(&self, line: usize) -> Option<FieldId> {
        request_preview(&self.draft).get(line).and_then(|line| line.field)
    }

    /// Goes to the field of a line of the request, or to its cell of the ports table; `None` if the line leads to no
    /// field.
    pub(in crate::app) fn follow_request_line(&mut self, line: usize) -> Option<Vec<Effect>> {
        let lines = request_preview(&self.draft);
        let id = lines.get(line).filter(|line| has_field(line)).and_then(|line| line.field)?;
        let effects = self.go_to_field(id);
        if let Some((row, column)) = (id == FieldId::Ports).then(|| cell_of(&lines, line)).flatten() {
            self.focus_port(row, column);
        }
        Some(effects)
    }

    /// Goes to a field from anywhere in the form. From Review, Enter and Esc return there. A field that is not asked
    /// for is explained on the status line instead.
    pub(in crate::app) fn go_to_field(&mut self, id: FieldId) -> Vec<Effect> {
        let row = field(id);
        let can_be_answered = row.control.can_focus() && (row.shown)(&self.draft);
        if id == FieldId::ChargingMode {
            self.say(tr!("Charging mode is always yearly/monthly: the operation knows no other"));
            return Vec::new();
        }
        if self.step == Step::Review && can_be_answered {
            return self.jump_to(id, None);
        }
        let effects = self.go_to_step(row.step);
        if can_be_answered {
            self.focus_on(id);
        } else {
            self.say(tr!("{label} is not asked for as the form stands now", label = id.label()));
        }
        effects
    }
}

/// Returns whether a line of the request leads to a field: it shows a member, and is not just a brace.
#[must_use]
pub fn has_field(line: &PreviewLine) -> bool {
    line.field.is_some() && line.text.contains('"')
}

/// Returns the indices of the lines that lead to a field.
pub(in crate::app) fn request_stops(lines: &[PreviewLine]) -> impl Iterator<Item = usize> {
    lines.iter().enumerate().filter(|(_, line)| has_field(line)).map(|(at, _)| at)
}

/// Returns the cell of the ports table that a line shows; `None` for the head of the list.
fn cell_of(lines: &[PreviewLine], at: usize) -> Option<(usize, PortColumn)> {
    let member = |line: &PreviewLine| {
        let text = line.text.trim_start().strip_prefix('"')?;
        PortColumn::ALL
            .into_iter()
            .find(|column| text.strip_prefix(column.json_name()).is_some_and(|rest| rest.starts_with("\":")))
    };
    let of_ports = |line: &&PreviewLine| line.field == Some(FieldId::Ports);
    let column = member(lines.get(at)?)?;
    let names = lines[..=at].iter().filter(of_ports).filter(|line| member(line) == Some(PortColumn::Name)).count();
    Some((names.checked_sub(1)?, column))
}
