//! The input of a user at a terminal: keys, pastes, clicks and the wheel.

use crate::app::Key;

/// A key, paste, click or turn of the wheel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    Key(Key),
    Paste(String),
    /// A press of the left button; cells count from 0.
    Click {
        column: u16,
        row: u16,
    },
    /// Number of rows down; negative is up.
    Wheel {
        rows: i32,
    },
}
