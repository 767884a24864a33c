//! When a screen is compact: below 60x16 the form shows one field at a time.

use ratatui::layout::Rect;

use crate::app::Model;

/// The least that the whole form needs.
const WIDTH: u16 = 60;
const HEIGHT: u16 = 16;

/// Returns whether a screen is too small for more than one field.
pub fn is_compact(screen: Rect) -> bool {
    screen.width < WIDTH || screen.height < HEIGHT
}

/// Returns whether the screen of the model is compact.
pub fn is_compact_screen(model: &Model) -> bool {
    is_compact(Rect::new(0, 0, model.width, model.height))
}
