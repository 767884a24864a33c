//! The overlay of orders that need attention. The overlay that was open before is shown again when it is closed.

use crate::app::keys::context::Context;
use crate::app::overlays::screen::OverlayScreen;

/// The overlay of orders that need attention. It has no state: the journal holds the orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnresolvedOrders;

impl OverlayScreen for UnresolvedOrders {
    fn context(&self) -> Context {
        Context::Unresolved
    }
}
