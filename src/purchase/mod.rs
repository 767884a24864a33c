//! Purchases: one confirmed order leads to at most one POST and to one outcome.
//!
//! The guarantee and the table of outcomes are in docs/decisions 009 and 010: whatever is not proven is `Unknown`, and
//! an unknown outcome is resolved by reading, never by sending again.

mod classify;
mod event;
pub mod intents;
pub mod journal;
mod journal_store;
mod log;
mod open_reasons;
mod order_list;
mod outcome;
mod reasons;
mod reconcile;
mod response;
mod server_match;
mod service;

#[cfg(test)]
mod tests;

pub use crate::codes::field_of;
pub use classify::classify;
pub use event::Event;
pub use journal_store::SessionError;
pub use open_reasons::{OpenReason, candidates_sentence, conflict_sentence, open_reasons};
pub use order_list::{AllOrders, ListedOrder};
pub use outcome::{NotSent, Outcome, Receipt, Rejection, Unknown};
pub use reasons::{AnswerFlaw, NotSentReason, UnknownReason};
pub use reconcile::{
    Reconciled, Resolution, ResolveError, ServerReading, UnreadServers, absence, can_be_searched, conclusion, resolved,
};
pub use server_match::{ServerMatch, is_listed_duplicate, match_servers, preflight};
pub use service::{
    Buyer, Confirmation, PurchaseService, SubmitError, call_end_entries, new_intent, ordered_servers, sending,
    unacknowledged_duplicates, worker_panicked,
};
