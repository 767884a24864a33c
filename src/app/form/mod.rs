//! The form: answers, focus, steps, fields, pickers, ports, review and the request beside them. It changes the draft in
//! memory only, and depends on neither page nor overlay.

mod check;
mod context;
mod edit;
pub(in crate::app) mod list_state;
mod lists;
mod misfits;
pub(in crate::app) mod navigate;
mod numbers;
pub(in crate::app) mod picker;
mod pickers;
mod ports;
pub(in crate::app) mod ports_cursor;
pub(in crate::app) mod preflight;
mod recents;
pub(in crate::app) mod request;
pub(in crate::app) mod review;
pub(in crate::app) mod state;
pub(in crate::app) mod status;
