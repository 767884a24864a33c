//! Keys, mouse and contexts: maps each key to an action by context, with a table that the settings can change. The
//! actions themselves are run elsewhere.

pub(super) mod action;
pub(super) mod bindings;
pub(super) mod context;
mod groups;
pub(super) mod key;
pub(super) mod keymap;
pub(super) mod mouse;
