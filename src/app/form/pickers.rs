//! The pickers of the form: their rows, the row under the cursor, and the effect of choosing one.

use crate::form::{Candidates, Control, FIELDS, PickerFilter, PickerRow, RowCells, cells, row_value};
use crate::i18n::tr;
use crate::order::FieldId;

use crate::app::form::state::Form;

impl Form {
    /// Rebuilds the rows of every picker that is stale because its draft, its catalogue or its view changed.
    pub(in crate::app) fn refresh_pickers(&mut self) {
        for row in &FIELDS {
            let Control::Picker { optional, .. } = row.control else { continue };
            let Some(picker) = self.pickers.get_mut(&row.id).filter(|picker| picker.is_stale) else { continue };
            picker.is_stale = false;
            picker.candidates = Candidates::new(row.id, &picker.filter, &self.draft, &self.catalogue);
            picker.apply_filter(row.id, optional, &self.catalogue);
            picker.step(0);
        }
    }

    /// Moves the cursor of every unfiltered picker to the chosen row, except where the user is at work.
    pub(in crate::app) fn move_cursors_to_values(&mut self) {
        let idle = self.pickers.iter().filter(|(_, picker)| !picker.is_in_use);
        let ids: Vec<FieldId> = idle.map(|(id, _)| *id).collect();
        for id in ids {
            self.move_cursor_to_value(id);
        }
    }

    pub(in crate::app) fn move_cursor_to_value(&mut self, id: FieldId) {
        let Some(slot) = crate::form::field(id).control.slot() else { return };
        let Some(picker) = self.pickers.get(&id).filter(|picker| picker.filter.text.is_empty()) else { return };
        let value = (slot.read)(&self.draft);
        let is_chosen = |row: &PickerRow| row_value(id, *row, &picker.filter, &self.catalogue) == value;
        let at = picker.list.rows.iter().position(is_chosen);
        if let (Some(at), Some(picker)) = (at, self.pickers.get_mut(&id)) {
            picker.cursor = at;
        }
    }

    /// Returns the cells of the row under the cursor of a picker.
    #[must_use]
    pub fn row_under_cursor(&self, id: FieldId) -> Option<RowCells> {
        let picker = self.pickers.get(&id)?;
        Some(cells(id, picker.row()?, &picker.filter, &self.draft, &self.catalogue))
    }

    /// Makes the row under the cursor the answer and clears the filter. `Err` is the reason why the row cannot be
    /// chosen.
    pub(in crate::app) fn choose_row(&mut self, id: FieldId) -> Result<(), String> {
        let Some(row) = self.row_under_cursor(id) else { return Ok(()) };
        if let Some(obstacle) = row.obstacle {
            return Err(match row.value.as_str() {
                "" => tr!("This row cannot be chosen: {obstacle}", obstacle),
                value => tr!("{value} cannot be chosen: {obstacle}", value, obstacle),
            });
        }
        if let Some(slot) = crate::form::field(id).control.slot() {
            *(slot.write)(&mut self.draft) = row.value;
        }
        if let Some(picker) = self.pickers.get_mut(&id) {
            picker.filter.text.clear();
            picker.is_stale = true;
        }
        self.answered(id);
        self.move_cursor_to_value(id);
        Ok(())
    }

    /// Changes the filter of a picker and moves the cursor to the best match, or to the chosen row if no filter text is
    /// left.
    pub(in crate::app) fn filter_picker(&mut self, id: FieldId, change: impl FnOnce(&mut PickerFilter)) {
        let Control::Picker { optional, .. } = crate::form::field(id).control else { return };
        let Some(picker) = self.pickers.get_mut(&id) else { return };
        let showed_incompatible = picker.filter.show_incompatible;
        change(&mut picker.filter);
        picker.is_stale |= picker.filter.show_incompatible != showed_incompatible;
        if !picker.is_stale {
            picker.apply_filter(id, optional, &self.catalogue);
        }
        self.refresh_pickers();
        let Some(picker) = self.pickers.get_mut(&id) else { return };
        picker.cursor = picker.list.best;
        let is_unfiltered = picker.filter.text.is_empty();
        if is_unfiltered {
            self.move_cursor_to_value(id);
        }
    }
}
