//! The terminal side of linear mode: its loop, lines in and out, and the results it waits for. `crate::linear` decides
//! what is printed and what a line means.

pub mod event_loop;
pub mod line_io;
pub mod pending;
pub mod run;
