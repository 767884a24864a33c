//! The state machine of confirmed orders, without I/O and without a clock: what each record of the
//! journal says, what may follow what, and what a reading of the project proves. Every step that
//! is not allowed is an error with a sentence.

mod alike;
mod archivable;
mod clock;
mod duplicates;
mod entry;
mod evidence;
mod forms;
mod history;
mod impossible;
mod order_id;
mod standing;
mod state;

#[cfg(test)]
pub(in crate::purchase) mod tests;

pub use archivable::LEAST_AGE;
pub use clock::{ClockReading, MOST_CLOCK_DIFFERENCE};
pub use duplicates::{ABSENT_WINDOW, Acknowledged, DUPLICATE_WINDOW, LikelyDuplicate, NewOrder, Resemblance};
pub use entry::{Archived, Credentials, Doubt, Entry, Intent, Preflight, Sending, Shape};
pub use evidence::{CHECKS_OF_A_REJECTION, Evidence, LEAST_APART, LEAST_READINGS, Source, reading_offset};
pub use history::{Intents, Loss, Purchase};
pub use impossible::Impossible;
pub use order_id::is_order_id;
pub use standing::{LEAST_BEFORE_NOT_PLACED, Standing};
pub use state::{FoundBy, State};
