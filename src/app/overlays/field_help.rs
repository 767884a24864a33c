//! The help overlay of one field.

use crate::order::FieldId;

use crate::app::keys::context::Context;
use crate::app::overlays::screen::OverlayScreen;

/// The overlay that explains this field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldHelp(pub FieldId);

impl OverlayScreen for FieldHelp {
    fn context(&self) -> Context {
        Context::FieldHelp
    }
}
