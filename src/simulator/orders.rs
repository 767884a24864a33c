//! The orders that a simulated cloud has accepted, and the orders of other people. Only orders are stored: servers and
//! phones are computed from them.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::catalogue::Catalogue;
use super::clock::{Clock, Moment};
use super::foreign_orders::{ForeignOrder, Numbering, ShownOrderId};
use super::identifiers;
use super::ledger::{Ledger, LedgerEntry};
use super::purchase::Purchase;
use super::scene_settings::AutoPayment;
use super::validation_context::ValidationContext;
use super::world::{SavedOrder, SavedWorld};

/// The address of the subnet for servers bought without one (`cph.md` 3.1).
const USUAL_SUBNET: [u8; 4] = [172, 31, 0, 0];
const USUAL_PREFIX: u8 = 16;

/// An accepted order, or one of somebody else.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) id: String,
    pub(super) product_id: String,
    pub(super) project: String,
    pub(super) purchase: Purchase,
    pub(super) accepted: Moment,
    pub(super) is_paid: bool,
    /// `Some` for an order of somebody else, with its differences from an order placed here.
    pub(super) foreign: Option<Foreign>,
}

/// The differences of an order of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Foreign {
    numbering: Numbering,
    shown: ShownOrderId,
    is_everywhere: bool,
}

impl Order {
    /// Returns the subnet of its servers: the requested one, or 172.31.0.0/16.
    pub(super) fn subnet(&self) -> ipnet::Ipv4Net {
        self.purchase.subnet.unwrap_or_else(|| ipnet::Ipv4Net::new_assert(USUAL_SUBNET.into(), USUAL_PREFIX))
    }

    /// Formats the name of the server with this number.
    pub(super) fn name_of(&self, number: u32) -> String {
        let numbering = self.foreign.as_ref().map_or(Numbering::Plain, |foreign| foreign.numbering);
        numbering.name(&self.purchase.server_name, number)
    }

    /// Returns the order number that its servers show, or `None` if they show none.
    pub(super) fn shown_id(&self) -> Option<String> {
        self.shown().shown(&self.id)
    }

    /// Builds the `metadata` of its servers and phones, or returns `None` if they have none.
    pub(super) fn metadata(&self) -> Option<Value> {
        self.shown().metadata(&self.id, &self.product_id)
    }

    fn shown(&self) -> &ShownOrderId {
        self.foreign.as_ref().map_or(&ShownOrderId::Generated, |foreign| &foreign.shown)
    }

    fn restored(saved: SavedOrder, clock: &Clock) -> Self {
        let SavedOrder { order_id, product_id, project_id, accepted_at, is_paid, purchase, foreign } = saved;
        let accepted = clock.moment_at(accepted_at);
        Self { id: order_id, product_id, project: project_id, purchase, accepted, is_paid, foreign }
    }

    fn saved(&self) -> SavedOrder {
        SavedOrder {
            order_id: self.id.clone(),
            product_id: self.product_id.clone(),
            project_id: self.project.clone(),
            accepted_at: self.accepted.time(),
            is_paid: self.is_paid,
            purchase: self.purchase.clone(),
            foreign: self.foreign.clone(),
        }
    }

    fn is_in(&self, project: &str) -> bool {
        self.project == project || self.foreign.as_ref().is_some_and(|foreign| foreign.is_everywhere)
    }
}

/// All orders, oldest first, and the ledger for those placed here.
#[derive(Debug)]
pub(super) struct Orders {
    all: Vec<Order>,
    ledger: Ledger,
    /// The world that the orders belong to, if it is saved after each order.
    saved: Option<SavedWorld>,
}

impl Orders {
    pub(super) fn new(ledger: Ledger) -> Self {
        Self { all: Vec::new(), ledger, saved: None }
    }

    /// Replaces the orders by those of a saved world, which is saved again after each further order.
    pub(super) fn restore(&mut self, saved: SavedWorld, clock: &Clock) {
        let orders = saved.world.orders.iter();
        self.all = orders.map(|order| Order::restored(order.clone(), clock)).collect();
        self.saved = Some(saved);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Saves the world with its current orders. Succeeds without doing anything if there is none to save.
    pub(super) fn save(&mut self) -> io::Result<()> {
        match &mut self.saved {
            Some(saved) => saved.save(self.all.iter().map(Order::saved).collect()),
            None => Ok(()),
        }
    }

    pub(super) fn ledger(&self) -> &[LedgerEntry] {
        self.ledger.entries()
    }

    /// Iterates over the paid orders of a project, newest first; only these create servers.
    pub(super) fn built(&self, project: &str) -> impl Iterator<Item = &Order> {
        self.all.iter().rev().filter(move |order| order.is_in(project) && order.is_paid)
    }

    /// Builds the current state of a project: `start`, with the subnets and bandwidths of its paid orders added.
    pub(super) fn validation_context(&self, project: &str, start: &ValidationContext) -> ValidationContext {
        let mut validation_context = start.clone();
        let mut orders: Vec<_> = self.built(project).collect();
        orders.reverse();
        for order in orders {
            validation_context.use_subnet(order.subnet());
            order.own_bandwidth().into_iter().for_each(|bandwidth| validation_context.add_bandwidth(bandwidth));
        }
        validation_context
    }

    /// Places an order. It is written to the ledger and to the saved world first, and `Err` means that it could not be
    /// written and does not exist.
    pub(super) fn place(&mut self, request: &Placing<'_>, purchase: Purchase) -> io::Result<&Order> {
        let Placing { project, request_id, body, now, auto_payment } = *request;
        let order_id = self.new_id(now);
        let product_id = identifiers::product_id(&purchase.server_model_name, &purchase.phone_model_name);
        let is_paid = purchase.billing.is_auto_pay && auto_payment == AutoPayment::Succeeds;
        self.ledger.append(LedgerEntry {
            order_id: order_id.clone(),
            request_id: request_id.to_owned(),
            product_id: product_id.clone(),
            project_id: project.to_owned(),
            body: body.to_vec(),
            accepted_at: now.time(),
            is_paid,
        })?;
        let project = project.to_owned();
        self.all.push(Order { id: order_id, product_id, project, purchase, accepted: now, is_paid, foreign: None });
        if let Err(error) = self.save() {
            self.all.pop();
            self.ledger.forget_last();
            return Err(error);
        }
        self.all.last().ok_or_else(|| io::Error::other("no order"))
    }

    /// Adds an order of somebody else, which counts as paid and is not written to the ledger.
    pub(super) fn add_foreign(&mut self, foreign: ForeignOrder, catalogue: &Catalogue, now: Moment) -> &Order {
        let accepted = now.seconds_ago(foreign.age_s);
        let purchase = foreign.purchase(catalogue);
        let product_id = identifiers::product_id(&purchase.server_model_name, &purchase.phone_model_name);
        let ForeignOrder { numbering, order_id: shown, project_id, .. } = foreign;
        let foreign = Some(Foreign { numbering, shown, is_everywhere: project_id.is_none() });
        let (id, project) = (self.new_id(accepted), project_id.unwrap_or_default());
        self.add(Order { id, product_id, project, purchase, accepted, is_paid: true, foreign })
    }

    fn new_id(&self, now: Moment) -> String {
        loop {
            let id = identifiers::order_id(now.time());
            if self.all.iter().all(|order| order.id != id) {
                return id;
            }
        }
    }

    fn add(&mut self, order: Order) -> &Order {
        let place = self.all.len();
        self.all.push(order);
        &self.all[place]
    }
}

/// The data of a valid purchase that is to be placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placing<'call> {
    pub(super) project: &'call str,
    pub(super) request_id: &'call str,
    pub(super) body: &'call [u8],
    pub(super) now: Moment,
    pub(super) auto_payment: AutoPayment,
}
