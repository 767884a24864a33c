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

/// The states of an order without their details, by the names that programs read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateName {
    Intent,
    Sending,
    Accepted,
    Rejected,
    NotSent,
    Unknown,
    Found,
    NotFound,
    Conflict,
    NotPlaced,
}

impl StateName {
    /// Every state, in the order of an order's life.
    pub const ALL: [Self; 10] = [
        Self::Intent,
        Self::Sending,
        Self::Accepted,
        Self::Rejected,
        Self::NotSent,
        Self::Unknown,
        Self::Found,
        Self::NotFound,
        Self::Conflict,
        Self::NotPlaced,
    ];

    /// Returns the name, which is never translated.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intent => "INTENT",
            Self::Sending => "SENDING",
            Self::Accepted => "ACCEPTED",
            Self::Rejected => "REJECTED",
            Self::NotSent => "NOT_SENT",
            Self::Unknown => "UNKNOWN",
            Self::Found => "FOUND",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::NotPlaced => "NOT_PLACED",
        }
    }

    /// Returns the state that a call led to.
    #[must_use]
    pub const fn after(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Accepted(_) => Self::Accepted,
            Outcome::Rejected(_) => Self::Rejected,
            Outcome::NotSent(_) => Self::NotSent,
            Outcome::Unknown(_) => Self::Unknown,
        }
    }
}

impl OrderState {
    /// Returns the state without its details.
    #[must_use]
    pub fn state_name(&self) -> StateName {
        match self {
            Self::Ready => StateName::Intent,
            Self::Sending => StateName::Sending,
            Self::Accepted(_) => StateName::Accepted,
            Self::Rejected(_) => StateName::Rejected,
            Self::NotSent(_) => StateName::NotSent,
            Self::Unknown(_) => StateName::Unknown,
            Self::Found { .. } => StateName::Found,
            Self::NotFound => StateName::NotFound,
            Self::Conflict => StateName::Conflict,
            Self::NotPlaced => StateName::NotPlaced,
        }
    }

    /// Returns the name that the journal, JSON and the command line use.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.state_name().as_str()
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
