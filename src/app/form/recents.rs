//! Lists the answers of earlier orders first in a picker, keeps a list still while the user is in it, and sorts lists.

use crate::form::{PickerRow, Recents, Step, next_sort, row_value, sort_label};
use crate::order::FieldId;

use crate::app::form::state::Form;

impl Form {
    /// Applies the choices of earlier orders, from the journal, to the pickers. A list that the user is in stays as it
    /// is until they leave it.
    pub(in crate::app) fn set_recents(&mut self, recents: Recents) {
        self.recents = recents;
        let ids: Vec<FieldId> = self.pickers.keys().copied().collect();
        for id in ids {
            self.apply_recents(id);
        }
        self.refresh_pickers();
        self.move_cursors_to_values();
    }

    fn apply_recents(&mut self, id: FieldId) {
        let used = self.recents.of_field(id);
        if let Some(picker) = self.pickers.get_mut(&id)
            && !picker.is_in_use
            && picker.filter.used != used
        {
            picker.filter.used = used;
            picker.is_stale = true;
        }
    }

    /// Marks the focused list as in use by the user.
    pub(in crate::app) fn mark_picker_in_use(&mut self) {
        if let Some(picker) = self.pickers.get_mut(&self.focus).filter(|_| self.step != Step::Review) {
            picker.is_in_use = true;
        }
    }

    /// Returns the list that the user is in, and the answer under its cursor. A row that was only typed gives no
    /// answer.
    pub(in crate::app) fn anchored_row(&self) -> Option<(FieldId, Option<String>)> {
        let (id, picker) = self.pickers.iter().find(|(_, picker)| picker.is_in_use)?;
        let row = picker.row().filter(|row| *row != PickerRow::Typed);
        let value = row.map(|row| row_value(*id, row, &picker.filter, &self.catalogue).to_owned());
        Some((*id, value))
    }

    /// Moves the cursor back to an answer after the rows changed. If no row has it, moves to the chosen row, or else
    /// the best match.
    pub(in crate::app) fn restore_anchored_row(&mut self, held: Option<(FieldId, Option<String>)>) {
        let Some((id, value)) = held else { return };
        let Some(picker) = self.pickers.get(&id) else { return };
        let is_it = |row: &PickerRow| {
            *row != PickerRow::Typed && value.as_deref() == Some(row_value(id, *row, &picker.filter, &self.catalogue))
        };
        let at = picker.list.rows.iter().position(is_it);
        if let Some(picker) = self.pickers.get_mut(&id) {
            picker.cursor = at.or(picker.list.best);
        }
        if at.is_none() {
            self.move_cursor_to_value(id);
        }
    }

    /// Marks a list as no longer in use, clears its filter, and applies the updates that were postponed until then.
    pub(in crate::app) fn leave_picker(&mut self, id: FieldId) {
        let Some(picker) = self.pickers.get_mut(&id) else { return };
        picker.is_in_use = false;
        if !picker.filter.text.is_empty() {
            picker.filter.text.clear();
            picker.is_stale = true;
        }
        self.apply_recents(id);
        self.refresh_pickers();
        self.move_cursor_to_value(id);
    }

    /// Sorts the focused list by its next column. The cursor stays on its row.
    pub(in crate::app) fn sort_picker(&mut self) {
        let id = self.focus;
        let Some(picker) = self.pickers.get(&id) else { return };
        let row: Option<PickerRow> = picker.row();
        let sort = next_sort(id, picker.filter.sort);
        self.filter_picker(id, |filter| filter.sort = sort);
        self.say(sort_label(id, sort));
        if let Some(picker) = self.pickers.get_mut(&id) {
            let at = picker.list.rows.iter().position(|found| Some(*found) == row);
            picker.cursor = at.or(picker.cursor);
        }
    }
}
