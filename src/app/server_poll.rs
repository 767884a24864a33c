//! Polls the servers of an order while its result page is shown.

use crate::catalogue::Server;

use crate::app::load_error::LoadError;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::page::Page;
use crate::app::purchase::result::{FAST_POLLS, POLL_INTERVAL, SLOW_POLL_INTERVAL};

impl Model {
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
