//! What can go wrong with the journal, what is worth telling when it was opened, and why it may
//! not be written to: each as a sentence that says what to do.

use std::io;

use uuid::Uuid;

use super::archive::ArchiveFault;
use super::file_identity::JournalMoved;
use super::permissions::UnusablePath;
use super::record_fault::RecordFault;
use crate::i18n::tr;
use crate::purchase::intents::{InvalidTransition, Loss};
use crate::text::shared_error::SharedError;

/// Why the journal could not be opened, or why a record is not in it.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error(transparent)]
    UnusablePath(#[from] UnusablePath),
    #[error("{}", tr!("the journal cannot be read: {why}", why = .0))]
    Read(io::Error),
    /// Nothing was written; the journal can go on.
    #[error("{}", tr!("the journal does not take the record: {why}", why = .0))]
    InvalidTransition(#[from] InvalidTransition),
    /// Nothing was written; the journal can go on.
    #[error("{}", tr!("the journal cannot hold the record: {why}", why = .0))]
    Encode(serde_json::Error),
    /// Nothing was written; the journal can go on.
    #[error("{}", tr!("there is no room for what becomes of the order ({why}): make room on the disk, then buy", why = .0))]
    Reserve(io::Error),
    /// The record may be there in part. The journal is not written to any more.
    #[error("{}", tr!("the record could not be written to the journal: {why}", why = .0))]
    Write(io::Error),
    /// The record may be there or not. The journal is not written to any more.
    #[error("{}", tr!("the record could not be brought to the disk: {why}", why = .0))]
    Sync(io::Error),
    /// The record is there. The journal is not written to any more.
    #[error("{}", tr!("journal.last could not be updated: {why}", why = .0))]
    Last(io::Error),
    /// Nothing was written, and the order must not be sent; the journal can go on.
    #[error("{}", tr!(
        "{what}: nothing was written to the journal and no order was sent; check the state directory, then order again",
        what = .0
    ))]
    JournalMoved(#[from] JournalMoved),
    /// The record was written, perhaps to a file that nobody finds. The journal can go on.
    #[error("{}", tr!("the record was written, but {what}: the next run may not find it", what = .0))]
    Astray(JournalMoved),
    /// Nothing was written: orders can be reconciled in this journal, and none can be placed.
    #[error(transparent)]
    NoBuying(Obstacle),
    /// Nothing was repaired.
    #[error("{}", tr!("the journal cannot be repaired: {why}", why = .0))]
    NotRepaired(Obstacle),
    #[error("{}", tr!("the journal is not written to any more, because an earlier record failed ({why}): start the program again", why = .0))]
    Broken(String),
}

/// Why the journal can be read and nothing can be bought.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Obstacle {
    #[error("{}", tr!("another cph-wizard process is writing to the journal: try again in a moment"))]
    AnotherInstance,
    #[error("{}", tr!("the journal cannot be locked ({reason}): orders can be listed, nothing can be bought", reason))]
    NoLock { reason: String },
    #[error("{}", tr!("the journal cannot be written to ({reason}): orders can be looked at, nothing can be bought", reason))]
    NotWritable { reason: String },
    #[error("{}", tr!(
        "the journal is damaged at byte {offset}, in record {record} ({what}): the records before it are shown, \
         and nothing can be bought until journal.jsonl is restored or moved away", offset, record, what
    ))]
    Damaged {
        /// Where the first record begins that cannot be trusted.
        offset: u64,
        /// Its number, from 1.
        record: u64,
        what: RecordFault,
    },
    #[error("{}", tr!("a newer version of the program wrote the journal (format {format} at byte {offset}): use that version to buy", format, offset))]
    Newer { offset: u64, format: u64 },
    #[error("{}", lost(*.0))]
    RecordsLost(Loss),
    #[error("{}", tr!(
        "the archive is damaged ({what}): orders can be listed, and nothing can be bought until archive.jsonl is restored",
        what
    ))]
    ArchiveDamaged { what: ArchiveFault },
}

fn lost(Loss { expected, found }: Loss) -> String {
    match expected {
        Some(expected) => tr!(
            "records may be missing from the end of the journal: it has {found}, and journal.last (record {expected}) \
             does not match; nothing can be bought until you run `cph-wizard orders repair --accept`",
            found,
            expected
        ),
        None => tr!(
            "records may be missing from the end of the journal: it has {found}, and journal.last is missing or \
             unreadable; nothing can be bought until you run `cph-wizard orders repair --accept`",
            found
        ),
    }
}

/// What came to light when the journal was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalNotice {
    /// There was none before.
    Created,
    /// The last record was torn or damaged and is in this file now.
    SetAside { file: String, bytes: u64 },
    /// The last record cannot be read, and was left where it is: another instance may be writing
    /// it.
    Unfinished { offset: u64, bytes: u64 },
    /// Settled orders could not be moved to the archive. The journal is as it was, or is whole without them.
    NotArchived { why: SharedError<JournalError> },
    /// An earlier run ended in the middle of this purchase.
    Interrupted {
        id: Uuid,
        /// Whether it was on its way: then it is UNKNOWN now, else it was not sent.
        was_sending: bool,
    },
}

impl std::fmt::Display for JournalNotice {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Created => out.write_str(&tr!("a new journal of purchases was begun")),
            Self::SetAside { file, bytes } => out.write_str(&tr!(
                "the last record of the journal was torn: its {bytes} bytes were moved to {file}",
                bytes,
                file
            )),
            Self::Unfinished { offset, bytes } => out.write_str(&tr!(
                "the last {bytes} bytes of the journal, from byte {offset}, are not a whole record",
                bytes,
                offset
            )),
            Self::NotArchived { why } => {
                out.write_str(&tr!("old orders could not be moved to the archive: {why}", why))
            }
            Self::Interrupted { id, was_sending: true } => out.write_str(&tr!(
                "the program ended while the order of intent {id} was on its way: it may have been placed",
                id
            )),
            Self::Interrupted { id, was_sending: false } => out
                .write_str(&tr!("the program ended before the order of intent {id} was sent: nothing was bought", id)),
        }
    }
}
