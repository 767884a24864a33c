//! The overlay of orders that need attention. What was there before comes back when it is closed.

use crate::app::keys::context::Context;
use crate::app::overlays::screen::OverlayScreen;

/// The orders, which are those of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnresolvedOrders;

impl OverlayScreen for UnresolvedOrders {
    fn context(&self) -> Context {
        Context::Unresolved
    }
}
