//! The overlay that offers the rows of a pasted list of ports.

use crate::form::PastedPort;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Request, Response, Surroundings};

/// Rows read from the pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedPorts(pub Vec<PastedPort>);

impl OverlayScreen for PastedPorts {
    fn context(&self) -> Context {
        Context::PastedPorts
    }

    fn accept(&mut self, _around: &Surroundings<'_>) -> Response {
        Response::close_and(Request::TakePorts(std::mem::take(&mut self.0)))
    }

    fn is_enabled(&self, action: Action, _around: &Surroundings<'_>) -> Option<bool> {
        (action == Action::Accept).then(|| self.0.iter().any(PastedPort::is_valid))
    }
}
