//! The overlay that offers to continue a saved draft.

use crate::app::draft::saved::SavedDraft;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Request, Response, Surroundings};

/// The draft that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeOffer(pub Box<SavedDraft>);

impl OverlayScreen for ResumeOffer {
    fn context(&self) -> Context {
        Context::Resume
    }

    fn accept(&mut self, _around: &Surroundings<'_>) -> Response {
        Response::close_and(Request::Resume(std::mem::take(&mut self.0)))
    }
}
