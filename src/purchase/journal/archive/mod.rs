//! The archive of settled orders, beside the journal. `archive.jsonl` has one line for each order with the raw lines of
//! its records, chained by checksums like the journal. `archive.index` has one line for each order with what a list
//! shows and the position of the order in the archive.
//!
//! Orders are moved in steps, each on the disk before the next ([`archive()`]): archive, index, a new journal beside
//! the old one, its renaming. Until the renaming the old journal has everything; readers skip orders of the archive
//! that the journal has too. The first record of the new journal has the length of the archive and the checksum at its
//! end.
//!
//! Damage: an archive that is missing, shorter, or does not end as the journal recorded is noticed whenever the journal
//! is opened. Then nothing is written and nothing can be bought, as with a damaged journal. Other damage is noticed
//! when the order is read, and by `orders verify`, which checks every checksum. The index is a cache: one that does not
//! match the archive is not used, and is rebuilt by a process that holds the lock.

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
    /// The raw lines of its records, without their line ends.
    records: Vec<String>,
}

impl StoredOrder {
    /// Rebuilds the purchase by decoding its records and applying them in order.
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
