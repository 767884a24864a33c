//! The orders of the journal that a form can start from.

use jiff::Timestamp;

use crate::order::{Draft, read_body};
use crate::purchase::intents::{Intents, OrderState, Purchase, StateName};

use crate::app::draft::saved::{Basis, BasisKind};

/// Maximum number of journal orders that a form can start from.
const MOST_ORDERS: usize = 9;

/// An order of the journal that was placed, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastOrder {
    pub server_name: String,
    pub at: Timestamp,
    pub state: StateName,
    pub draft: Draft,
}

impl PastOrder {
    fn from_purchase(purchase: &Purchase) -> Option<Self> {
        let may_exist = match purchase.state() {
            OrderState::Accepted(_)
            | OrderState::Found { .. }
            | OrderState::Conflict
            | OrderState::Unknown(_)
            | OrderState::Sending => true,
            OrderState::Ready
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::NotFound
            | OrderState::NotPlaced => false,
        };
        let intent = purchase.intent();
        let draft = read_body(intent.body.as_bytes()).ok().filter(|_| may_exist)?;
        Some(Self {
            server_name: intent.server_name.clone(),
            at: intent.at,
            state: purchase.state().state_name(),
            draft,
        })
    }

    /// Returns the order as the basis of a new form, without the name: two orders with one name cannot be told apart.
    #[must_use]
    pub fn basis(&self) -> Basis {
        let draft = Draft { server_name: String::new(), ..self.draft.clone() };
        Basis { kind: BasisKind::LastOrder, name: self.server_name.clone(), draft }
    }
}

/// Returns the orders of a journal that a form can start from, the newest first, at most [`MOST_ORDERS`]. Orders with
/// the same answers are listed once.
pub(in crate::app) fn past_orders(intents: &Intents) -> Vec<PastOrder> {
    let mut orders: Vec<PastOrder> = Vec::new();
    for order in intents.newest_first().filter_map(PastOrder::from_purchase) {
        if orders.len() < MOST_ORDERS && !orders.iter().any(|other| other.draft == order.draft) {
            orders.push(order);
        }
    }
    orders
}
