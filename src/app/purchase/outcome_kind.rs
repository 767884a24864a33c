//! The outcome of an order as it is known now: from the response to the request, or from what was found later.

use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::result::ResultPage;
use crate::purchase::Outcome;
use crate::purchase::intents::{OrderState, Purchase};

/// Outcome of an order, without its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    Accepted,
    Rejected,
    NotSent,
    Unknown,
    Found,
    NotFound,
    NotPlaced,
    Conflict,
}

impl ResultPage {
    /// Returns the outcome of the order. The journal knows more than the response once the server list was read, or the
    /// user resolved the order.
    #[must_use]
    pub fn outcome_kind(&self, journal: &OrderJournal) -> OutcomeKind {
        match self.purchase(journal).map(Purchase::state) {
            Some(OrderState::Conflict) => OutcomeKind::Conflict,
            Some(OrderState::Found { .. }) => OutcomeKind::Found,
            Some(OrderState::NotFound) => OutcomeKind::NotFound,
            Some(OrderState::NotPlaced) => OutcomeKind::NotPlaced,
            Some(
                OrderState::Ready
                | OrderState::Sending
                | OrderState::Accepted(_)
                | OrderState::Rejected(_)
                | OrderState::NotSent(_)
                | OrderState::Unknown(_),
            )
            | None => match &self.outcome {
                Outcome::Accepted(_) => OutcomeKind::Accepted,
                Outcome::Rejected(_) => OutcomeKind::Rejected,
                Outcome::NotSent(_) => OutcomeKind::NotSent,
                Outcome::Unknown(_) => OutcomeKind::Unknown,
            },
        }
    }
}

impl OutcomeKind {
    /// Returns whether an order exists, or may exist.
    #[must_use]
    pub fn may_be_placed(self) -> bool {
        match self {
            Self::Accepted | Self::Unknown | Self::Found | Self::Conflict => true,
            Self::Rejected | Self::NotSent | Self::NotFound | Self::NotPlaced => false,
        }
    }
}
