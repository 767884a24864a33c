//! Output: a ratatui backend of our own, which writes what changed in as few bytes as are needed, one write a frame.
//! It never asks the terminal anything.

pub mod ansi;
pub mod screen;
pub mod sgr;
