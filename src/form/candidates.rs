//! The rows that a filter searches, with their texts side by side in one string: in a long list most of the time
//! would go into fetching each text from where it lies.

use crate::catalogue::Catalogue;
use crate::order::{Draft, FieldId};

use super::fuzzy_match::{FuzzyQuery, MatchRank, SearchText};
use super::picker_filter::PickerFilter;
use super::rows::{ListRow, SEARCH_TEXTS, resource_of};

/// The rows of a list that a filter may leave. Made anew when the list, the draft, or what is shown of the list changes;
/// searched at every typed letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates {
    rows: Vec<Candidate>,
    /// The searched texts of all rows, one behind the other.
    texts: String,
    are_ids: [bool; SEARCH_TEXTS],
    /// Rows left out because they do not fit.
    pub(super) hidden: usize,
    /// Some were used before.
    pub(super) has_used: bool,
    last: LastSearch,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Candidate {
    /// The row of the catalogue's list.
    at: usize,
    /// Where the row's texts begin, in bytes of all texts, and where each of them ends.
    start: usize,
    ends: [usize; SEARCH_TEXTS],
}

/// What was found last: a longer filter finds nothing but some of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct LastSearch {
    typed: String,
    /// Places in `rows`.
    places: Vec<usize>,
}

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct SearchResult {
    /// Rows of the catalogue's list with their ranks, in its order.
    pub rows: Vec<(Option<MatchRank>, usize)>,
    /// The answer of one of them is what was typed.
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
        all
    }

    /// Without the texts, for where nothing is typed.
    pub(super) fn without_texts(field: FieldId, filter: &PickerFilter, draft: &Draft, catalogue: &Catalogue) -> Self {
        let flavor = catalogue.phone_flavor_row(&draft.server_flavor, &draft.phone_flavor);
        let count = resource_of(field).and_then(|resource| catalogue.count(resource)).unwrap_or(0);
        let mut all = Self::default();
        for at in 0..count {
            let Some(row) = ListRow::at(field, at, catalogue) else { continue };
            if !filter.show_incompatible && !row.fits(draft, flavor) {
                all.hidden += 1;
                continue;
            }
            all.has_used = all.has_used || filter.used.contains_key(row.value());
            all.rows.push(Candidate { at, start: 0, ends: [0; SEARCH_TEXTS] });
        }
        all
    }

    /// How many rows there are.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// All rows, in the order of the list.
    pub(super) fn all(&self) -> SearchResult {
        SearchResult { rows: self.rows.iter().map(|row| (None, row.at)).collect(), is_exact: false }
    }

    /// The rows that match what was typed.
    pub(super) fn search(&mut self, typed: &str, search: &mut FuzzyQuery) -> SearchResult {
        let LastSearch { typed: last, mut places } = std::mem::take(&mut self.last);
        if last.trim().is_empty() || !typed.starts_with(&last) {
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
