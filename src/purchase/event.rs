//! The events of a purchase for the user interface, in this order and each once.

use uuid::Uuid;

use super::Outcome;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The order is about to be sent: from here on it may exist.
    Sending,
    /// The call has ended.
    Concluded {
        /// The id of the intent in the journal; `None` if the intent could not be recorded, so that nothing was sent.
        id: Option<Uuid>,
        outcome: Outcome,
        /// The reason, as text, why the outcome could not be recorded in the journal: the next start will search for
        /// the order.
        lost: Option<String>,
    },
}
