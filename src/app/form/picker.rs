//! The state of a picker: its filter, the rows that are left and the row under the cursor.

use crate::catalogue::Catalogue;
use crate::form::{Candidates, PickerFilter, PickerList, PickerRow};
use crate::order::FieldId;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picker {
    pub filter: PickerFilter,
    pub list: PickerList,
    /// The rows that the filter is held against.
    pub candidates: Candidates,
    /// The row of `pick.rows` under the cursor.
    pub cursor: usize,
    /// Draft, catalogue, or what is shown of the list changed since `candidates` were found.
    pub is_stale: bool,
    /// A person is in the list and has done something there.
    pub is_in_use: bool,
}

impl Picker {
    /// Moves the cursor by so many rows and stops at the ends.
    pub fn step(&mut self, rows: isize) {
        let last = self.list.rows.len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(rows).min(last);
    }

    /// Holds the candidates against the filter, and puts them in its order.
    pub(in crate::app) fn apply_filter(&mut self, id: FieldId, optional: bool, catalogue: &Catalogue) {
        self.list = self.candidates.filtered(id, &self.filter, optional, catalogue);
    }

    #[must_use]
    pub fn row(&self) -> Option<PickerRow> {
        self.list.rows.get(self.cursor).copied()
    }
}
