//! The content of one record of the journal. These types define the format on the disk: a change that an older version
//! of the program would not understand needs a new format number.

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

/// One record of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum JournalEntry {
    /// The user confirmed an order. Nothing has left this machine.
    Intent(Box<Intent>),
    /// The next step is to send the first byte of the request.
    Sending(Sending),
    /// The call has ended with this outcome.
    Outcome {
        id: Uuid,
        at: Timestamp,
        #[serde(with = "StoredOutcome")]
        outcome: Outcome,
    },
    /// The program ended, or gave up the call, between this intent and its outcome. Written when the session ends or
    /// when the journal is opened the next time.
    Interrupted { id: Uuid, at: Timestamp },
    /// A list was read to search for the order.
    #[serde(alias = "swept")]
    Reading {
        id: Uuid,
        at: Timestamp,
        /// Seconds that this machine's clock was ahead of the servers' clock, as measured by this reading.
        #[serde(default)]
        clock_ahead: Option<i64>,
        #[serde(default)]
        source: ListSource,
        /// Set if the whole list was read and has no row that matches uncertainly. Any other reading that shows nothing
        /// proves nothing.
        complete: bool,
        /// The orders that are certainly this one.
        order_ids: BTreeSet<String>,
        /// The orders that may be this one; the list does not decide it.
        #[serde(default)]
        candidates: BTreeSet<String>,
        /// The reasons why the reading is not complete, or why a candidate is not certain.
        #[serde(default, alias = "doubts")]
        flaws: BTreeSet<ReadingFlaw>,
    },
    /// A reading shows the order.
    Found {
        id: Uuid,
        at: Timestamp,
        order_id: String,
        /// The ids of the servers that show it; empty if this reading has none of them.
        servers: Vec<String>,
    },
    /// Readings did not show the order, often enough and for long enough. The figures are those of
    /// [`Evidence`](super::Evidence).
    NotFound {
        id: Uuid,
        at: Timestamp,
        #[serde(default)]
        clock_ahead: Option<i64>,
        /// `None` if the first version concluded it from the server list, which proves nothing. The order is UNKNOWN
        /// then.
        #[serde(default)]
        source: Option<ListSource>,
        #[serde(alias = "sweeps")]
        readings: u32,
        quiet_seconds: u64,
    },
    /// More than one order exists for this one intent, or one for an intent that was rejected: all that are known.
    #[serde(alias = "alarm")]
    Conflict { id: Uuid, at: Timestamp, order_ids: BTreeSet<String> },
    /// The user looked at the console and stated what happened to the order.
    Resolved {
        id: Uuid,
        at: Timestamp,
        #[serde(default)]
        clock_ahead: Option<i64>,
        /// The orders that were placed for it; empty if it was not placed.
        order_ids: BTreeSet<String>,
    },
    /// The last record could not be read and was moved to this file beside the journal. Written when the journal is
    /// opened.
    #[serde(alias = "set_aside")]
    Quarantined { at: Timestamp, file: String, bytes: u64 },
    /// `journal.last` does not match the journal, so records may be missing from its end. Written when the journal is
    /// opened.
    RecordsLost {
        at: Timestamp,
        /// The number of the record that `journal.last` names; `None` if that file is missing or unreadable.
        expected: Option<u64>,
        /// The number of records in the journal.
        found: u64,
    },
    /// The user accepted that records may be missing, and `journal.last` was rewritten.
    Repaired { at: Timestamp },
    /// Settled orders were moved to the archive, and the journal was rewritten without them. This is then its first
    /// record, and continues the numbers and the checksums of the old journal.
    Archived(Box<Archived>),
}

/// The record that is written before the first byte of a request is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "SendingForm")]
pub struct Sending {
    pub id: Uuid,
    pub at: Timestamp,
    /// SHA-256 of the bytes that are about to be sent.
    pub body_hash: String,
    /// Seconds that this machine's clock was ahead of the servers' clock, as measured last.
    pub clock_ahead: Option<i64>,
}

/// [`Sending`] in its stored form. Formats 1 and 2 numbered the attempts, of which there was only one.
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

/// The totals of all orders that were moved to the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archived {
    pub at: Timestamp,
    /// The number of orders in the archive.
    pub orders: u64,
    /// The length of the archive in bytes.
    pub length: u64,
    /// The checksum of the last order in the archive.
    pub check: String,
    /// The number of the last record of the old journal.
    pub base_seq: u64,
    /// The checksum of that record.
    pub base_check: String,
    /// The number of records of the old journal that follow this one.
    #[serde(alias = "kept")]
    pub remaining_records: u64,
    /// The files of lost records that were known to the old journal.
    #[serde(alias = "files_set_aside")]
    pub quarantined_files: BTreeSet<String>,
}

/// A reason why a reading cannot prove that an order is absent, or that a listed order is the one searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadingFlaw {
    /// A row of the list could not be read, or has no id or no name.
    UnreadableRows,
    /// The response was not a plain 200.
    OtherStatus,
    /// The response came from a cache and is more than a minute old.
    Cached,
    /// The list of servers was null.
    NoList,
    /// A server has nearly the same name: it differs in letter case, or has `_` for `-`.
    NearName,
    /// A server of the name has no order id.
    NoOrderId,
    /// An order id is not 1 to 64 printable characters.
    BadOrderId,
    /// A server of the name is older than the order by its creation time.
    OlderThanOrder,
    /// A server of the name has other flavors than the order.
    OtherFlavors,
    /// An order has more servers of the name than were ordered.
    TooManyServers,
    /// A server of the name existed before the order was placed.
    NameExisted,
    /// It is not known which servers existed before the order was placed.
    NoPreflight,
    /// Another order of this journal would fit, and may exist: it is not known to which of them the servers belong.
    OtherOrder,
}

/// The servers and orders that the check before the order found under its server name. None of them counts as this
/// order later.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preflight {
    /// The ids of the servers.
    pub server_ids: BTreeSet<String>,
    /// The ids of the orders that created them.
    pub order_ids: BTreeSet<String>,
}

/// A confirmed order. Contains no secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    pub id: Uuid,
    /// The time of the confirmation.
    pub at: Timestamp,
    pub profile: String,
    /// The host of the endpoint, with its port if that is not the default. Never a URL with a path, a query or a user
    /// in it.
    pub endpoint: String,
    pub project: String,
    pub region: String,
    pub credentials: IntentCredentials,
    pub server_name: String,
    #[serde(alias = "shape")]
    pub ordered: OrderedServers,
    /// Set if the order is paid for at once.
    pub pays_now: bool,
    /// `None` if the server list was not read completely before the order was confirmed.
    #[serde(default)]
    pub preflight: Option<Preflight>,
    /// Seconds that this machine's clock was ahead of the servers' clock, as measured by the check before the order.
    #[serde(default)]
    pub clock_ahead: Option<i64>,
    /// SHA-256 of the body, 64 lower-case hexadecimal digits.
    pub body_hash: String,
    /// The exact bytes of the request body, which are UTF-8.
    pub body: String,
}

/// The kind of credentials that authorize the calls of the profile, never the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntentCredentials {
    Token,
    AccessKey,
}

/// The properties of the ordered servers by which two orders are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderedServers {
    pub server_flavor: String,
    pub phone_flavor: String,
    pub image_id: String,
    pub count: i64,
}

impl JournalEntry {
    /// Returns the id of the intent that the record is about; `None` if it is about the whole journal.
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

    /// Returns the time of the record by both clocks, or only by this machine's if the record has no measured
    /// difference.
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

    /// Returns the time of the record, by this machine's clock.
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

    /// Returns the name of the record, such as `INTENT` or `FOUND`.
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
    /// Returns when the order was confirmed, by both clocks.
    #[must_use]
    pub fn confirmed(&self) -> ClockReading {
        ClockReading { at: self.at, ahead: self.clock_ahead }
    }

    /// Returns whether the hash is that of the body.
    pub(super) fn is_whole(&self) -> bool {
        let mut hash = String::with_capacity(64);
        for byte in Sha256::digest(self.body.as_bytes()) {
            // Writing to a text does not fail.
            let _ = write!(hash, "{byte:02x}");
        }
        hash == self.body_hash
    }

    /// Returns whether the endpoint is only a host, without anything that could contain a secret.
    pub(super) fn names_a_host(&self) -> bool {
        !self.endpoint.is_empty() && !self.endpoint.contains(|c: char| "/@?#".contains(c) || c.is_whitespace())
    }
}
