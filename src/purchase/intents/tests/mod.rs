//! The state machine by itself: which record may follow which, and what the rules rest on.

mod archivable;
mod duplicates;
mod evidence;
pub(in crate::purchase) mod fixtures;
mod sent_once;
mod transition;
