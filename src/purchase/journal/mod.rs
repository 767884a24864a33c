//! The journal of purchases: an append-only file in which every record is on the disk before anything acts on it. A
//! process that does not hold its lock, or cannot trust it to the last byte, may read it but cannot buy.

mod archive;
mod directory;
mod error;
mod file_identity;
mod history;
mod last_record;
mod load;
mod open;
mod parse;
mod permissions;
mod preallocate;
mod record_fault;
mod record_format;
mod storage;
mod writer;

#[cfg(test)]
mod tests;

pub use archive::{
    Archive, ArchiveFault, ArchivedOrder, MIN_ARCHIVED_ORDERS, NewestFirst, OrderSummary, SummaryReason, Verification,
    archive, verify,
};
pub use error::{JournalError, JournalNotice, Obstacle};
pub use file_identity::JournalMoved;
pub use history::History;
pub use open::{Opened, open_read_only, repair};
pub use permissions::{PathKind, UnusablePath};
pub use record_fault::RecordFault;
pub use storage::Storage;
pub use writer::{Journal, RESERVE, RepairResult};

/// The version of the format that this program writes, and the newest that it reads.
pub const FORMAT: u64 = 3;

/// The oldest version of the format that this program reads.
pub const OLDEST: u64 = 1;

/// The first version beside which `journal.last` is kept.
const FIRST_WITH_LAST: u64 = 2;
