//! The contents of a list's columns: how wide they are, and whether they tell the rows apart.

use std::collections::HashSet;

use crate::catalogue::Catalogue;
use crate::order::{Draft, FieldId};
use crate::text::width::display_width;

use super::columns::columns;
use super::picker_filter::PickerFilter;
use super::recents::PastUse;
use super::rows::ListRow;

/// The contents of a column over all rows of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ColumnMeasure {
    /// Width in cells of the widest text.
    pub width: u16,
    /// True if there are several rows and all of them show the same.
    pub is_constant: bool,
}

/// Measures the columns of a field's list over its rows. The last one is the column for earlier use.
pub(super) fn measure<'a>(
    field: FieldId,
    rows: impl Iterator<Item = ListRow<'a>>,
    filter: &PickerFilter,
    draft: &Draft,
    catalogue: &Catalogue,
) -> Vec<ColumnMeasure> {
    let mut measures = vec![ColumnMeasure::default(); columns(field).len() + 1];
    let mut first: Option<Vec<String>> = None;
    let mut differing = HashSet::new();
    let mut count = 0;
    for row in rows {
        let mut cells = row.cells(draft, catalogue).cells;
        cells.push(filter.used.get(row.value()).copied().map_or_else(String::new, PastUse::word));
        for (column, (measure, text)) in measures.iter_mut().zip(&cells).enumerate() {
            measure.width = measure.width.max(display_width(text));
            if first.as_ref().is_some_and(|first| first.get(column) != Some(text)) {
                differing.insert(column);
            }
        }
        first.get_or_insert(cells);
        count += 1;
    }
    for (column, measure) in measures.iter_mut().enumerate() {
        measure.is_constant = count > 1 && !differing.contains(&column);
    }
    measures
}
