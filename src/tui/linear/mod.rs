//! Linear mode's terminal side: its loop, lines in and out, and which answers it waits for.
//! What is printed and what a line means is decided in `crate::linear`.

pub mod event_loop;
pub mod line_io;
pub mod pending;
pub mod run;
