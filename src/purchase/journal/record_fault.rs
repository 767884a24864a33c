//! Faults of a record of the journal, or of an order of the archive.

use crate::i18n::tr;
use crate::purchase::intents::InvalidTransition;

/// A fault of a record. Displayed as part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// The record is incomplete or was changed: its checksum does not match.
    #[error("{}", tr!("it is not what was written"))]
    Check,
    /// The record was written in a newer format, by a newer version of the program.
    #[error("{}", tr!("there is no format {format}", format = .0))]
    Newer(u64),
    /// The content of the record is not known here. Holds the error of the JSON parser.
    #[error("{0}")]
    Json(String),
    #[error("{}", tr!("there is no format {format}", format = .0))]
    NoFormat(u64),
    #[error("{}", tr!("it has the number {number}", number = .0))]
    WrongNumber(u64),
    #[error("{}", tr!("the end of its line is missing"))]
    NoLineEnd,
    /// The record cannot follow those before it.
    #[error(transparent)]
    Impossible(#[from] InvalidTransition),
    #[error("{}", tr!("it is not the order that it says"))]
    OtherOrder,
}
