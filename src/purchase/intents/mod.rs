//! The state machine of confirmed orders, without I/O and without a clock: what each record of the journal means, which
//! record may follow which, and what a reading of the project's servers proves. Every step that is not allowed is an
//! error with a sentence.

mod archivable;
mod clock_reading;
mod duplicates;
mod evidence;
mod history;
mod invalid_transition;
mod journal_entry;
mod list_source;
mod order_id;
mod order_state;
mod outcome_format;
mod search_schedule;
mod state_hash;
mod transition;

#[cfg(test)]
pub(in crate::purchase) mod tests;

pub use archivable::MIN_ARCHIVE_AGE;
pub use clock_reading::{ClockReading, MAX_CLOCK_DIFFERENCE};
pub use duplicates::{ABSENT_WINDOW, Acknowledged, DUPLICATE_WINDOW, LikelyDuplicate, NewOrder, Resemblance};
pub use evidence::{Evidence, MIN_READING_INTERVAL, MIN_READINGS, REJECTION_CHECKS};
pub use history::{Intents, LastReading, Loss, Purchase, ReadingResult};
pub use invalid_transition::InvalidTransition;
pub use journal_entry::{
    Archived, Intent, IntentCredentials, JournalEntry, OrderedServers, Preflight, ReadingFlaw, Sending,
};
pub use list_source::ListSource;
pub use order_id::is_order_id;
pub use order_state::{FoundBy, OrderState, StateName};
pub use search_schedule::search_offset;
pub use transition::{IntentState, MIN_AGE_FOR_NOT_PLACED};
