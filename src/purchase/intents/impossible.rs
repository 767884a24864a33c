//! What cannot follow what, as sentences.

use jiff::Timestamp;
use uuid::Uuid;

/// Why a record does not fit the history. Nothing is changed by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Impossible {
    #[error("there is no intent {id}")]
    NoSuchIntent { id: Uuid },
    #[error("there is an intent {id} already")]
    Repeated { id: Uuid },
    #[error("the intent {id} does not carry the body that its SHA-256 names")]
    BodyAndHashDiffer { id: Uuid },
    #[error("the endpoint of the intent {id} is not just a host")]
    NotAHost { id: Uuid },
    #[error("the intent {other} is not concluded: nothing else is begun")]
    AnotherUnderWay { other: Uuid },
    #[error("a newer order was confirmed after the intent {id}: it is not sent any more")]
    Superseded { id: Uuid },
    #[error("the intent {id} is {state}: {entry} cannot follow")]
    CannotFollow { id: Uuid, state: &'static str, entry: &'static str },
    #[error("the intent {id} would be sent with other bytes than those that were confirmed")]
    OtherBytes { id: Uuid },
    #[error("the intent {id} was tried {attempts} times: it is not sent by itself any more")]
    TooManyAttempts { id: Uuid, attempts: u8 },
    #[error("the next attempt for the intent {id} is number {expected}, not {attempt}")]
    AttemptOutOfOrder { id: Uuid, expected: u8, attempt: u8 },
    #[error("the intent {id} was confirmed at {confirmed}: {at} is not within the 30 s in which it is sent again")]
    TooLate { id: Uuid, confirmed: Timestamp, at: Timestamp },
    #[error("an order id for the intent {id} is empty")]
    EmptyOrderId { id: Uuid },
    #[error("the intent {id} has the order {known}: another one, {other}, is an alarm and no answer")]
    AnotherOrder { id: Uuid, known: String, other: String },
    #[error("an alarm for the intent {id} names all of its orders that are known, and two at least")]
    NoAlarm { id: Uuid },
    #[error("a reading showed an order for the intent {id}: it cannot be \"not found\"")]
    WasSeen { id: Uuid },
    #[error(
        "{sweeps} complete readings and {quiet_seconds} s of quiet do not prove that there is no order for the \
         intent {id}: that takes 5 readings and {horizon_seconds} s"
    )]
    NotEnoughEvidence { id: Uuid, sweeps: u32, quiet_seconds: u64, horizon_seconds: u64 },
    #[error("the evidence for the intent {id} is not the one that the journal holds")]
    OtherEvidence { id: Uuid },
}
