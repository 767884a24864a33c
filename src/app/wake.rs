//! The next time at which the program has to wake up by itself.

use crate::app::load_error::Millis;
use crate::app::model::Model;
use crate::app::page::Page;

impl Model {
    /// Returns the time at which the program has to wake up without input, e.g. to update a count of seconds or to read
    /// the servers again. `None` if nothing is scheduled.
    #[must_use]
    pub fn next_wake(&self) -> Option<Millis> {
        let next_second = |since: Millis| since + (self.now.saturating_sub(since) / 1000 + 1) * 1000;
        let page = match &self.page {
            Page::Form => self.form.loading_in_view().map(next_second),
            Page::Confirm(confirm) => confirm.arms_at().filter(|at| *at > self.now),
            Page::Waiting(waiting) => Some(next_second(waiting.since)),
            Page::Result(result) => result.poll.as_ref().and_then(|follow| follow.next_at),
            Page::Setup(setup) => setup.loading_since().map(next_second),
        };
        page.into_iter().chain(self.journal.next_search()).min()
    }
}
