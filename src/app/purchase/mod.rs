//! From the confirmation to the outcome: confirm, wait, follow the servers, and orders not yet resolved.
//! Nothing is sent from here; a confirmation leads to at most one `Effect::Submit`.

pub(super) mod confirm;
pub(super) mod duplicate_text;
pub(super) mod order_search_text;
pub(super) mod outcome_kind;
pub(super) mod outcome_page;
pub(super) mod outcome_text;
pub(super) mod receipt;
pub(super) mod result;
pub(super) mod unresolved;
pub(super) mod unresolved_panel;
