//! Errors of the journal, notices from opening it, and the reasons why it may not be written to: each as a sentence
//! that says what to do.

use std::io;

use uuid::Uuid;

use super::archive::ArchiveFault;
use super::file_identity::JournalMoved;
use super::permissions::UnusablePath;
use super::record_fault::RecordFault;
use crate::i18n::tr;
use crate::purchase::intents::{InvalidTransition, Loss};
use crate::text::shared_error::SharedError;

/// The reason why the journal could not be opened, or why a record is not in it.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    #[error(transparent)]
    UnusablePath(#[from] UnusablePath),
    #[error("{}", tr!("the journal cannot be read: {why}", why = .0))]
    Read(io::Error),
    /// Nothing was written; the journal can still be used.
    #[error("{}", tr!("the journal does not take the record: {why}", why = .0))]
    InvalidTransition(#[from] InvalidTransition),
    /// Nothing was written; the journal can still be used.
    #[error("{}", tr!("the journal cannot hold the record: {why}", why = .0))]
    Encode(serde_json::Error),
    /// Nothing was written; the journal can still be used.
    #[error("{}", tr!("there is no room for what becomes of the order ({why}): make room on the disk, then buy", why = .0))]
    Reserve(io::Error),
    /// The record may have been written in part. Nothing more is written to the journal.
    #[error("{}", tr!("the record could not be written to the journal: {why}", why = .0))]
    Write(io::Error),
    /// The record may or may not be on the disk. Nothing more is written to the journal.
    #[error("{}", tr!("the record could not be brought to the disk: {why}", why = .0))]
    Sync(io::Error),
    /// The record is on the disk. Nothing more is written to the journal.
    #[error("{}", tr!("journal.last could not be updated: {why}", why = .0))]
    Last(io::Error),
    /// Nothing was written, and the order must not be sent; the journal can still be used.
    #[error("{}", tr!(
        "{what}: nothing was written to the journal and no order was sent; check the state directory, then order again",
        what = .0
    ))]
    JournalMoved(#[from] JournalMoved),
    /// The record was written, but perhaps to a file that the next run does not find. The journal can still be used.
    #[error("{}", tr!("the record was written, but {what}: the next run may not find it", what = .0))]
    Astray(JournalMoved),
    /// Nothing was written: orders can be reconciled in this journal, but none can be placed.
    #[error(transparent)]
    NoBuying(Obstacle),
    /// Nothing was repaired.
    #[error("{}", tr!("the journal cannot be repaired: {why}", why = .0))]
    NotRepaired(Obstacle),
    #[error("{}", tr!("the journal is not written to any more, because an earlier record failed ({why}): start the program again", why = .0))]
    Broken(String),
}

/// The reason why the journal can be read but nothing can be bought.
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
        /// The byte offset of the first record that cannot be trusted.
        offset: u64,
        /// The number of that record, from 1.
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

/// A notice from opening the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JournalNotice {
    /// There was no journal before.
    Created,
    /// The last record was torn or damaged, and was moved to this file.
    SetAside { file: String, bytes: u64 },
    /// The last record cannot be read and was left in place: another instance may be writing it.
    Unfinished { offset: u64, bytes: u64 },
    /// Settled orders could not be moved to the archive. The journal is unchanged, or complete without them.
    NotArchived { why: SharedError<JournalError> },
    /// An earlier run ended in the middle of this purchase.
    Interrupted {
        id: Uuid,
        /// Set if the order was being sent: it is UNKNOWN then, otherwise it was not sent.
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
