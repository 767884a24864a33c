//! The limit of compact screens: below 60x16 the form shows one field at a time.

use ratatui::layout::Rect;

use crate::app::{COMPACT_BELOW, Model};

/// Returns whether a screen is too small for more than one field.
pub fn is_compact(screen: Rect) -> bool {
    screen.width < COMPACT_BELOW.0 || screen.height < COMPACT_BELOW.1
}

/// Returns whether the screen of the model is compact.
pub fn is_compact_screen(model: &Model) -> bool {
    model.is_compact()
}
