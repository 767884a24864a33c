//! The journal of purchases: an append-only file in which every record is on the disk before
//! anybody acts on it. Whoever does not hold its lock, or cannot trust it to the last byte, may
//! read it and cannot buy.

mod error;
mod folder;
mod line;
mod open;
mod place;
mod reader;
mod reserve;
mod storage;
mod writer;

#[cfg(test)]
mod tests;

pub use error::{Fact, JournalError, Why};
pub use open::{History, Opened, look};
pub use place::{Kind, Unfit};
pub use storage::Storage;
pub use writer::{Journal, RESERVE};

/// The version of the format that this program writes, and the newest that it reads.
pub const FORMAT: u64 = 2;

/// The oldest version that it reads.
pub const OLDEST_FORMAT: u64 = 1;
