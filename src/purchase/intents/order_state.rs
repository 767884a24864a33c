//! Where a confirmed order stands, in the words of the journal.

use crate::purchase::{NotSent, Outcome, Receipt, Rejection, Unknown, UnknownReason};

/// Where an intent stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderState {
    /// Confirmed. Nothing has left this machine.
    Ready,
    /// On its way, or about to be: from here on the order may exist.
    Sending,
    Accepted(Receipt),
    Rejected(Rejection),
    NotSent(NotSent),
    /// Nobody can tell yet. Found out by reading, never by sending.
    Unknown(Unknown),
    /// The order was placed.
    Found {
        by: FoundBy,
    },
    /// Reading did not show it, often and long enough.
    NotFound,
    /// There is more than one order for it, or one though it was rejected.
    Conflict,
    /// A person looked at the console and says that it was not placed.
    NotPlaced,
}

/// Who says that an order was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    Reading,
    User,
}

impl FoundBy {
    /// Returns the code that programs read.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::User => "user",
        }
    }
}

impl OrderState {
    /// What it is called in the words of the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready => "INTENT",
            Self::Sending => "SENDING",
            Self::Accepted(_) => "ACCEPTED",
            Self::Rejected(_) => "REJECTED",
            Self::NotSent(_) => "NOT_SENT",
            Self::Unknown(_) => "UNKNOWN",
            Self::Found { .. } => "FOUND",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::NotPlaced => "NOT_PLACED",
        }
    }

    /// Whether what became of the order is still open: nobody may take it for bought or not.
    pub fn is_unresolved(&self) -> bool {
        match self {
            Self::Ready | Self::Sending | Self::Unknown(_) => true,
            Self::Accepted(_)
            | Self::Rejected(_)
            | Self::NotSent(_)
            | Self::Found { .. }
            | Self::NotFound
            | Self::Conflict
            | Self::NotPlaced => false,
        }
    }

    /// Returns whether a person has to look at it: nobody can tell what became of it, or more was bought than confirmed.
    pub fn needs_attention(&self) -> bool {
        match self {
            Self::Ready | Self::Sending | Self::Unknown(_) | Self::Conflict => true,
            Self::Accepted(_)
            | Self::Rejected(_)
            | Self::NotSent(_)
            | Self::Found { .. }
            | Self::NotFound
            | Self::NotPlaced => false,
        }
    }

    /// Whether the program is at work on it right now.
    pub(super) fn is_under_way(&self) -> bool {
        match self {
            Self::Ready | Self::Sending => true,
            Self::Accepted(_)
            | Self::Rejected(_)
            | Self::NotSent(_)
            | Self::Unknown(_)
            | Self::Found { .. }
            | Self::NotFound
            | Self::Conflict
            | Self::NotPlaced => false,
        }
    }

    /// Doubt that comes from this side, not from an answer.
    pub(super) fn doubt(reason: UnknownReason) -> Self {
        Self::Unknown(Unknown::without_answer(reason))
    }
}

impl From<&Outcome> for OrderState {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Accepted(receipt) => Self::Accepted(receipt.clone()),
            Outcome::Rejected(refusal) => Self::Rejected(refusal.clone()),
            Outcome::NotSent(not_sent) => Self::NotSent(not_sent.clone()),
            Outcome::Unknown(unknown) => Self::Unknown(unknown.clone()),
        }
    }
}
