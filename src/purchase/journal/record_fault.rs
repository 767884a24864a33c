//! What is wrong with a record of the journal, or with an order of the archive.

use crate::i18n::tr;
use crate::purchase::intents::InvalidTransition;

/// What is wrong with a record. Displayed as a part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// It is not what was written, or not all of it.
    #[error("{}", tr!("it is not what was written"))]
    Check,
    /// It is what was written, by a program that knows more.
    #[error("{}", tr!("there is no format {format}", format = .0))]
    Newer(u64),
    /// It is what was written, and says nothing that is known here: what the reader of JSON reports.
    #[error("{0}")]
    Json(String),
    #[error("{}", tr!("there is no format {format}", format = .0))]
    NoFormat(u64),
    #[error("{}", tr!("it has the number {number}", number = .0))]
    WrongNumber(u64),
    #[error("{}", tr!("the end of its line is missing"))]
    NoLineEnd,
    /// It does not follow on what was recorded before.
    #[error(transparent)]
    Impossible(#[from] InvalidTransition),
    #[error("{}", tr!("it is not the order that it says"))]
    OtherOrder,
}
