//! Runs the effects that `app::update` returns: calls on a background thread, files, and their results as messages.
//! Nothing here makes decisions, and nothing is repeated on its own.

pub mod background;
pub mod dispatch;
mod errors;
