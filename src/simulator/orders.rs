//! The orders a simulated cloud has taken. An order is all that is kept: what it builds is computed from it.

use std::io;

use super::clock::Moment;
use super::farm::Server;
use super::identifiers;
use super::ledger::{Ledger, LedgerEntry};
use super::purchase::Purchase;
use super::world::World;

/// The subnet of servers that were bought without naming one (`cph.md` 3.1).
const USUAL_SUBNET: [u8; 4] = [172, 31, 0, 0];
const USUAL_PREFIX: u8 = 16;

/// One order.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) product_id: String,
    pub(super) project: String,
    pub(super) purchase: Purchase,
    pub(super) accepted: Moment,
}

impl Order {
    /// The subnet its servers stand in.
    pub(super) fn subnet(&self) -> ipnet::Ipv4Net {
        self.purchase.subnet.unwrap_or_else(|| ipnet::Ipv4Net::new_assert(USUAL_SUBNET.into(), USUAL_PREFIX))
    }

    /// The servers it makes, which an order that waits for its payment does not yet have.
    pub(super) fn server_ids(&self) -> Vec<String> {
        if self.is_paid() { Server::of(self).map(Server::id).collect() } else { Vec::new() }
    }

    fn is_paid(&self) -> bool {
        self.purchase.billing.is_auto_pay
    }
}

/// All orders, oldest first, and the ledger they are written to.
#[derive(Debug)]
pub(super) struct Orders {
    orders: Vec<Order>,
    ledger: Ledger,
}

impl Orders {
    pub(super) fn new(ledger: Ledger) -> Self {
        Self { orders: Vec::new(), ledger }
    }

    pub(super) fn ledger(&self) -> &[LedgerEntry] {
        self.ledger.entries()
    }

    /// The orders of a project that are paid for and therefore built, newest first.
    pub(super) fn built(&self, project: &str) -> impl Iterator<Item = &Order> {
        self.orders.iter().rev().filter(move |order| order.project == project && order.is_paid())
    }

    /// The world as it has become for a project.
    pub(super) fn world(&self, project: &str, start: &World) -> World {
        let mut world = start.clone();
        let mut orders: Vec<_> = self.built(project).collect();
        orders.reverse();
        for order in orders {
            world.use_subnet(order.subnet());
            order.own_bandwidth().into_iter().for_each(|bandwidth| world.add_bandwidth(bandwidth));
        }
        world
    }

    /// Places an order: it is written to the ledger before it exists.
    pub(super) fn place(
        &mut self,
        project: &str,
        request_id: &str,
        body: &[u8],
        purchase: Purchase,
        now: Moment,
    ) -> io::Result<&Order> {
        let mut order_id = identifiers::order_id(now.time());
        while self.orders.iter().any(|order| order.id == order_id) {
            order_id = identifiers::order_id(now.time());
        }
        let product_id = identifiers::product_id(&purchase.server_model_name, &purchase.phone_model_name);
        self.ledger.append(LedgerEntry {
            order_id: order_id.clone(),
            request_id: request_id.to_owned(),
            product_id: product_id.clone(),
            project_id: project.to_owned(),
            body: body.to_vec(),
            accepted_at: now.time(),
        })?;
        let order = Order { id: order_id, product_id, project: project.to_owned(), purchase, accepted: now };
        let place = self.orders.len();
        self.orders.push(order);
        Ok(&self.orders[place])
    }
}
