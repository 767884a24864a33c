//! Runs every rule on the draft after a change.

use crate::order::Order;

use crate::app::draft::diff::compare;
use crate::app::form::state::Form;

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
        self.differences = compare(self.basis.as_ref(), self.past_orders.first(), &self.draft, &self.catalogue);
        self.refresh_pickers();
        self.restore_review_anchor(under_cursor.as_ref());
    }
}
