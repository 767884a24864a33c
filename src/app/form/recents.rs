//! Answers of earlier orders come first in a picker, and a list never moves while somebody is in it. And how a
//! list is sorted.

use crate::form::{PickerRow, Recents, next_sort, row_value, sort_label};
use crate::order::{Draft, FieldId, read_body};
use crate::purchase::intents::Purchase;

use crate::app::keys::context::Context;
use crate::app::model::Model;
use crate::app::purchase::unresolved::JournalView;

/// What the orders of a journal chose, the newest first. Those of demos count in demos only.
fn recents(journal: &JournalView) -> Recents {
    let is_demo = journal.buyer.is_demo();
    let intents = journal.intents.newest_first().map(Purchase::intent);
    let orders = intents.filter(|intent| intent.was_demo() == is_demo);
    Recents::from_orders(orders.filter_map(|intent| read_body(intent.body.as_bytes()).ok()).collect::<Vec<Draft>>())
}

impl Model {
    /// Takes the habits out of the journal. A list that a person is in is left as it is until they
    /// leave it.
    pub(in crate::app) fn update_recents(&mut self) {
        let Some(journal) = &self.journal else { return };
        self.recents = recents(journal);
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

    /// A person does something in the focused list.
    pub(in crate::app) fn mark_picker_in_use(&mut self) {
        if self.context() == Context::Picker
            && let Some(picker) = self.pickers.get_mut(&self.focus)
        {
            picker.is_in_use = true;
        }
    }

    /// The list that a person is in, and the answer under its cursor; what is merely typed is none.
    pub(in crate::app) fn anchored_row(&self) -> Option<(FieldId, Option<String>)> {
        let (id, picker) = self.pickers.iter().find(|(_, picker)| picker.is_in_use)?;
        let row = picker.row().filter(|row| *row != PickerRow::Typed);
        let value = row.map(|row| row_value(*id, row, &picker.filter, &self.catalogue).to_owned());
        Some((*id, value))
    }

    /// Puts the cursor back on an answer after the rows changed; if there is no such row, on the
    /// best one.
    pub(in crate::app) fn restore_anchored_row(&mut self, held: Option<(FieldId, Option<String>)>) {
        let Some((id, value)) = held else { return };
        let Some(picker) = self.pickers.get(&id) else { return };
        let is_it = |row: &PickerRow| {
            *row != PickerRow::Typed && value.as_deref() == Some(row_value(id, *row, &picker.filter, &self.catalogue))
        };
        let at = picker.list.rows.iter().position(is_it);
        if let Some(picker) = self.pickers.get_mut(&id) {
            picker.cursor = at.unwrap_or(picker.list.best);
        }
        if at.is_none() {
            self.move_cursor_to_value(id);
        }
    }

    /// The list is left: what could not move under the person may move now.
    pub(in crate::app) fn leave_picker(&mut self, id: FieldId) {
        let Some(picker) = self.pickers.get_mut(&id) else { return };
        picker.is_in_use = false;
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
        self.message = Some(sort_label(id, sort));
        if let Some(picker) = self.pickers.get_mut(&id) {
            let at = picker.list.rows.iter().position(|found| Some(*found) == row);
            picker.cursor = at.unwrap_or(picker.cursor);
        }
    }
}
