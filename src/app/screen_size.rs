//! The sizes of the screen that change what is shown on it.

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// From this width on the request stands beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;
