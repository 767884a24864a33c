//! What one record of the journal says. These are the shapes on the disk: a change that an older
//! version of the program would not understand needs a new format number.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::clock_reading::ClockReading;
use super::list_source::ListSource;
use super::order_state::StateName;
use super::outcome_format::StoredOutcome;
use crate::purchase::Outcome;

/// One record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JournalEntry {
    /// A person confirmed an order. Nothing has left this machine.
    Intent(Box<Intent>),
    /// The next thing that happens is the first byte of the request.
    Sending(Sending),
    /// The call has ended, and this is the verdict.
    Outcome {
        id: Uuid,
        at: Timestamp,
        #[serde(with = "StoredOutcome")]
        outcome: Outcome,
    },
    /// An earlier run of the program ended between this intent and its outcome. The journal
    /// writes it when it is opened.
    Interrupted { id: Uuid, at: Timestamp },
    /// A list was read in search of the order.
    #[serde(alias = "swept")]
    Reading {
        id: Uuid,
        at: Timestamp,
        /// Seconds that this machine's clock was ahead of the servers', as this reading measured it.
        #[serde(default)]
        clock_ahead: Option<i64>,
        #[serde(default)]
        source: ListSource,
        /// Whether the whole list came, without a row that could be of this order. Others prove nothing when they show
        /// nothing.
        complete: bool,
        /// The orders that are surely this one.
        order_ids: BTreeSet<String>,
        /// Orders that may be this one; it cannot be told from the list.
        #[serde(default)]
        candidates: BTreeSet<String>,
        /// Why the reading is not complete, or why a candidate is not surely this order.
        #[serde(default, alias = "doubts")]
        flaws: BTreeSet<ReadingFlaw>,
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
    NotFound {
        id: Uuid,
        at: Timestamp,
        #[serde(default)]
        clock_ahead: Option<i64>,
        /// `None`: the first version concluded it from the server list, which proves nothing. The order is UNKNOWN.
        #[serde(default)]
        source: Option<ListSource>,
        #[serde(alias = "sweeps")]
        readings: u32,
        quiet_seconds: u64,
    },
    /// More than one order for this one intent, or one for an intent that was rejected: all that are known.
    #[serde(alias = "alarm")]
    Conflict { id: Uuid, at: Timestamp, order_ids: BTreeSet<String> },
    /// A person looked at the console and says what became of the order.
    Resolved {
        id: Uuid,
        at: Timestamp,
        #[serde(default)]
        clock_ahead: Option<i64>,
        /// The orders that were placed for it; none: it was not placed.
        order_ids: BTreeSet<String>,
    },
    /// The last record could not be read and was moved to this file beside the journal. The
    /// journal writes it when it is opened.
    #[serde(alias = "set_aside")]
    Quarantined { at: Timestamp, file: String, bytes: u64 },
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
    /// Settled orders were moved to the archive, and the journal was written anew without them. It is the first record
    /// then, and goes on with the numbers and the checksums of the journal before.
    Archived(Box<Archived>),
}

/// The record that is written before the first byte of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SendingForm")]
pub struct Sending {
    pub id: Uuid,
    pub at: Timestamp,
    /// SHA-256 of the bytes that are about to go out.
    pub body_hash: String,
    /// Seconds that this machine's clock was ahead of the servers', as measured last.
    pub clock_ahead: Option<i64>,
}

/// [`Sending`] as it is read. Formats 1 and 2 numbered the attempts, of which there was only one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SendingForm {
    id: Uuid,
    at: Timestamp,
    #[serde(default)]
    #[expect(dead_code, reason = "it is only accepted")]
    attempt: Option<u8>,
    body_hash: String,
    #[serde(default)]
    clock_ahead: Option<i64>,
}

impl From<SendingForm> for Sending {
    fn from(form: SendingForm) -> Self {
        let SendingForm { id, at, body_hash, clock_ahead, .. } = form;
        Self { id, at, body_hash, clock_ahead }
    }
}

/// What was moved to the archive, in all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archived {
    pub at: Timestamp,
    /// How many orders the archive has.
    pub orders: u64,
    /// How many bytes they take there.
    pub length: u64,
    /// The checksum of the last of them.
    pub check: String,
    /// The number of the last record of the journal before.
    pub base_seq: u64,
    /// The checksum of that record.
    pub base_check: String,
    /// How many records of the journal before come behind this one.
    #[serde(alias = "kept")]
    pub remaining_records: u64,
    /// The files of lost records that were known.
    #[serde(alias = "files_set_aside")]
    pub quarantined_files: BTreeSet<String>,
}

/// Why a reading cannot prove that an order is absent, or that a listed order is the one looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingFlaw {
    /// A row of the list could not be read, or has no id or no name.
    UnreadableRows,
    /// The answer was not a plain 200.
    OtherStatus,
    /// The answer came from a cache and is more than a minute old.
    Cached,
    /// The list of servers was null.
    NoList,
    /// A server has nearly the name: other letter case, or `_` for `-`.
    NearName,
    /// A server of the name names no order.
    NoOrderId,
    /// An order id is not 1 to 64 printable characters.
    BadOrderId,
    /// A server of the name is older than the order by its creation time.
    OlderThanOrder,
    /// A server of the name has other flavors than the order.
    OtherFlavors,
    /// An order id has more servers of the name than were ordered.
    TooManyServers,
    /// A server of the name was there before the order was placed.
    NameExisted,
    /// What was there before the order was placed is not known.
    NoPreflight,
    /// Another order of this journal would fit, and may exist: it is not known which of them the servers are.
    OtherOrder,
}

/// What the check before the order saw under its server name. Neither counts as this order later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preflight {
    /// The ids of the servers.
    pub server_ids: BTreeSet<String>,
    /// The orders that they came from.
    pub order_ids: BTreeSet<String>,
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
    pub credentials: IntentCredentials,
    pub server_name: String,
    #[serde(alias = "shape")]
    pub ordered: OrderedServers,
    /// Whether the order is paid for at once.
    pub pays_now: bool,
    /// `None` if the server list was not read completely before the order was confirmed.
    #[serde(default)]
    pub preflight: Option<Preflight>,
    /// Seconds that this machine's clock was ahead of the servers', as the check before the order measured it.
    #[serde(default)]
    pub clock_ahead: Option<i64>,
    /// SHA-256 of the body, 64 lower-case hexadecimal digits.
    pub body_hash: String,
    /// The exact bytes, which are UTF-8.
    pub body: String,
}

/// With what the calls of the profile are authorized: the kind, never the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentCredentials {
    Token,
    AccessKey,
}

/// Which servers were ordered, as far as two orders are compared by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderedServers {
    pub server_flavor: String,
    pub phone_flavor: String,
    pub image_id: String,
    pub count: i64,
}

impl JournalEntry {
    /// The intent that it is about, if it is about one.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Intent(intent) => Some(intent.id),
            Self::Sending(Sending { id, .. })
            | Self::Outcome { id, .. }
            | Self::Interrupted { id, .. }
            | Self::Reading { id, .. }
            | Self::Found { id, .. }
            | Self::NotFound { id, .. }
            | Self::Conflict { id, .. }
            | Self::Resolved { id, .. } => Some(*id),
            Self::Quarantined { .. } | Self::RecordsLost { .. } | Self::Repaired { .. } | Self::Archived(_) => None,
        }
    }

    /// When it was written, by both clocks as far as it says so.
    pub fn written(&self) -> ClockReading {
        let ahead = match self {
            Self::Intent(intent) => intent.clock_ahead,
            Self::Sending(Sending { clock_ahead, .. })
            | Self::Reading { clock_ahead, .. }
            | Self::NotFound { clock_ahead, .. }
            | Self::Resolved { clock_ahead, .. } => *clock_ahead,
            Self::Outcome { .. }
            | Self::Interrupted { .. }
            | Self::Found { .. }
            | Self::Conflict { .. }
            | Self::Quarantined { .. }
            | Self::RecordsLost { .. }
            | Self::Repaired { .. }
            | Self::Archived(_) => None,
        };
        ClockReading { at: self.at(), ahead }
    }

    /// The time that it gives itself.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Intent(intent) => intent.at,
            Self::Sending(Sending { at, .. })
            | Self::Outcome { at, .. }
            | Self::Interrupted { at, .. }
            | Self::Reading { at, .. }
            | Self::Found { at, .. }
            | Self::NotFound { at, .. }
            | Self::Conflict { at, .. }
            | Self::Resolved { at, .. }
            | Self::Quarantined { at, .. }
            | Self::RecordsLost { at, .. }
            | Self::Repaired { at } => *at,
            Self::Archived(archived) => archived.at,
        }
    }

    /// What it is called in the words of the journal.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Intent(_) => StateName::Intent.as_str(),
            Self::Sending(_) => StateName::Sending.as_str(),
            Self::Outcome { outcome, .. } => StateName::after(outcome).as_str(),
            Self::Interrupted { .. } => "INTERRUPTED",
            Self::Reading { .. } => "READING",
            Self::NotFound { .. } => StateName::NotFound.as_str(),
            Self::Conflict { .. } => StateName::Conflict.as_str(),
            Self::Resolved { order_ids, .. } if order_ids.is_empty() => StateName::NotPlaced.as_str(),
            Self::Found { .. } | Self::Resolved { .. } => StateName::Found.as_str(),
            Self::Quarantined { .. } => "QUARANTINED",
            Self::RecordsLost { .. } => "RECORDS_LOST",
            Self::Repaired { .. } => "REPAIRED",
            Self::Archived(_) => "ARCHIVED",
        }
    }
}

impl Intent {
    /// Returns when it was confirmed, by both clocks.
    #[must_use]
    pub fn confirmed(&self) -> ClockReading {
        ClockReading { at: self.at, ahead: self.clock_ahead }
    }

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
