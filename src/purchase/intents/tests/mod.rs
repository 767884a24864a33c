//! The state machine by itself: which record may follow which, and what the rules rest on.

pub(in crate::purchase) mod samples;

mod archive;
mod follow;
mod proof;
mod resemble;
mod sent_once;
