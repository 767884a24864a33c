//! The purchase: one confirmed order, at most one POST, and one verdict on what became of it.
//!
//! The promise and the table of verdicts are the project's own (`purchase-safety`): what is not
//! proven is `Unknown`, and what is unknown is found out by reading, never by sending again.

mod answer;
mod classify;
mod desk;
mod event;
mod files;
pub mod intents;
pub mod journal;
mod listed;
mod log;
mod outcome;
mod reading;
mod reason;
mod reconcile;
mod sentences;

#[cfg(test)]
mod tests;

pub use crate::codes::field_of;
pub use classify::classify;
pub use desk::{Buyer, Confirmation, Desk, NotBegun, broken_down, end_of_call, intent_of, sending, shape_of, unasked};
pub use event::Event;
pub use listed::{AllOrders, Listed};
pub use outcome::{NotSent, Outcome, Receipt, Refusal, Unknown};
pub use reading::{Judgement, is_listed_duplicate, judge, preflight};
pub use reason::{AnswerFlaw, NotSentReason, UnknownReason};
pub use reconcile::{Read, Resolution, ResolveError, Swept, absence, can_be_searched, conclusion, resolved};
pub use sentences::{OpenReason, open_reasons};
