//! The draft that the form edits: where it started, how it differs, undo and redo, and how it is saved.

pub(in crate::app) mod autosave;
pub(in crate::app) mod changelog;
pub(in crate::app) mod history;
pub(in crate::app) mod origin;
pub(in crate::app) mod past_orders;
mod save;
pub(in crate::app) mod saved;
mod start;
pub(in crate::app) mod start_from;
mod undo;
