//! The review: what stands in its list, problems first, and where each row leads.

use crate::form::FIELDS;
use crate::order::{FieldId, Place};

use super::model::Model;
use super::msg::Effect;

/// A row of the review that the cursor can stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewRow {
    /// The cloud's last answer.
    Refusal,
    /// A problem, by its place among the issues.
    Problem(usize),
    Field(FieldId),
    PlaceOrder,
}

/// All rows: the refusal, the problems, every field that matters, and the deed.
#[must_use]
pub fn review_rows(model: &Model) -> Vec<ReviewRow> {
    let refusal = model.refusal.iter().map(|_| ReviewRow::Refusal);
    let problems = (0..model.issues.len()).map(ReviewRow::Problem);
    let fields = FIELDS.iter().filter(|row| (row.shown)(&model.draft)).map(|row| ReviewRow::Field(row.id));
    refusal.chain(problems).chain(fields).chain([ReviewRow::PlaceOrder]).collect()
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

    /// Enter on a row: to its field, or to the confirmation. It never buys.
    pub(super) fn open_review_row(&mut self) -> Vec<Effect> {
        let rows = review_rows(self);
        match rows.get(self.review_cursor).copied() {
            Some(ReviewRow::Refusal) => match self.refusal.as_ref().and_then(|refusal| refusal.field) {
                Some(id) => self.jump_to(id, None),
                None => {
                    self.message = Some("The answer concerns no single field".into());
                    Vec::new()
                }
            },
            Some(ReviewRow::Problem(at)) => {
                let Some(issue) = self.issues.get(at) else { return Vec::new() };
                let row = match issue.place() {
                    Place::Port { row, .. } => Some(row),
                    Place::Field(_) => None,
                };
                let id = issue.field();
                self.jump_to(id, row)
            }
            Some(ReviewRow::Field(FieldId::ChargingMode)) => {
                self.message = Some("Charging mode is always yearly/monthly: the operation knows no other".into());
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
}
