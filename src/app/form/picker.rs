//! The state of a picker: its filter, the rows that remain, and the row under the cursor.

use crate::catalogue::Catalogue;
use crate::form::{Candidates, PickerFilter, PickerList, PickerRow};
use crate::order::FieldId;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picker {
    pub filter: PickerFilter,
    pub list: PickerList,
    /// Rows that the filter is applied to.
    pub candidates: Candidates,
    /// Index in `list.rows` of the row under the cursor; `None` while no row is selected: no row matches, and what is
    /// typed is not used unless the user moves to it.
    pub cursor: Option<usize>,
    /// Set when the draft, the catalogue or the view of the list changed after `candidates` were collected.
    pub is_stale: bool,
    /// Set while the user is in the list and has done something there.
    pub is_in_use: bool,
}

impl Picker {
    /// Moves the cursor by `rows` and stops at the ends. Without a selected row, a step down selects the first one.
    pub fn step(&mut self, rows: isize) {
        let last = self.list.rows.len().checked_sub(1);
        self.cursor = match (self.cursor, last) {
            (Some(at), Some(last)) => Some(at.saturating_add_signed(rows).min(last)),
            (None, Some(last)) if rows > 0 => Some(usize::try_from(rows - 1).unwrap_or(0).min(last)),
            (None, Some(_)) | (_, None) => None,
        };
    }

    /// Filters the candidates into `list` and sorts them.
    pub(in crate::app) fn apply_filter(&mut self, id: FieldId, optional: bool, catalogue: &Catalogue) {
        self.list = self.candidates.filtered(id, &self.filter, optional, catalogue);
    }

    #[must_use]
    pub fn row(&self) -> Option<PickerRow> {
        self.list.rows.get(self.cursor?).copied()
    }
}
