//! The request pane as a way to the fields: a line of it leads to the field whose member it is.

use crate::form::{PreviewLine, field, request_preview};
use crate::order::{FieldId, Issue, PortColumn};

use crate::app::form::review::{ReviewRow, review_rows};
use crate::app::model::{Model, Overlay};
use crate::app::msg::Effect;
use crate::form::Step;
use crate::i18n::tr;

impl Model {
    /// The field whose member is lit: the focused one, or the one under the review's cursor.
    #[must_use]
    pub fn highlighted_field(&self) -> Option<FieldId> {
        if self.step != Step::Review {
            return Some(self.focus);
        }
        match review_rows(self).get(self.review_cursor) {
            Some(ReviewRow::Field(id)) => Some(*id),
            Some(ReviewRow::Problem(at)) => self.issues.get(*at).map(Issue::field),
            Some(ReviewRow::Note(at)) => self.notes.get(*at).map(|note| note.field()),
            Some(ReviewRow::RiskyChange(at)) => {
                self.library.differences.risky_changes.get(*at).map(|(jump, _)| jump.field)
            }
            Some(ReviewRow::Change(at)) => self.library.differences.changes.get(*at).map(|change| change.field),
            Some(ReviewRow::Refusal | ReviewRow::PlaceOrder) | None => None,
        }
    }

    /// Opens the request with the cursor on the lit member.
    pub(in crate::app) fn open_request(&mut self) {
        let lines = request_preview(&self.draft);
        let lit = self.highlighted_field();
        let line = stops(&lines).find(|at| lit.is_some() && lines[*at].field == lit);
        self.overlay = Some(Overlay::Request { line: line.or_else(|| stops(&lines).next()).unwrap_or(0) });
    }

    /// The line of the request's page that the cursor stands on; lines come and go under it.
    #[must_use]
    pub fn request_line(&self) -> Option<usize> {
        let Some(Overlay::Request { line }) = self.overlay else { return None };
        let lines = request_preview(&self.draft);
        stops(&lines).take_while(|at| *at <= line).last().or_else(|| stops(&lines).next())
    }

    /// The field behind that line.
    pub(in crate::app) fn request_field(&self) -> Option<FieldId> {
        request_preview(&self.draft).get(self.request_line()?)?.field
    }

    pub(in crate::app) fn step_request(&mut self, by: isize) {
        let lines = request_preview(&self.draft);
        let stops: Vec<usize> = stops(&lines).collect();
        let Some(now) = self.request_line() else { return };
        let at = stops.iter().position(|stop| *stop == now).unwrap_or(0);
        let next = at.saturating_add_signed(by).min(stops.len().saturating_sub(1));
        if let (Some(Overlay::Request { line }), Some(next)) = (&mut self.overlay, stops.get(next)) {
            *line = *next;
        }
    }

    pub(in crate::app) fn open_request_line(&mut self) -> Vec<Effect> {
        match self.request_line() {
            Some(line) => self.follow_request_line(line),
            None => Vec::new(),
        }
    }

    /// A click on a line, of the page or of the pane beside the form.
    pub(in crate::app) fn click_request(&mut self, line: usize) -> Vec<Effect> {
        let is_there = match &self.overlay {
            None => self.page == crate::app::model::Page::Form && self.has_pane(),
            Some(Overlay::Request { .. }) => true,
            Some(_) => false,
        };
        if is_there { self.follow_request_line(line) } else { Vec::new() }
    }

    fn follow_request_line(&mut self, line: usize) -> Vec<Effect> {
        let lines = request_preview(&self.draft);
        let Some(id) = lines.get(line).filter(|line| has_field(line)).and_then(|line| line.field) else {
            return Vec::new();
        };
        let effects = self.go_to_field(id);
        if let Some((row, column)) = (id == FieldId::Ports).then(|| cell_of(&lines, line)).flatten() {
            self.focus_port(row, column);
        }
        effects
    }

    /// Goes to a field from anywhere in the form; one that was left for it on Review is returned to.
    pub(in crate::app) fn go_to_field(&mut self, id: FieldId) -> Vec<Effect> {
        let row = field(id);
        let can_be_answered = row.control.can_focus() && (row.shown)(&self.draft);
        if id == FieldId::ChargingMode {
            self.message = Some(tr!("Charging mode is always yearly/monthly: the operation knows no other"));
            return Vec::new();
        }
        self.overlay = None;
        if self.step == Step::Review && can_be_answered {
            return self.jump_to(id, None);
        }
        let effects = self.go_to_step(row.step);
        if can_be_answered {
            self.focus_on(id);
        } else {
            self.message = Some(tr!("{label} is not asked for as the form stands now", label = id.label()));
        }
        effects
    }
}

/// Whether a line of the request leads to a field: one with a member, and not a brace alone.
#[must_use]
pub fn has_field(line: &PreviewLine) -> bool {
    line.field.is_some() && line.text.contains('"')
}

fn stops(lines: &[PreviewLine]) -> impl Iterator<Item = usize> {
    lines.iter().enumerate().filter(|(_, line)| has_field(line)).map(|(at, _)| at)
}

/// The cell of the ports table behind a line; none behind the head of the list.
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
