//! From the confirmation to the outcome: confirm, wait, follow the servers, and orders not yet resolved.
//! Nothing is sent from here; a confirmation leads to at most one `Effect::Submit`.

pub(super) mod confirm;
pub(super) mod receipt;
pub(super) mod result;
pub(super) mod unresolved;
