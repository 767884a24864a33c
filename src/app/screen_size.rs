//! The screen sizes at which the layout changes.

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// Minimum width, in columns, of a screen that shows the request beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;

/// Columns of the form beside the request: the width of the form on a screen of 80 columns, less its margin.
pub const FORM_WIDTH_BESIDE_PANE: u16 = 76;

/// Width of a screen from which the form grows too, up to [`WIDEST_FORM`].
pub const WIDE_FROM: u16 = 160;

/// Most columns of the form beside the request.
pub const WIDEST_FORM: u16 = 100;
