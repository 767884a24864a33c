//! The servers and phones of paid orders, and the statuses they pass through (`cph.md` 15 and 19). Nothing is stored
//! and no timer runs: an order and a moment determine everything.

use super::clock::Moment;
use super::identifiers;
use super::orders::Order;
use super::scene::ProvisioningDurations;

/// A status and the moment at which it began.
#[derive(Debug, Clone, Copy)]
pub(super) struct BuildState {
    pub(super) status: i32,
    pub(super) entered: Moment,
}

impl ProvisioningDurations {
    /// Returns the status of a server at a moment.
    pub(super) fn server(&self, accepted: Moment, now: Moment) -> BuildState {
        let steps = [
            (0, self.server_status_0),
            (1, self.server_status_1),
            (3, self.server_status_3),
            (4, self.server_status_4),
        ];
        state_at(&steps, 5, accepted, now)
    }

    /// Returns the status of a phone at a moment. Its creation takes until after that of its server.
    pub(super) fn phone(&self, accepted: Moment, now: Moment) -> BuildState {
        let server = [self.server_status_0, self.server_status_1, self.server_status_3, self.server_status_4];
        let creating = server.into_iter().fold(self.phone_status_1, u64::saturating_add);
        state_at(&[(1, creating)], 2, accepted, now)
    }
}

fn state_at(steps: &[(i32, u64)], last: i32, accepted: Moment, now: Moment) -> BuildState {
    let elapsed = now.since(accepted);
    let mut entered = 0_u64;
    for (status, duration) in steps {
        let left = entered.saturating_add(*duration);
        if elapsed < left {
            return BuildState { status: *status, entered: accepted.later(entered) };
        }
        entered = left;
    }
    BuildState { status: last, entered: accepted.later(entered) }
}

impl Order {
    /// Returns the identifiers of its servers; an unpaid order has none yet.
    pub(super) fn server_ids(&self) -> Vec<String> {
        if self.is_paid { Server::of_order(self).map(Server::id).collect() } else { Vec::new() }
    }
}

/// One server of an order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Server<'order> {
    pub(super) order: &'order Order,
    /// The number of the server, from 1 to the count of the order.
    pub(super) number: u32,
}

impl<'order> Server<'order> {
    /// Iterates over the servers of an order by number, paid or not.
    pub(super) fn of_order(order: &'order Order) -> impl Iterator<Item = Self> {
        (1..=order.purchase.count).map(move |number| Self { order, number })
    }

    pub(super) fn id(self) -> String {
        identifiers::derived(&["server", &self.order.id, &self.number.to_string()])
    }

    pub(super) fn name(self) -> String {
        self.order.name_of(self.number)
    }

    /// Iterates over the phones of the server by number.
    pub(super) fn phones(self) -> impl Iterator<Item = Phone<'order>> {
        (1..=self.order.purchase.phone_capacity).map(move |number| Phone { server: self, number })
    }
}

/// One phone of a server.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phone<'order> {
    pub(super) server: Server<'order>,
    /// The number of the phone, from 1 to the capacity of the flavor.
    pub(super) number: u32,
}

impl Phone<'_> {
    pub(super) fn id(self) -> String {
        identifiers::derived(&[
            "phone",
            &self.server.order.id,
            &self.server.number.to_string(),
            &self.number.to_string(),
        ])
    }

    pub(super) fn name(self) -> String {
        format!("{}-{:05}", self.server.name(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use crate::simulator::clock::Moment;
    use crate::simulator::scene::ProvisioningDurations;

    const DURATIONS: ProvisioningDurations = ProvisioningDurations {
        server_status_0: 10,
        server_status_1: 20,
        server_status_3: 30,
        server_status_4: 40,
        phone_status_1: 50,
    };

    #[test]
    fn servers_and_phones_go_through_their_states_in_order() {
        let accepted = Moment::sample();
        let rows = [
            (0, 0, 1, 0),
            (9, 0, 1, 0),
            (10, 1, 1, 10),
            (30, 3, 1, 30),
            (60, 4, 1, 60),
            (99, 4, 1, 60),
            (100, 5, 1, 100),
            (149, 5, 1, 100),
            (150, 5, 2, 100),
        ];
        for (elapsed, server, phone, entered) in rows {
            let now = accepted.later(elapsed);
            let state = DURATIONS.server(accepted, now);
            assert_eq!((state.status, DURATIONS.phone(accepted, now).status), (server, phone), "after {elapsed} ms");
            assert_eq!(state.entered.since(accepted), entered, "after {elapsed} ms");
        }
    }

    #[test]
    fn without_durations_everything_is_ready_at_once() {
        let durations = ProvisioningDurations {
            server_status_0: 0,
            server_status_1: 0,
            server_status_3: 0,
            server_status_4: 0,
            phone_status_1: 0,
        };
        let now = Moment::sample();
        assert_eq!((durations.server(now, now).status, durations.phone(now, now).status), (5, 2));
    }

    #[test]
    fn the_ordinary_build_takes_about_six_seconds() {
        let (durations, accepted) = (ProvisioningDurations::default(), Moment::sample());
        assert_eq!(durations.phone(accepted, accepted.later(5_999)).status, 1);
        assert_eq!(durations.phone(accepted, accepted.later(6_000)).status, 2);
    }
}
