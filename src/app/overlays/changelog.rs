//! The changelog overlay: what was changed in this form, the newest first.

use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Surroundings, scrolled};

/// The log, from this line on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangelogView {
    pub top: usize,
}

impl OverlayScreen for ChangelogView {
    fn context(&self) -> Context {
        Context::Changes
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        self.top = scrolled(self.top, rows, around.form.history.log.lines().len(), around.height);
    }
}
