//! Faults of the archive.

use std::io;

use crate::i18n::tr;
use crate::purchase::journal::record_fault::RecordFault;
use crate::text::shared_error::SharedError;

/// A fault of the archive. Displayed as part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    #[error(transparent)]
    Io(SharedError<io::Error>),
    /// The archive was not opened.
    #[error("")]
    NotOpen,
    #[error("{}", tr!("archive.jsonl is missing"))]
    Missing,
    /// The archive does not end as the journal recorded.
    #[error("{}", tr!("the last of its {number} orders is missing or was changed", number))]
    End { number: u64 },
    #[error("{}", tr!("order {number} at byte {offset}: {what}", number, offset, what))]
    Order { number: u64, offset: u64, what: RecordFault },
    #[error("{}", tr!("the order at byte {offset} of archive.jsonl is not what was written", offset))]
    Changed { offset: u64 },
    #[error(transparent)]
    Record(#[from] RecordFault),
}

impl From<io::Error> for ArchiveFault {
    fn from(error: io::Error) -> Self {
        Self::Io(SharedError::new(error))
    }
}
