//! The archive of settled orders, beside the journal: `archive.jsonl` has one line an order with the raw lines of its
//! records, chained by checksums like the journal; `archive.index` has one line an order with what a list shows and where
//! the order is in the archive.
//!
//! Orders are moved in steps, each on the disk before the next ([`archive()`]): archive, index, a new journal beside the old
//! one, its renaming. Until the renaming the old journal has everything; who reads skips orders of the archive that the
//! journal has too. The first record of the new journal says how long the archive is and with which checksum it ends.
//!
//! Damage: an archive that is missing, shorter, or ends otherwise than the journal says is noticed whenever the journal is
//! opened; then nothing is written and nothing can be bought, as with a damaged journal. Other damage is noticed by who
//! reads the order, and by `orders verify`, which checks every checksum. The index is a cache: one that does not belong to
//! the archive is not used, and is made anew by who holds the lock.

mod fault;
mod files;
mod index;
mod move_settled;
mod reader;
mod summary;
mod verify;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::record_fault::RecordFault;
use super::record_format;
use crate::purchase::intents::{Intents, JournalEntry, Purchase};

pub use fault::ArchiveFault;
pub(super) use files::{ARCHIVE, ArchiveFiles, INDEX};
pub use move_settled::{MIN_ARCHIVED_ORDERS, archive};
pub use reader::{Archive, ArchivedOrder, NewestFirst};
pub use summary::{OrderSummary, SummaryReason};
pub use verify::{Verification, verify};

/// An order in the archive.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredOrder {
    id: Uuid,
    /// The raw lines of its records, without their ends.
    records: Vec<String>,
}

impl StoredOrder {
    /// Reads its records, and applies them one after the other.
    fn purchase(&self) -> Result<Purchase, RecordFault> {
        let mut intents = Intents::default();
        for line in &self.records {
            let entry = record_format::entry_of(line)?;
            // Between two losses somebody accepted the first one; that record is about no order.
            if intents.loss().is_some() && matches!(entry, JournalEntry::RecordsLost { .. }) {
                intents.apply(&JournalEntry::Repaired { at: entry.at() })?;
            }
            intents.apply(&entry)?;
        }
        let purchase = intents.purchase(self.id).cloned();
        purchase.ok_or(RecordFault::OtherOrder)
    }
}
