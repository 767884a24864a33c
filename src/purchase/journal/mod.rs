//! The journal of purchases: an append-only file in which every record is on the disk before
//! anybody acts on it. Whoever does not hold its lock, or cannot trust it to the last byte, may
//! read it and cannot buy.

mod archive;
mod error;
mod folder;
mod found;
mod identity;
mod last;
mod line;
mod open;
mod place;
mod reader;
mod reserve;
mod storage;
mod writer;

#[cfg(test)]
mod tests;

pub use archive::{Archive, ArchivedOrder, LEAST_ARCHIVED, Newest, Reason, Row, Verified, archive, verify};
pub use error::{Fact, JournalError, Why};
pub use identity::Displaced;
pub use open::{History, Opened, Repaired, look, repair};
pub use place::{Kind, Unfit};
pub use storage::Storage;
pub use writer::{Journal, RESERVE};

/// The version of the format that this program writes, and the newest that it reads.
pub const FORMAT: u64 = 3;

/// The oldest version of the format that this program reads.
pub const OLDEST: u64 = 1;

/// The first version beside which `journal.last` is kept.
const FIRST_WITH_LAST: u64 = 2;
