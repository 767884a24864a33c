//! What a person does at a terminal: keys, pastes, clicks and the wheel.

use crate::app::Key;

/// What was typed, pasted or clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TerminalEvent {
    Key(Key),
    Paste(String),
    /// The left button went down; cells count from 0.
    Click {
        column: u16,
        row: u16,
    },
    /// Rows down; negative is up.
    Wheel {
        rows: i32,
    },
}
