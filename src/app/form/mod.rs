//! The form: focus, steps, fields, pickers, ports, review and the request beside them.
//! It changes the draft in memory only.

pub(super) mod edit;
pub(super) mod lists;
pub(super) mod navigate;
pub(super) mod picker;
pub(super) mod ports;
pub(super) mod preflight;
pub(super) mod recents;
pub(super) mod request;
pub(super) mod review;
pub(super) mod status;
