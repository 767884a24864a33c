//! Whose the mouse is.

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseCapture {
    /// Clicks and the wheel reach the program.
    On,
    /// The terminal selects text with it.
    Off,
}
