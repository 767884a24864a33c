//! The rows of a picker that match the filter, and their order. Rows are indices into the catalogue; their cells are
//! made only when drawn.

use std::cmp::Reverse;

use crate::catalogue::Catalogue;
use crate::i18n::tr;
use crate::order::{Draft, FieldId};

use super::candidates::{Candidates, SearchResult};
use super::columns::{columns, sort_key};
use super::fuzzy_match::{FuzzyQuery, MatchRank, SearchText};
use super::picker_filter::{PickerFilter, typed_text};
use super::recents::PastUse;
use super::rows::{ListRow, RowCells, RowFact};
use super::typed_id::can_be_typed;

/// A row of a picker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickerRow {
    /// No answer: the field stays empty.
    Nothing,
    /// A row of the catalogue's list, by its index.
    Listed(usize),
    /// The filter text, taken as the answer itself.
    Typed,
}

/// The rows of a list that match the filter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PickerList {
    pub rows: Vec<PickerRow>,
    /// Number of catalogue rows among them.
    pub listed: usize,
    /// Number of rows that would be listed without a filter.
    pub total: usize,
    /// Number of rows that do not fit, shown or not.
    pub misfits: usize,
    /// Number of rows left out because they do not fit.
    pub hidden: usize,
    /// True if at least one of the rows listed without a filter was used in an earlier order.
    pub has_used: bool,
    /// Index of the row that matches best, without a filter the first one. `None` if no row matches: what is typed is
    /// never the best match of itself.
    pub best: Option<usize>,
}

/// Returns the rows that match the filter. They are sorted by the chosen column if there is one, else by the quality of
/// the match; without a filter, the answers used before come first. Otherwise they are in the order of the candidates.
#[must_use]
pub fn picker_list(
    field: FieldId,
    filter: &PickerFilter,
    optional: bool,
    draft: &Draft,
    catalogue: &Catalogue,
) -> PickerList {
    let is_filtered = !typed_text(filter).is_empty();
    let of = if is_filtered { Candidates::new } else { Candidates::without_texts };
    of(field, filter, draft, catalogue).filtered(field, filter, optional, catalogue)
}

impl Candidates {
    /// Returns the rows that match the filter, in display order. `field` and `catalogue` must be those for which the
    /// candidates were made.
    #[must_use]
    pub fn filtered(
        &mut self,
        field: FieldId,
        filter: &PickerFilter,
        optional: bool,
        catalogue: &Catalogue,
    ) -> PickerList {
        let mut search = FuzzyQuery::new(&filter.text);
        let is_filtered = !search.is_empty();
        let SearchResult { rows: mut found, is_exact } =
            if is_filtered { self.search(&filter.text, &mut search) } else { self.all() };
        let listed = found.len();
        sort_rows(&mut found, field, filter, catalogue);
        let nothing = (optional && !is_filtered).then_some(PickerRow::Nothing);
        let best = if is_filtered {
            (0..listed).min_by_key(|place| found[*place].0)
        } else {
            (listed > 0 || nothing.is_some()).then_some(0)
        };
        let may_type = is_filtered && !is_exact && filter.may_type;
        let typed = (may_type && can_be_typed(field, typed_text(filter), catalogue)).then_some(PickerRow::Typed);
        let rows = found.into_iter().map(|(_, at)| PickerRow::Listed(at));
        let rows = nothing.into_iter().chain(rows).chain(typed).collect();
        let (total, misfits, hidden) = (self.count(), self.misfits, self.hidden);
        PickerList { rows, listed, total, misfits, hidden, has_used: self.has_used, best }
    }
}

/// Sorts rows from the order of the candidates into the display order. Equal rows keep their order.
fn sort_rows(
    found: &mut Vec<(Option<MatchRank>, usize)>,
    field: FieldId,
    filter: &PickerFilter,
    catalogue: &Catalogue,
) {
    let sort = filter.sort.and_then(|at| columns(field).get(at).map(|column| (at, column.direction)));
    if let Some((column, direction)) = sort {
        let mut keyed: Vec<_> = std::mem::take(found)
            .into_iter()
            .filter_map(|row| Some((sort_key(ListRow::at(field, row.1, catalogue)?, column, catalogue), row)))
            .collect();
        keyed.sort_by(|(this, _), (other, _)| this.compare(*other, direction));
        *found = keyed.into_iter().map(|(_, row)| row).collect();
    } else if !typed_text(filter).is_empty() {
        found.sort_by_key(|(rank, _)| *rank);
    } else if !filter.used.is_empty() {
        found.sort_by_cached_key(|(_, at)| {
            let used = past_use_at(field, *at, filter, catalogue);
            Reverse(used.map(|used| (used.is_last, used.count)))
        });
    }
}

fn past_use_at(field: FieldId, at: usize, filter: &PickerFilter, catalogue: &Catalogue) -> Option<PastUse> {
    filter.used.get(ListRow::at(field, at, catalogue)?.value()).copied()
}

/// Returns the earlier use of a row's answer; `None` if it was never used or the row is not a listed one.
#[must_use]
pub fn past_use(field: FieldId, row: PickerRow, filter: &PickerFilter, catalogue: &Catalogue) -> Option<PastUse> {
    match row {
        PickerRow::Listed(at) => past_use_at(field, at, filter, catalogue),
        PickerRow::Nothing | PickerRow::Typed => None,
    }
}

/// Returns the answer that choosing a row gives, without making its cells.
#[must_use]
pub fn row_value<'a>(field: FieldId, row: PickerRow, filter: &'a PickerFilter, catalogue: &'a Catalogue) -> &'a str {
    match row {
        PickerRow::Nothing => "",
        PickerRow::Typed => typed_text(filter),
        PickerRow::Listed(at) => ListRow::at(field, at, catalogue).map_or("", ListRow::value),
    }
}

/// Returns the cells of a row, with its answer and the obstacle to choosing it, if any.
#[must_use]
pub fn cells(field: FieldId, row: PickerRow, filter: &PickerFilter, draft: &Draft, catalogue: &Catalogue) -> RowCells {
    match row {
        PickerRow::Nothing => RowCells { cells: vec![tr!("(none)")], ..RowCells::default() },
        PickerRow::Typed => {
            let value = typed_text(filter).to_owned();
            RowCells { cells: vec![tr!("use \"{value}\" as typed", value)], value, obstacle: None }
        }
        PickerRow::Listed(at) => {
            ListRow::at(field, at, catalogue).map_or_else(RowCells::default, |row| row.cells(draft, catalogue))
        }
    }
}

/// Returns the characters of a row's cells that the filter matches, for each of the shown columns.
#[must_use]
pub fn marks(field: FieldId, cells: &RowCells, shown: &[usize], search: &mut FuzzyQuery) -> Vec<Vec<u32>> {
    let columns = columns(field);
    let searched = shown.iter().map(|at| match columns.get(*at).and_then(|column| column.search) {
        Some(kind) => {
            let text = cells.cells.get(*at).map_or("", String::as_str);
            SearchText { text, is_id: kind == super::columns::ColumnKind::Id }
        }
        None => SearchText { text: "", is_id: true },
    });
    search.marks(&searched.collect::<Vec<_>>())
}

/// All known facts about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowDetails {
    pub facts: Vec<RowFact>,
    /// The reason why the row cannot be chosen, if there is one.
    pub obstacle: Option<String>,
}

/// Returns all known facts about a row; `None` for the row that leaves the field empty.
#[must_use]
pub fn details(
    field: FieldId,
    row: PickerRow,
    filter: &PickerFilter,
    draft: &Draft,
    catalogue: &Catalogue,
) -> Option<RowDetails> {
    let unseen = |text: String| RowFact { text, column: None };
    match row {
        PickerRow::Nothing => None,
        PickerRow::Typed => {
            let text = tr!("Used as typed: the list does not have it, so nothing about it is checked");
            Some(RowDetails { facts: vec![unseen(text)], obstacle: None })
        }
        PickerRow::Listed(at) => {
            let listed = ListRow::at(field, at, catalogue)?;
            let mut facts = listed.facts(catalogue);
            facts.extend(past_use_at(field, at, filter, catalogue).map(|used| unseen(used.sentence())));
            Some(RowDetails { facts, obstacle: listed.cells(draft, catalogue).obstacle })
        }
    }
}
