//! Actions on the result page: moving, leaving it, and starting the next order.

use crate::form::Step;

use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::outcome_page::outcome_page;

/// Rows of the screen around the page, at most.
const ROWS_AROUND: u16 = 8;
/// Rows of a small screen around the page, at most.
const ROWS_AROUND_COMPACT: u16 = 2;

impl Model {
    /// Returns the columns of the result page.
    #[must_use]
    pub fn outcome_width(&self) -> u16 {
        self.form_width().saturating_sub(2)
    }

    /// Moves on the result page: from id to id, and where there is no further one, from row to row.
    pub(in crate::app) fn step_result(&mut self, by: isize) {
        let Page::Result(result) = &self.page else { return };
        let rows = outcome_page(&self.journal, &self.keymap, result, self.outcome_width());
        let around = if self.is_compact() { ROWS_AROUND_COMPACT } else { ROWS_AROUND };
        let room = usize::from(self.height.saturating_sub(around)).max(2) - 1;
        // The row in which each id begins.
        let begins: Vec<usize> =
            rows.iter().enumerate().filter(|(_, row)| !row.label.is_empty()).map(|(at, _)| at).collect();
        let most = if rows.len() > room { rows.len() - room } else { 0 };
        let (mut cursor, mut top) = (result.cursor, result.top.min(most));
        let shown = |top: usize, at: usize| (top..top + room).contains(&at);
        let next = cursor.checked_add_signed(by.signum()).filter(|next| *next < begins.len());
        let is_step = by.unsigned_abs() == 1;
        let is_page = by.unsigned_abs() >= 10;
        let is_here = begins.get(cursor).is_some_and(|at| shown(top, *at));
        match next {
            Some(next) if is_step && is_here => {
                cursor = next;
                let at = begins.get(next).copied().unwrap_or(0);
                if !shown(top, at) {
                    top = if by > 0 { at + 1 - room.min(at + 1) } else { at };
                }
                // With the first id its heading comes into view.
                if next == 0 {
                    top = 0;
                }
            }
            Some(_) | None => {
                let by = if is_page { by.signum() * isize::try_from(room).unwrap_or(1) } else { by };
                top = top.saturating_add_signed(by).min(most);
            }
        }
        if let Page::Result(result) = &mut self.page {
            (result.cursor, result.top) = (cursor, top.min(most));
        }
    }

    /// Goes back from an outcome to the form: to the field that was rejected, else to Review. Does nothing if the order
    /// was accepted.
    pub(in crate::app) fn leave_result(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        let kind = result.outcome_kind(&self.journal);
        if kind == OutcomeKind::Accepted {
            return Vec::new();
        }
        // An order that exists all the same has nothing to be mended.
        let rejected_field = result.rejected_field.filter(|_| kind == OutcomeKind::Rejected);
        self.archive_result();
        match rejected_field {
            Some(id) => self.form.jump_to(id, None),
            None => self.form.go_to_step(Step::Review),
        }
    }

    /// Leaves the result page; its outcome stays in the receipt.
    fn archive_result(&mut self) {
        if let Page::Result(result) = std::mem::replace(&mut self.page, Page::Form) {
            self.past_results.push(*result);
        }
    }

    /// Starts the next order with the same form but without the name: two orders with one name cannot be told apart.
    /// Does nothing unless the order was accepted.
    pub(in crate::app) fn new_order(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        if result.outcome_kind(&self.journal) != OutcomeKind::Accepted {
            return Vec::new();
        }
        self.archive_result();
        self.form.start_next_order()
    }
}
