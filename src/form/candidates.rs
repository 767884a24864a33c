//! The rows that a filter searches. Their texts are joined in one string: in a long list, fetching each text from its
//! own allocation would take most of the time.

use std::cmp::Reverse;

use crate::catalogue::Catalogue;
use crate::order::{Draft, FieldId};

use super::column_measure::{ColumnMeasure, measure};
use super::fuzzy_match::{FuzzyQuery, MatchRank, SearchText, can_narrow};
use super::picker_filter::PickerFilter;
use super::rows::{ListRow, SEARCH_TEXTS, resource_of};

/// The rows of one picker list that a filter can match. Rebuilt when the list, the draft or the shown part of the list
/// changes; searched on every typed character.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    rows: Vec<Candidate>,
    /// The searched texts of all rows, concatenated.
    texts: String,
    are_ids: [bool; SEARCH_TEXTS],
    /// Number of rows that do not fit, shown or not.
    pub(super) misfits: usize,
    /// Number of rows left out because they do not fit.
    pub(super) hidden: usize,
    /// The contents of each column over all rows.
    measures: Vec<ColumnMeasure>,
    /// True if at least one row was used in an earlier order.
    pub(super) has_used: bool,
    last: LastSearch,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Candidate {
    /// Index of the row in the catalogue's list.
    at: usize,
    /// Byte offset in `texts` at which the row's texts begin; `ends` holds the offset at which each of them ends.
    start: usize,
    ends: [usize; SEARCH_TEXTS],
}

/// The previous search. Where a longer filter can match only a subset of its rows, the next search starts from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct LastSearch {
    typed: String,
    /// Indices into `rows`.
    places: Vec<usize>,
}

/// The result of one search.
#[derive(Debug, Default)]
pub(super) struct SearchResult {
    /// Indices into the catalogue's list with their ranks, in the order of the candidates.
    pub rows: Vec<(Option<MatchRank>, usize)>,
    /// True if one of the rows has exactly the typed text as its answer.
    pub is_exact: bool,
}

impl Candidates {
    #[must_use]
    pub fn new(field: FieldId, filter: &PickerFilter, draft: &Draft, catalogue: &Catalogue) -> Self {
        let mut all = Self::without_texts(field, filter, draft, catalogue);
        let Self { rows, texts: joined, are_ids, .. } = &mut all;
        for candidate in rows {
            let Some(row) = ListRow::at(field, candidate.at, catalogue) else { continue };
            candidate.start = joined.len();
            let texts = row.texts();
            for (searched, end) in texts.iter().zip(&mut candidate.ends) {
                joined.push_str(searched.text);
                *end = joined.len();
            }
            *are_ids = texts.map(|searched| searched.is_id);
        }
        let listed = all.rows.iter().filter_map(|row| ListRow::at(field, row.at, catalogue));
        all.measures = measure(field, listed, filter, draft, catalogue);
        all
    }

    /// Returns the contents of each column over all rows, whatever is typed: so no column moves while typing.
    #[must_use]
    pub fn measures(&self) -> &[ColumnMeasure] {
        &self.measures
    }

    /// Builds the rows without their texts, for a list that is shown without a filter. Images come newest first, those
    /// without a date last; other rows keep the order of the API.
    pub(super) fn without_texts(field: FieldId, filter: &PickerFilter, draft: &Draft, catalogue: &Catalogue) -> Self {
        let flavor = catalogue.phone_flavor_row(&draft.server_flavor, &draft.phone_flavor);
        let count = resource_of(field).and_then(|resource| catalogue.count(resource)).unwrap_or(0);
        let mut all = Self::default();
        for at in 0..count {
            let Some(row) = ListRow::at(field, at, catalogue) else { continue };
            if !row.fits(draft, flavor) {
                all.misfits += 1;
                if !filter.show_incompatible {
                    all.hidden += 1;
                    continue;
                }
            }
            all.has_used = all.has_used || filter.used.contains_key(row.value());
            all.rows.push(Candidate { at, start: 0, ends: [0; SEARCH_TEXTS] });
        }
        if field == FieldId::Image {
            let date = |row: &Candidate| catalogue.images.as_ref()?.get(row.at)?.date();
            all.rows.sort_by_cached_key(|row| Reverse(date(row)));
        }
        all
    }

    /// Returns the number of rows.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// Returns all rows without ranks, in their order.
    pub(super) fn all(&self) -> SearchResult {
        SearchResult { rows: self.rows.iter().map(|row| (None, row.at)).collect(), is_exact: false }
    }

    /// Returns the rows that match the typed text, and keeps them: a longer text searches only among these.
    pub(super) fn search(&mut self, typed: &str, search: &mut FuzzyQuery) -> SearchResult {
        let LastSearch { typed: last, mut places } = std::mem::take(&mut self.last);
        if !can_narrow(&last) || !typed.starts_with(&last) {
            places = (0..self.rows.len()).collect();
        }
        let mut found = SearchResult { rows: Vec::with_capacity(places.len()), is_exact: false };
        places.retain(|place| {
            let Some(row) = self.rows.get(*place) else { return false };
            let texts = self.texts_of(row);
            let Some(rank) = search.rank(&texts) else { return false };
            // The answer that a row gives is the first of its texts.
            found.is_exact = found.is_exact || texts.first().is_some_and(|value| value.text == typed.trim());
            found.rows.push((Some(rank), row.at));
            true
        });
        self.last = LastSearch { typed: typed.to_owned(), places };
        found
    }

    fn texts_of(&self, row: &Candidate) -> [SearchText<'_>; SEARCH_TEXTS] {
        let mut start = row.start;
        std::array::from_fn(|at| {
            let text = self.texts.get(start..row.ends[at]).unwrap_or_default();
            start = row.ends[at];
            SearchText { text, is_id: self.are_ids[at] }
        })
    }
}
