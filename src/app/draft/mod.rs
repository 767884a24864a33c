//! The draft over time: how a form starts, is saved, compared, undone and logged.
//! It knows answers and their origins, no screen; files are read and written by effects.

pub(super) mod autosave;
pub(super) mod changelog;
pub(super) mod diff;
pub(super) mod saved;
pub(super) mod start;
pub(super) mod undo;
