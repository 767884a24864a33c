//! The screen sizes at which the layout changes.

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// Minimum width, in columns, of a screen that shows the request beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;

/// Columns of the form beside the request: the width of the form on a screen of 80 columns, less its margin.
pub const FORM_WIDTH_BESIDE_PANE: u16 = 76;

/// Least columns of the pane beside the form, in which a request can be read.
pub const LEAST_PANE_WIDTH: u16 = 44;

/// Width of a screen from which the form grows too, up to [`WIDEST_FORM`].
pub const WIDE_FROM: u16 = 160;

/// Most columns of the form beside the request.
pub const WIDEST_FORM: u16 = 100;

/// Returns whether a screen has room for one field only.
pub(in crate::app) fn is_compact(width: u16, height: u16) -> bool {
    width < COMPACT_BELOW.0 || height < COMPACT_BELOW.1
}

/// Returns the rows for the order sheet on a screen: all but those of the header, the status line, the keys and the lines
/// between them. The status line has one row on this page, whatever it says; steps and lines are there above
/// [`COMPACT_BELOW`].
#[must_use]
pub fn sheet_height(width: u16, height: u16) -> u16 {
    if !is_compact(width, height) {
        return height - 6;
    }
    height - u16::from(height > 1) - u16::from(height > 3) - u16::from(height > 7)
}
