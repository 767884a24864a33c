//! The state of a confirmed order, with the names that the journal uses.

use crate::purchase::{NotSent, Outcome, Receipt, Rejection, Unknown, UnknownReason};

/// The state of an intent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderState {
    /// Confirmed. Nothing has left this machine.
    Ready,
    /// The order is being sent, or about to be: from here on it may exist.
    Sending,
    Accepted(Receipt),
    Rejected(Rejection),
    NotSent(NotSent),
    /// The outcome is not known yet. It is determined by reading, never by sending.
    Unknown(Unknown),
    /// The order was placed.
    Found {
        by: FoundBy,
    },
    /// Readings did not show the order, often enough and for long enough.
    NotFound,
    /// More than one order exists for the intent, or one although it was rejected.
    Conflict,
    /// The user looked at the console and stated that the order was not placed.
    NotPlaced,
}

/// The source of the finding that an order was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    Reading,
    User,
}

impl FoundBy {
    /// Returns the stable code for programs.
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

    /// Returns whether the outcome of the order is still open: the order must not be treated as bought or as not
    /// bought.
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

    /// Returns whether the user has to look at the order: its outcome is open, or more was bought than confirmed.
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

    /// Returns whether the order was confirmed or is being sent, and is not concluded yet.
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

    /// Returns UNKNOWN for a reason on this side, not from a response.
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
