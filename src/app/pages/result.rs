//! The result page: its actions, moving on it, leaving it, starting the next order, and reading the servers of the order
//! while it is shown.

use crate::catalogue::Server;
use crate::form::Step;
use crate::i18n;

use crate::app::keys::action::Action;
use crate::app::load_error::LoadError;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlays::screen::Surroundings;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::outcome_page::outcome_page;
use crate::app::purchase::result::{FAST_POLLS, POLL_INTERVAL, ResultPage, SLOW_POLL_INTERVAL};

/// Rows of the screen around the page, at most.
const ROWS_AROUND: u16 = 8;
/// Rows of a small screen around the page, at most.
const ROWS_AROUND_COMPACT: u16 = 2;

/// Returns whether an action of the page has an effect; `None` if it is not an action of the page.
pub(super) fn is_enabled(result: &ResultPage, action: Action, around: &Surroundings<'_>) -> Option<bool> {
    let is_accepted = || result.outcome_kind(around.journal) == OutcomeKind::Accepted;
    Some(match action {
        Action::Refresh => result.poll.is_some() || around.can_search,
        Action::Copy => !result.shown_ids(around.journal).is_empty(),
        Action::Up | Action::Down => result.shown_ids(around.journal).len() > 1,
        Action::NewOrder => is_accepted(),
        Action::Accept => !is_accepted(),
        _ => return None,
    })
}

/// Runs an action of the page; `None` if it is not an action of the page.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Accept => Some(model.leave_result()),
        Action::NewOrder => Some(model.new_order()),
        Action::Refresh => Some(model.poll_servers().into_iter().chain(model.search_now()).collect()),
        Action::Copy => Some(copy_id(model)),
        _ => {
            model.step_result(action.rows()?);
            Some(Vec::new())
        }
    }
}

/// Copies the id under the cursor.
fn copy_id(model: &mut Model) -> Vec<Effect> {
    let Page::Result(result) = &model.page else { return Vec::new() };
    let ids = result.shown_ids(&model.journal);
    let Some((label, value)) = ids.get(result.cursor) else { return Vec::new() };
    let (label, value) = (i18n::t(label), value.clone());
    model.say_sent_to_clipboard(label);
    vec![Effect::Copy(value)]
}

impl Model {
    /// Returns the columns of the result page.
    #[must_use]
    pub fn outcome_width(&self) -> u16 {
        self.form_width().saturating_sub(self.columns_around_outcome())
    }

    /// Returns the columns of the margins and the gutter.
    fn columns_around_outcome(&self) -> u16 {
        match (self.is_compact(), self.pane_width()) {
            (true, _) => 2,
            (false, Some(_)) => 5,
            (false, None) => 6,
        }
    }

    /// Moves on the result page: from id to id, and where there is no further one, from row to row.
    pub(in crate::app) fn step_result(&mut self, by: isize) {
        let Page::Result(result) = &self.page else { return };
        let rows = outcome_page(&self.journal, &self.keymap, result, self.outcome_width());
        let around = if self.is_compact() { ROWS_AROUND_COMPACT } else { ROWS_AROUND };
        let room = usize::from(self.height.saturating_sub(around)).max(2) - 1;
        // The row in which each id begins.
        let begins: Vec<usize> =
            rows.iter().enumerate().filter(|(_, row)| !row.label.is_empty()).map(|(at, _)| at).collect();
        let most = if rows.len() > room { rows.len() - room } else { 0 };
        let (mut cursor, mut top) = (result.cursor, result.top.min(most));
        let shown = |top: usize, at: usize| (top..top + room).contains(&at);
        let next = cursor.checked_add_signed(by.signum()).filter(|next| *next < begins.len());
        let is_step = by.unsigned_abs() == 1;
        let is_page = by.unsigned_abs() >= 10;
        let is_here = begins.get(cursor).is_some_and(|at| shown(top, *at));
        match next {
            Some(next) if is_step && is_here => {
                cursor = next;
                let at = begins.get(next).copied().unwrap_or(0);
                if !shown(top, at) {
                    top = if by > 0 { at + 1 - room.min(at + 1) } else { at };
                }
                // With the first id its heading comes into view.
                if next == 0 {
                    top = 0;
                }
            }
            Some(_) | None => {
                let by = if is_page { by.signum() * isize::try_from(room).unwrap_or(1) } else { by };
                top = top.saturating_add_signed(by).min(most);
            }
        }
        if let Page::Result(result) = &mut self.page {
            (result.cursor, result.top) = (cursor, top.min(most));
        }
    }

    /// Goes back from an outcome to the form: to the field that was rejected, else to Review. Does nothing if the order
    /// was accepted.
    pub(in crate::app) fn leave_result(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        let kind = result.outcome_kind(&self.journal);
        if kind == OutcomeKind::Accepted {
            return Vec::new();
        }
        // An order that exists all the same has nothing to be mended.
        let rejected_field = result.rejected_field.filter(|_| kind == OutcomeKind::Rejected);
        self.archive_result();
        match rejected_field {
            Some(id) => self.form.jump_to(id, None),
            None => self.form.go_to_step(Step::Review),
        }
    }

    /// Leaves the result page; its outcome stays in the receipt.
    fn archive_result(&mut self) {
        if let Page::Result(result) = std::mem::replace(&mut self.page, Page::Form) {
            self.past_results.push(*result);
        }
    }

    /// Starts the next order with the same form but without the name: two orders with one name cannot be told apart.
    /// Does nothing unless the order was accepted.
    pub(in crate::app) fn new_order(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        if result.outcome_kind(&self.journal) != OutcomeKind::Accepted {
            return Vec::new();
        }
        self.archive_result();
        self.form.start_next_order()
    }

    /// Requests the servers of the order now, if the result page polls them.
    pub(in crate::app) fn poll_servers(&mut self) -> Vec<Effect> {
        let ticket = self.next_ticket();
        let Page::Result(result) = &mut self.page else { return Vec::new() };
        let Some(poll) = &mut result.poll else { return Vec::new() };
        poll.next_at = None;
        poll.ticket = ticket;
        vec![Effect::PollServers { name: result.server_name.clone(), ticket }]
    }

    /// Requests the servers again if the next reading is due.
    pub(in crate::app) fn poll_servers_when_due(&mut self) -> Vec<Effect> {
        let Page::Result(result) = &self.page else { return Vec::new() };
        let due = result.poll.as_ref().and_then(|poll| poll.next_at);
        if due.is_some_and(|at| at <= self.now) { self.poll_servers() } else { Vec::new() }
    }

    pub(in crate::app) fn set_polled_servers(&mut self, ticket: u64, read: Result<Vec<Server>, LoadError>) {
        let now = self.now;
        let Page::Result(result) = &mut self.page else { return };
        let ours = read.map(|servers| servers.into_iter().filter(|server| result.is_ours(server)).collect::<Vec<_>>());
        let Some(poll) = result.poll.as_mut().filter(|poll| poll.ticket == ticket) else { return };
        match ours {
            Ok(servers) => {
                poll.servers = servers;
                poll.polls += 1;
                poll.failure = None;
            }
            Err(failure) => poll.failure = Some(failure),
        }
        let wait = if poll.polls < FAST_POLLS { POLL_INTERVAL } else { SLOW_POLL_INTERVAL };
        let settled = result.is_settled();
        if let Some(poll) = &mut result.poll {
            poll.next_at = (!settled || poll.failure.is_some()).then_some(now + wait);
        }
    }
}
