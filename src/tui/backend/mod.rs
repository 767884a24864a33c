//! Output: a ratatui backend that writes only changes, in as few bytes as possible and once per frame. It never queries
//! the terminal.

pub mod ansi;
pub mod screen;
pub mod sgr;
