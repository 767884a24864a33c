//! What a person narrowed the list of a picker to, and how it is ordered.

use super::recents::PastUses;

/// What a person narrowed a list to, and how it is ordered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PickerFilter {
    pub text: String,
    /// Rows that do not fit what was chosen before are shown too, with the reason.
    pub show_incompatible: bool,
    /// The list was read, or could not be: what is typed may be meant as an id.
    pub may_type: bool,
    /// The column that the rows are sorted by; without one the filter's best matches come first,
    /// and without a filter what was used before.
    pub sort: Option<usize>,
    pub used: PastUses,
}

/// What was typed, as an answer: without blanks around it.
#[must_use]
pub fn typed_text(filter: &PickerFilter) -> &str {
    filter.text.trim()
}
