//! The rows of Review, problems first, and the field that each leads to.

use std::mem::{Discriminant, discriminant};

use crate::form::FIELDS;
use crate::i18n::tr;
use crate::order::{FieldId, FieldPath, Issue, Warning};

use crate::app::form::state::Form;
use crate::app::msg::Effect;
use crate::app::purchase::order_warning::OrderWarning;

/// A row of Review that the cursor can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRow {
    /// The rejection of the last order by the cloud.
    Refusal,
    /// A problem, by its index in `Form::issues`.
    Problem(usize),
    /// A note, by its index in `Form::warnings`.
    Note(usize),
    /// A warning about what the order does, by its index in `Form::order_warnings`.
    Warning(usize),
    /// A difference from what the form started from, by its index in `Form::changes`.
    Change(usize),
    Field(FieldId),
    PlaceOrder,
}

/// Returns all rows: the rejection, the problems, the warnings, the differences, the notes, every field that is asked
/// for, and the row that leads to the confirmation.
#[must_use]
pub fn review_rows(form: &Form) -> Vec<ReviewRow> {
    let refusal = form.rejection.iter().map(|_| ReviewRow::Refusal);
    let problems = (0..form.issues.len()).map(ReviewRow::Problem);
    let fields = FIELDS.iter().filter(|row| (row.shown)(&form.draft)).map(|row| ReviewRow::Field(row.id));
    // That a flavor is sold out is among the warnings already.
    let is_note = |note: &Warning| *note != Warning::ServerFlavorSoldOut;
    let notes = form.warnings.iter().enumerate().filter(|(_, note)| is_note(note)).map(|(at, _)| ReviewRow::Note(at));
    let warnings = (0..form.order_warnings.len()).map(ReviewRow::Warning);
    let changes = (0..form.changes.len()).map(ReviewRow::Change);
    refusal
        .chain(problems)
        .chain(warnings)
        .chain(changes)
        .chain(notes)
        .chain(fields)
        .chain([ReviewRow::PlaceOrder])
        .collect()
}

impl Form {
    /// Returns the row where the cursor starts: the first one if there is a rejection or a problem, else the one that
    /// leads to the confirmation.
    pub(in crate::app) fn first_review_row(&self) -> usize {
        if self.rejection.is_some() || !self.issues.is_empty() {
            return 0;
        }
        review_rows(self).len().saturating_sub(1)
    }

    pub(in crate::app) fn step_review(&mut self, by: isize) {
        let last = review_rows(self).len().saturating_sub(1);
        self.review_cursor = self.review_cursor.saturating_add_signed(by).min(last);
    }

    /// Moves the cursor to the row of a field; it stays where it is if there is none.
    pub(in crate::app) fn select_field_row(&mut self, id: FieldId) {
        let row = review_rows(self).iter().position(|row| *row == ReviewRow::Field(id));
        self.review_cursor = row.unwrap_or(self.review_cursor);
    }

    /// Returns whether the cursor is on the row that leads to the confirmation.
    pub(in crate::app) fn is_on_place_order(&self) -> bool {
        review_rows(self).get(self.review_cursor) == Some(&ReviewRow::PlaceOrder)
    }

    /// Handles Enter on a row: goes to its field. A row without a field to change is explained on the status line.
    pub(in crate::app) fn open_review_row(&mut self) -> Vec<Effect> {
        let rows = review_rows(self);
        match rows.get(self.review_cursor).copied() {
            Some(ReviewRow::Refusal) => match self.rejection.as_ref().and_then(|refusal| refusal.field) {
                Some(id) => self.jump_to(id, None),
                None => {
                    let advice = self.rejection.as_ref().map_or("", |refusal| &refusal.advice);
                    self.say(tr!("It concerns no single field. {advice}", advice));
                    Vec::new()
                }
            },
            Some(ReviewRow::Problem(at)) => {
                let Some(issue) = self.issues.get(at) else { return Vec::new() };
                let cell = match issue.place() {
                    FieldPath::Port { row, column } => Some((row, column)),
                    FieldPath::Field(_) => None,
                };
                let id = issue.field();
                self.jump_to(id, cell)
            }
            Some(ReviewRow::Note(at)) => match self.warnings.get(at).map(|note| note.field()) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Warning(at)) => match self.order_warnings.get(at).map(OrderWarning::field) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Change(at)) => match self.changes.get(at).map(|change| change.field) {
                Some(id) => self.jump_to(id, None),
                None => Vec::new(),
            },
            Some(ReviewRow::Field(FieldId::ChargingMode)) => {
                self.say(tr!("Charging mode is always yearly/monthly: the operation knows no other"));
                Vec::new()
            }
            Some(ReviewRow::Field(id)) => self.jump_to(id, None),
            // The confirmation is a page of its own.
            Some(ReviewRow::PlaceOrder) | None => Vec::new(),
        }
    }

    /// Returns what is under the cursor, so that the cursor can be restored after the rows changed.
    pub(in crate::app) fn review_anchor(&self) -> Option<ReviewAnchor> {
        Some(match review_rows(self).get(self.review_cursor)? {
            ReviewRow::Refusal => ReviewAnchor::Refusal,
            ReviewRow::Problem(at) => ReviewAnchor::Problem(self.issues.get(*at)?.clone()),
            ReviewRow::Note(at) => ReviewAnchor::Note(*self.warnings.get(*at)?),
            ReviewRow::Warning(at) => ReviewAnchor::Warning(discriminant(self.order_warnings.get(*at)?)),
            ReviewRow::Change(at) => ReviewAnchor::Change(self.changes.get(*at)?.field),
            ReviewRow::Field(id) => ReviewAnchor::Field(*id),
            ReviewRow::PlaceOrder => ReviewAnchor::PlaceOrder,
        })
    }

    /// Moves the cursor back to the row that it was on. If that row is gone, the cursor keeps its index, limited to the
    /// last row.
    pub(in crate::app) fn restore_review_anchor(&mut self, marked: Option<&ReviewAnchor>) {
        let rows = review_rows(self);
        let is_it = |row: &ReviewRow| match (row, marked) {
            (ReviewRow::Refusal, Some(ReviewAnchor::Refusal))
            | (ReviewRow::PlaceOrder, Some(ReviewAnchor::PlaceOrder)) => true,
            (ReviewRow::Problem(at), Some(ReviewAnchor::Problem(issue))) => self.issues.get(*at) == Some(issue),
            (ReviewRow::Note(at), Some(ReviewAnchor::Note(note))) => self.warnings.get(*at) == Some(note),
            (ReviewRow::Warning(at), Some(ReviewAnchor::Warning(kind))) => {
                self.order_warnings.get(*at).is_some_and(|warning| discriminant(warning) == *kind)
            }
            (ReviewRow::Change(at), Some(ReviewAnchor::Change(field))) => {
                self.changes.get(*at).is_some_and(|change| change.field == *field)
            }
            (ReviewRow::Field(id), Some(ReviewAnchor::Field(field))) => id == field,
            _ => false,
        };
        let last = rows.len().saturating_sub(1);
        self.review_cursor = rows.iter().position(is_it).unwrap_or(self.review_cursor.min(last));
    }
}

/// A row of Review, identified by its content and not by its index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum ReviewAnchor {
    Refusal,
    Problem(Issue),
    Note(Warning),
    Warning(Discriminant<OrderWarning>),
    Change(FieldId),
    Field(FieldId),
    PlaceOrder,
}
