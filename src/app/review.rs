//! The review: what stands in its list, problems first, and where each row leads.

use crate::form::{FIELDS, JumpKind};
use crate::order::{FieldId, Issue, Note, Place};
use crate::words::tr;

use super::model::Model;
use super::msg::Effect;

/// A row of the review that the cursor can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRow {
    /// The cloud's last answer.
    Refusal,
    /// A problem, by its place among the issues.
    Problem(usize),
    /// A note, by its place among the notes.
    Note(usize),
    /// A loud difference, by its place.
    Jump(usize),
    /// A difference from what the form began with, by its place.
    Change(usize),
    Field(FieldId),
    PlaceOrder,
}

/// All rows: the refusal, the problems, every field that matters, and the deed.
#[must_use]
pub fn review_rows(model: &Model) -> Vec<ReviewRow> {
    let refusal = model.refusal.iter().map(|_| ReviewRow::Refusal);
    let problems = (0..model.issues.len()).map(ReviewRow::Problem);
    let fields = FIELDS.iter().filter(|row| (row.shown)(&model.draft)).map(|row| ReviewRow::Field(row.id));
    let notes = (0..model.notes.len()).map(ReviewRow::Note);
    let jumps = (0..model.shelf.differences.jumps.len()).map(ReviewRow::Jump);
    let changes = (0..model.shelf.differences.changes.len()).map(ReviewRow::Change);
    refusal
        .chain(problems)
        .chain(jumps)
        .chain(changes)
        .chain(notes)
        .chain(fields)
        .chain([ReviewRow::PlaceOrder])
        .collect()
}

impl Model {
    /// Where the cursor starts: on what is wrong, else on the deed.
    pub(super) fn first_review_row(&self) -> usize {
        if self.refusal.is_some() || !self.issues.is_empty() {
            return 0;
        }
        review_rows(self).len().saturating_sub(1)
    }

    pub(super) fn step_review(&mut self, by: isize) {
        let last = review_rows(self).len().saturating_sub(1);
        self.review_cursor = self.review_cursor.saturating_add_signed(by).min(last);
    }

    /// Puts the cursor on the row of a field.
    pub(super) fn point_at_answer(&mut self, id: FieldId) {
        let row = review_rows(self).iter().position(|row| *row == ReviewRow::Field(id));
        self.review_cursor = row.unwrap_or(self.review_cursor);
    }

    /// Enter on a row: to its field, or to the confirmation. It never buys.
    pub(super) fn open_review_row(&mut self) -> Vec<Effect> {
        let rows = review_rows(self);
        match rows.get(self.review_cursor).copied() {
            Some(ReviewRow::Refusal) => match self.refusal.as_ref().and_then(|refusal| refusal.field) {
                Some(id) => self.jump_to(id, None),
                None => {
                    let advice = self.refusal.as_ref().map_or("", |refusal| &refusal.advice);
                    self.message = Some(tr!("It concerns no single field. {advice}", advice));
                    Vec::new()
                }
            },
            Some(ReviewRow::Problem(at)) => {
                let Some(issue) = self.issues.get(at) else { return Vec::new() };
                let cell = match issue.place() {
                    Place::Port { row, column } => Some((row, column)),
                    Place::Field(_) => None,
                };
                let id = issue.field();
                self.jump_to(id, cell)
            }
            Some(ReviewRow::Note(at)) => match self.notes.get(at).map(|note| note.field()) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Jump(at)) => match self.shelf.differences.jumps.get(at).map(|(jump, _)| jump.field) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Change(at)) => match self.shelf.differences.changes.get(at).map(|change| change.field) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Field(FieldId::ChargingMode)) => {
                self.message = Some(tr!("Charging mode is always yearly/monthly: the operation knows no other"));
                Vec::new()
            }
            Some(ReviewRow::Field(id)) => self.jump_to(id, None),
            Some(ReviewRow::PlaceOrder) => {
                self.open_confirmation();
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// What stands under the cursor, so that it is found again after the rows changed.
    pub(super) fn row_in_review(&self) -> Option<Marked> {
        Some(match review_rows(self).get(self.review_cursor)? {
            ReviewRow::Refusal => Marked::Refusal,
            ReviewRow::Problem(at) => Marked::Problem(self.issues.get(*at)?.clone()),
            ReviewRow::Note(at) => Marked::Note(*self.notes.get(*at)?),
            ReviewRow::Jump(at) => Marked::Jump(self.shelf.differences.jumps.get(*at)?.0.kind),
            ReviewRow::Change(at) => Marked::Change(self.shelf.differences.changes.get(*at)?.field),
            ReviewRow::Field(id) => Marked::Field(*id),
            ReviewRow::PlaceOrder => Marked::PlaceOrder,
        })
    }

    /// Puts the cursor back on what it stood on, or on the nearest row.
    pub(super) fn return_to_row(&mut self, marked: Option<&Marked>) {
        let rows = review_rows(self);
        let is_it = |row: &ReviewRow| match (row, marked) {
            (ReviewRow::Refusal, Some(Marked::Refusal)) | (ReviewRow::PlaceOrder, Some(Marked::PlaceOrder)) => true,
            (ReviewRow::Problem(at), Some(Marked::Problem(issue))) => self.issues.get(*at) == Some(issue),
            (ReviewRow::Note(at), Some(Marked::Note(note))) => self.notes.get(*at) == Some(note),
            (ReviewRow::Jump(at), Some(Marked::Jump(kind))) => {
                self.shelf.differences.jumps.get(*at).is_some_and(|(jump, _)| jump.kind == *kind)
            }
            (ReviewRow::Change(at), Some(Marked::Change(field))) => {
                self.shelf.differences.changes.get(*at).is_some_and(|change| change.field == *field)
            }
            (ReviewRow::Field(id), Some(Marked::Field(field))) => id == field,
            _ => false,
        };
        let last = rows.len().saturating_sub(1);
        self.review_cursor = rows.iter().position(is_it).unwrap_or(self.review_cursor.min(last));
    }
}

/// A row of the review by what it says, not by its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Marked {
    Refusal,
    Problem(Issue),
    Note(Note),
    Jump(JumpKind),
    Change(FieldId),
    Field(FieldId),
    PlaceOrder,
}
