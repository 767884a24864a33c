//! Tests of the state machine by itself: which record may follow which, and what the rules depend on.

mod archivable;
mod duplicates;
mod evidence;
pub(in crate::purchase) mod fixtures;
mod sent_once;
mod transition;
