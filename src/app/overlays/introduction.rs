//! The introduction overlay, shown on the first start. Any key closes it and then has its usual effect.

use crate::app::keys::context::Context;
use crate::app::msg::Effect;
use crate::app::overlays::screen::{OverlayScreen, Response};

/// The introduction overlay; it has no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Introduction;

impl OverlayScreen for Introduction {
    fn context(&self) -> Context {
        Context::Introduction
    }

    fn close(&mut self) -> Response {
        Response::close().with(Effect::IntroductionSeen)
    }
}
