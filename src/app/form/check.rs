//! Runs every rule on the draft after a change.

use crate::form::field_changes;
use crate::order::{Draft, Order};

use crate::app::form::state::Form;
use crate::app::purchase::order_warning::{Comparison, order_warnings};

impl Form {
    /// Runs every rule again; called after each change of draft or catalogue.
    pub fn recheck(&mut self) {
        let under_cursor = self.review_anchor();
        match Order::check(&self.draft, &self.catalogue) {
            Ok(order) => {
                let body = order.body();
                self.order = Some((order, body));
                self.issues = Vec::new();
            }
            Err(issues) => {
                self.order = None;
                self.issues = issues;
            }
        }
        self.warnings = crate::order::warnings(&self.draft, &self.catalogue);
        let basis = self.basis.as_ref();
        self.changes = basis.map_or_else(Vec::new, |basis| field_changes(&basis.draft, &self.draft, &self.catalogue));
        let basis = basis.map(|basis| (&basis.draft, basis.comparison()));
        let last = self.past_orders.first().map(|order| (&order.draft, Comparison::LastOrder));
        let others: Vec<(&Draft, Comparison)> = basis.into_iter().chain(last).collect();
        self.order_warnings = order_warnings(&self.draft, &self.catalogue, &others);
        self.refresh_pickers();
        self.restore_review_anchor(under_cursor.as_ref());
    }
}
