//! The screen sizes at which the layout changes.

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// Minimum width, in columns, of a screen that shows the request beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;

/// Returns whether a screen has room for one field only.
pub(in crate::app) fn is_compact(width: u16, height: u16) -> bool {
    width < COMPACT_BELOW.0 || height < COMPACT_BELOW.1
}

/// Returns the rows for the order sheet on a screen: all but those of the header, the status line and the keys. Header
/// and status line have one row each on this page, whatever they say; the steps have one above [`COMPACT_BELOW`].
#[must_use]
pub fn sheet_height(width: u16, height: u16) -> u16 {
    if !is_compact(width, height) {
        return height - 4;
    }
    height - u16::from(height > 1) - u16::from(height > 3) - u16::from(height > 7)
}
