//! The state machine of confirmed orders, without I/O and without a clock: what each record of the
//! journal says, what may follow what, and what a reading of the project proves. Every step that
//! is not allowed is an error with a sentence.

mod entry;
mod evidence;
mod forms;
mod history;
mod impossible;
mod standing;
mod state;
mod twins;

#[cfg(test)]
pub(in crate::purchase) mod tests;

pub use entry::{Credentials, Entry, Intent, Shape};
pub use evidence::{Evidence, LEAST_SWEEPS, sweep_offset};
pub use history::{Intents, Loss, Purchase};
pub use impossible::Impossible;
pub use standing::{MOST_ATTEMPTS, RETRY_WINDOW, Standing};
pub use state::State;
pub use twins::{TWIN_WINDOW, Twin};
