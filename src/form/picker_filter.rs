//! The filter and the sort order that the user set for a picker.

use super::recents::PastUses;

/// The filter and the sort order of a picker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PickerFilter {
    pub text: String,
    /// True if rows that do not fit the earlier answers are shown too, with the reason.
    pub show_incompatible: bool,
    /// True once the list was read or could not be read: only then may the typed text be meant as an id.
    pub may_type: bool,
    /// The column to sort by. Without one, the filter's best matches come first; without a filter, the answers used
    /// before.
    pub sort: Option<usize>,
    pub used: PastUses,
}

/// Returns the filter text as an answer: without surrounding blanks.
#[must_use]
pub fn typed_text(filter: &PickerFilter) -> &str {
    filter.text.trim()
}
