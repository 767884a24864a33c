//! What one record of the journal says. These are the shapes on the disk: a change that an older
//! version of the program would not understand needs a new format number.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::forms::OutcomeForm;
use crate::purchase::Outcome;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// A person confirmed an order. Nothing has left this machine.
    Intent(Box<Intent>),
    /// The next thing that happens is the first byte of the request.
    Sending {
        id: Uuid,
        at: Timestamp,
        /// From 1. Failed connections count, whether or not they came as far as this record.
        attempt: u8,
        /// SHA-256 of the bytes that are about to go out.
        body_hash: String,
    },
    /// The call has ended, and this is the verdict.
    Outcome {
        id: Uuid,
        at: Timestamp,
        #[serde(with = "OutcomeForm")]
        outcome: Outcome,
    },
    /// An earlier run of the program ended between this intent and its outcome. The journal
    /// writes it when it is opened.
    Interrupted { id: Uuid, at: Timestamp },
    /// The project was read in search of the order.
    Swept {
        id: Uuid,
        at: Timestamp,
        /// Whether every page of the listing came. Others prove nothing when they show nothing.
        complete: bool,
        /// The orders behind what was seen.
        order_ids: BTreeSet<String>,
    },
    /// Reading shows the order.
    Found {
        id: Uuid,
        at: Timestamp,
        order_id: String,
        /// The servers that show it; none if a job did.
        servers: Vec<String>,
    },
    /// Reading shows no order, often enough and long enough. The figures are those of
    /// [`Evidence`](super::Evidence).
    NotFound { id: Uuid, at: Timestamp, sweeps: u32, quiet_seconds: u64 },
    /// There are two orders or more for this one intent: all that are known.
    Alarm { id: Uuid, at: Timestamp, order_ids: BTreeSet<String> },
    /// The last record could not be read and was moved to this file beside the journal. The
    /// journal writes it when it is opened.
    SetAside { at: Timestamp, file: String, bytes: u64 },
    /// `journal.last` does not match the journal, so records may be missing from its end. The
    /// journal writes it when it is opened.
    RecordsLost {
        at: Timestamp,
        /// The record that `journal.last` names; `None` if that file is missing or unreadable.
        expected: Option<u64>,
        /// How many records there are.
        found: u64,
    },
    /// The user accepted that records may be missing, and `journal.last` was written anew.
    Repaired { at: Timestamp },
}

/// A confirmed order. Nothing in it is a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    pub id: Uuid,
    /// When it was confirmed.
    pub at: Timestamp,
    pub profile: String,
    /// Host of the endpoint, with its port if that is not the usual one. No address with a path,
    /// a query or a user in it.
    pub endpoint: String,
    pub project: String,
    pub region: String,
    pub credentials: Credentials,
    pub server_name: String,
    pub shape: Shape,
    /// Whether the order is paid for at once.
    pub pays_now: bool,
    /// SHA-256 of the body, 64 lower-case hexadecimal digits.
    pub body_hash: String,
    /// The exact bytes, which are UTF-8.
    pub body: String,
}

/// With what the calls of the profile are authorized: the kind, never the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credentials {
    Token,
    AccessKey,
}

/// What makes two orders look like one that was given twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    pub server_flavor: String,
    pub phone_flavor: String,
    pub image_id: String,
    pub count: i64,
}

impl Entry {
    /// The intent that it is about, if it is about one.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Intent(intent) => Some(intent.id),
            Self::Sending { id, .. }
            | Self::Outcome { id, .. }
            | Self::Interrupted { id, .. }
            | Self::Swept { id, .. }
            | Self::Found { id, .. }
            | Self::NotFound { id, .. }
            | Self::Alarm { id, .. } => Some(*id),
            Self::SetAside { .. } | Self::RecordsLost { .. } | Self::Repaired { .. } => None,
        }
    }

    /// The time that it gives itself.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Intent(intent) => intent.at,
            Self::Sending { at, .. }
            | Self::Outcome { at, .. }
            | Self::Interrupted { at, .. }
            | Self::Swept { at, .. }
            | Self::Found { at, .. }
            | Self::NotFound { at, .. }
            | Self::Alarm { at, .. }
            | Self::SetAside { at, .. }
            | Self::RecordsLost { at, .. }
            | Self::Repaired { at } => *at,
        }
    }

    /// What it is called in the words of the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Intent(_) => "INTENT",
            Self::Sending { .. } => "SENDING",
            Self::Outcome { outcome, .. } => match outcome {
                Outcome::Accepted(_) => "ACCEPTED",
                Outcome::Refused(_) => "REFUSED",
                Outcome::NotSent(_) => "NOT_SENT",
                Outcome::Unknown(_) => "UNKNOWN",
            },
            Self::Interrupted { .. } => "INTERRUPTED",
            Self::Swept { .. } => "SWEPT",
            Self::Found { .. } => "FOUND",
            Self::NotFound { .. } => "NOT_FOUND",
            Self::Alarm { .. } => "ALARM",
            Self::SetAside { .. } => "SET_ASIDE",
            Self::RecordsLost { .. } => "RECORDS_LOST",
            Self::Repaired { .. } => "REPAIRED",
        }
    }
}

impl Intent {
    /// Whether the hash is the one of the body.
    pub(super) fn is_whole(&self) -> bool {
        let mut hash = String::with_capacity(64);
        for byte in Sha256::digest(self.body.as_bytes()) {
            // Writing to a text does not fail.
            let _ = write!(hash, "{byte:02x}");
        }
        hash == self.body_hash
    }

    /// Whether the endpoint is a host and nothing that could carry a secret.
    pub(super) fn names_a_host(&self) -> bool {
        !self.endpoint.is_empty() && !self.endpoint.contains(|c: char| "/@?#".contains(c) || c.is_whitespace())
    }
}
