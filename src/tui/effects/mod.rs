//! Runs the effects that `app::update` returns: calls on a background thread, files, and what becomes of them as messages.
//! Nothing here decides anything, and nothing is repeated by itself.

pub mod background;
pub mod dispatch;
mod errors;
