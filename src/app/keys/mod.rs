//! Keys, mouse and contexts: which action a key means where, from a table that the settings can change.
//! What an action does is not decided here.

pub(super) mod action;
pub(super) mod bindings;
pub(super) mod context;
mod groups;
pub(super) mod key;
pub(super) mod keymap;
pub(super) mod mouse;
