//! The changelog overlay: the changes made in this form, the newest first.

use crate::app::keys::context::Context;
use crate::app::overlays::screen::{OverlayScreen, Surroundings, scrolled};

/// Scroll position of the log: the first line shown.
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
