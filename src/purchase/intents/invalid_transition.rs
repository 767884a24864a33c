//! The reasons why a record cannot follow, as sentences.

use uuid::Uuid;

use crate::i18n::tr;

/// The reason why a record does not fit the history. The record changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTransition {
    #[error("{}", tr!("there is no intent {id}", id))]
    NoSuchIntent { id: Uuid },
    #[error("{}", tr!("there is an intent {id} already", id))]
    Repeated { id: Uuid },
    #[error("{}", tr!("the intent {id} does not carry the body that its SHA-256 names", id))]
    BodyAndHashDiffer { id: Uuid },
    #[error("{}", tr!("the endpoint of the intent {id} is not just a host", id))]
    NotAHost { id: Uuid },
    #[error("{}", tr!("the intent {other} is not concluded: nothing else is begun", other))]
    AnotherUnderWay { other: Uuid },
    #[error("{}", tr!("the intent {id} is {state}: {entry} cannot follow", id, state, entry))]
    CannotFollow { id: Uuid, state: &'static str, entry: &'static str },
    #[error("{}", tr!("the intent {id} would be sent with other bytes than those that were confirmed", id))]
    OtherBytes { id: Uuid },
    #[error("{}", tr!("an order id for the intent {id} is not 1 to 64 printable characters", id))]
    NoOrderId { id: Uuid },
    #[error("{}", tr!("the intent {id} has the order {known}: another one, {other}, is a conflict", id, known, other))]
    AnotherOrder { id: Uuid, known: String, other: String },
    #[error("{}", tr!("a conflict of the intent {id} names all of its orders that are known, and two at least", id))]
    NoConflict { id: Uuid },
    #[error("{}", tr!("the order {known} is known for this confirmation: name it too", known))]
    OrderNotNamed { id: Uuid, known: String },
    #[error("{}", tr!("the order was sent less than 15 minutes ago and may not be listed yet: try again later"))]
    TooEarlyForNotPlaced { id: Uuid },
    #[error("{}", tr!("a reading showed an order for the intent {id}: it cannot be \"not found\"", id))]
    WasSeen { id: Uuid },
    #[error("{}", tr!(
        "{readings} complete readings and {quiet_seconds} s of quiet do not prove that there is no order for the \
         intent {id}: that takes 5 readings and {horizon_seconds} s", readings, quiet_seconds, id, horizon_seconds
    ))]
    NotEnoughEvidence { id: Uuid, readings: u32, quiet_seconds: u64, horizon_seconds: u64 },
    #[error("{}", tr!("records may be missing from the end of the journal: {entry} cannot follow until you accept that", entry))]
    RecordsMissing { entry: &'static str },
    #[error("{}", tr!("no records are missing from the journal: there is nothing to accept"))]
    NothingMissing,
    #[error("{}", tr!("the evidence for the intent {id} is not the one that the journal holds", id))]
    OtherEvidence { id: Uuid },
    #[error("{}", tr!("a record about the archive can only be the first of a journal"))]
    ArchivedNotFirst,
}
