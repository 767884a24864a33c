//! What the interface hears of a purchase, in this order and each once.

use uuid::Uuid;

use super::Outcome;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// From here on the order may exist.
    Sending,
    /// The call has ended.
    Concluded {
        /// The intent in the journal; none if it could not be kept there, and nothing was sent.
        id: Option<Uuid>,
        outcome: Outcome,
        /// Why the outcome is not in the journal, in words: the next start will look for the order.
        lost: Option<String>,
    },
}
