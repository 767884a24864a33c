//! A step of the form: its fields, one below the other.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::Model;
use crate::form::{Control, field};

use super::theme::Theme;
use super::{controls, layout, picker, ports};

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, body: Rect) {
    for (id, area) in layout::field_areas(model, body) {
        let row = field(id);
        match row.control {
            Control::Picker { .. } => picker::draw(model, row, theme, frame, area),
            Control::Ports => ports::draw(model, row, theme, frame, area),
            Control::Text { .. } | Control::Stepper { .. } | Control::Radio { .. } | Control::Fixed { .. } => {
                controls::draw(model, row, theme, frame, area);
            }
        }
    }
}
