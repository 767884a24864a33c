//! Habits in the pickers: what was chosen before comes first, and a list never moves under a person
//! who is in it; and the order in which a person wants a list.

use crate::form::{Habits, PickRow, next_sort, row_value, sort_words};
use crate::order::{Draft, FieldId, read_body};
use crate::purchase::intents::Purchase;

use super::journal::JournalView;
use super::keymap::Context;
use super::model::Model;

/// What the orders of a journal chose, the newest first. Those of demos count in demos only.
fn habits(journal: &JournalView) -> Habits {
    let is_demo = journal.buyer.is_in_a_demo();
    let intents = journal.intents.newest_first().map(Purchase::intent);
    let orders = intents.filter(|intent| intent.was_in_a_demo() == is_demo);
    Habits::of(orders.filter_map(|intent| read_body(intent.body.as_bytes()).ok()).collect::<Vec<Draft>>())
}

impl Model {
    /// Takes the habits out of the journal. A list that a person is in is left as it is until they
    /// leave it.
    pub(super) fn learn_habits(&mut self) {
        let Some(journal) = &self.journal else { return };
        self.habits = habits(journal);
        let ids: Vec<FieldId> = self.pickers.keys().copied().collect();
        for id in ids {
            self.follow_habits(id);
        }
        self.refresh_pickers();
        self.show_choices();
    }

    fn follow_habits(&mut self, id: FieldId) {
        let used = self.habits.of_field(id);
        if let Some(picker) = self.pickers.get_mut(&id)
            && !picker.is_in_use
            && picker.filter.used != used
        {
            picker.filter.used = used;
            picker.is_stale = true;
        }
    }

    /// A person does something in the focused list.
    pub(super) fn use_picker(&mut self) {
        if self.context() == Context::Picker
            && let Some(picker) = self.pickers.get_mut(&self.focus)
        {
            picker.is_in_use = true;
        }
    }

    /// The list that a person is in, and the answer under its cursor; what is merely typed is none.
    pub(super) fn held_row(&self) -> Option<(FieldId, Option<String>)> {
        let (id, picker) = self.pickers.iter().find(|(_, picker)| picker.is_in_use)?;
        let row = picker.row().filter(|row| *row != PickRow::Typed);
        let value = row.map(|row| row_value(*id, row, &picker.filter, &self.catalogue).to_owned());
        Some((*id, value))
    }

    /// Puts the cursor back on an answer after the rows changed; if there is no such row, on the
    /// best one.
    pub(super) fn hold_row(&mut self, held: Option<(FieldId, Option<String>)>) {
        let Some((id, value)) = held else { return };
        let Some(picker) = self.pickers.get(&id) else { return };
        let is_it = |row: &PickRow| {
            *row != PickRow::Typed && value.as_deref() == Some(row_value(id, *row, &picker.filter, &self.catalogue))
        };
        let at = picker.pick.rows.iter().position(is_it);
        if let Some(picker) = self.pickers.get_mut(&id) {
            picker.cursor = at.unwrap_or(picker.pick.best);
        }
        if at.is_none() {
            self.show_choice(id);
        }
    }

    /// The list is left: what could not move under the person may move now.
    pub(super) fn leave_picker(&mut self, id: FieldId) {
        let Some(picker) = self.pickers.get_mut(&id) else { return };
        picker.is_in_use = false;
        self.follow_habits(id);
        self.refresh_pickers();
        self.show_choice(id);
    }

    /// Sorts the focused list by its next column. The cursor stays on its row.
    pub(super) fn sort_picker(&mut self) {
        let id = self.focus;
        let Some(picker) = self.pickers.get(&id) else { return };
        let row: Option<PickRow> = picker.row();
        let sort = next_sort(id, picker.filter.sort);
        self.filter_picker(id, |filter| filter.sort = sort);
        self.message = Some(sort_words(id, sort));
        if let Some(picker) = self.pickers.get_mut(&id) {
            let at = picker.pick.rows.iter().position(|found| Some(*found) == row);
            picker.cursor = at.unwrap_or(picker.cursor);
        }
    }
}
