//! The pickers of the form: their rows, the row under the cursor, and the effect of choosing one.

use crate::form::{
    Candidates, Control, FIELDS, PickerFilter, PickerRow, RowCells, cells, picker_list, resource_of, row_value,
    typed_form, typed_text,
};
use crate::i18n::tr;
use crate::order::FieldId;
use crate::text::sanitize::brief;

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
            picker.cursor = picker.cursor.or(picker.list.best);
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
        // A value that the list does not have, such as one that no longer fits: the first row that can be chosen.
        let at = at.or_else(|| picker.list.rows.iter().position(|row| self.can_choose(id, *row, &picker.filter)));
        if let Some(picker) = self.pickers.get_mut(&id) {
            picker.cursor = at.or(picker.list.best);
        }
    }

    /// Returns whether a row can be chosen: nothing speaks against it.
    fn can_choose(&self, id: FieldId, row: PickerRow, filter: &PickerFilter) -> bool {
        cells(id, row, filter, &self.draft, &self.catalogue).obstacle.is_none()
    }

    /// Returns the value of the only row of a list that can be chosen; `None` if there are several or none. A filter
    /// does not count.
    pub(in crate::app) fn only_choice(&self, id: FieldId) -> Option<String> {
        let filter = PickerFilter::default();
        let rows = picker_list(id, &filter, false, &self.draft, &self.catalogue).rows;
        let mut choices = rows.into_iter().filter(|row| self.can_choose(id, *row, &filter));
        let only = choices.next().filter(|_| choices.next().is_none())?;
        Some(row_value(id, only, &filter, &self.catalogue).to_owned())
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
        let Some(row) = self.row_under_cursor(id) else { return self.no_row_reason(id).map_or(Ok(()), Err) };
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

    /// Returns the reason why nothing can be accepted although no row is selected; `None` without a filter.
    fn no_row_reason(&self, id: FieldId) -> Option<String> {
        let picker = self.pickers.get(&id).filter(|picker| !typed_text(&picker.filter).is_empty())?;
        let filter = brief(typed_text(&picker.filter), 40);
        let resource = resource_of(id)?;
        let noun = resource.noun();
        let is_loading = self.lists.get(&resource).is_some_and(|state| state.loading_since().is_some());
        if is_loading && self.catalogue.count(resource).is_none() {
            return Some(tr!("The {noun} are still loading", noun));
        }
        if self.catalogue.count(resource).is_none() && picker.list.rows.contains(&PickerRow::Typed) {
            return Some(tr!("The {noun} could not be read. Press Down to use \"{filter}\" as typed", noun, filter));
        }
        Some(match (picker.list.rows.contains(&PickerRow::Typed), typed_form(id, &self.catalogue)) {
            (true, _) => tr!("None of the {noun} matches \"{filter}\". Press Down to use it as typed", noun, filter),
            (false, Some(form)) if picker.filter.may_type => {
                tr!("None of the {noun} matches \"{filter}\". {form}", noun, filter, form)
            }
            (false, _) => tr!("None of the {noun} matches \"{filter}\". Change the filter", noun, filter),
        })
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
