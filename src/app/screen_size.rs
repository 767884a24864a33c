//! The screen sizes at which the layout changes.

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// Minimum width, in columns, of a screen that shows the request beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;
