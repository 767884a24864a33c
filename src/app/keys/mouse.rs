//! Mouse capture: the program or the terminal receives the mouse.

/// Owner of the mouse: the program or the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseCapture {
    /// Clicks and the wheel reach the program.
    On,
    /// The terminal has the mouse, to select text.
    Off,
}
