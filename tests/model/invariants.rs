//! What a journal says of each confirmation, in a few bytes, and the laws that hold it against the API.

use std::collections::BTreeSet;

use cph_wizard::order::{Body, Order};
use cph_wizard::purchase::can_be_searched;
use cph_wizard::purchase::intents::{JournalEntry, OrderState, Preflight, Purchase};
use jiff::Timestamp;
use uuid::Uuid;

use crate::world::{MOST, Orders, Request, World};

/// The order of somebody else.
pub const STRANGERS_ORDER: &str = "CSX";
/// Its place in a set of orders.
const STRANGER: u8 = 7;

/// What the journal says of all confirmations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    pub len: u8,
    /// Whether something is under way, which whoever opens the journal concludes.
    pub is_under_way: bool,
    pub purchases: [Fact; MOST],
}

/// What it says of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fact {
    pub is: FactState,
    /// The orders that are known for it.
    pub orders: Orders,
    /// The readings that count.
    pub counted: u32,
    pub is_check_due: bool,
    pub can_be_searched: bool,
    /// Whether the journal takes a user's word for it, if it comes late enough.
    pub can_be_resolved: bool,
    /// How many servers were ordered.
    pub count: i64,
    /// Whether the name was free when it was confirmed, and that is known.
    pub was_free: bool,
    /// Whether a user said that it was not placed.
    pub is_said_absent: bool,
}

/// The states, without what they carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum FactState {
    #[default]
    Ready,
    Sending,
    Accepted,
    Rejected,
    NotSent,
    Unknown,
    Found,
    NotFound,
    Conflict,
    NotPlaced,
}

/// The id of a confirmation, and the order that the API places for it.
pub fn id_of(order: u8) -> Uuid {
    Uuid::from_u128(0x00c0_ffee_0000_4000_8000_0000_0000_0000 + u128::from(order))
}

pub fn number_of(id: Uuid) -> u8 {
    u8::try_from(id.as_u128() & 0xff).unwrap()
}

pub fn order_id(order: u8) -> String {
    format!("CS{order}")
}

/// The confirmations that orders belong to.
pub fn orders<'a>(ids: impl IntoIterator<Item = &'a String>) -> Orders {
    let number = |id: &String| id.trim_start_matches("CS").parse().unwrap_or(STRANGER);
    ids.into_iter().map(number).fold(Orders::default(), Orders::with)
}

impl Facts {
    pub fn all(&self) -> impl Iterator<Item = (u8, &Fact)> {
        (0..self.len).zip(&self.purchases)
    }
}

impl Fact {
    pub fn of(purchase: &Purchase, offers: &[(Order, Body)]) -> Self {
        let is = match purchase.state() {
            OrderState::Ready => FactState::Ready,
            OrderState::Sending => FactState::Sending,
            OrderState::Accepted(_) => FactState::Accepted,
            OrderState::Rejected(_) => FactState::Rejected,
            OrderState::NotSent(_) => FactState::NotSent,
            OrderState::Unknown(_) => FactState::Unknown,
            OrderState::Found { .. } => FactState::Found,
            OrderState::NotFound => FactState::NotFound,
            OrderState::Conflict => FactState::Conflict,
            OrderState::NotPlaced => FactState::NotPlaced,
        };
        let intent = purchase.intent();
        let offer = offers.iter().find(|(_, body)| body.hash() == intent.body_hash);
        let says_absent =
            |entry: &JournalEntry| matches!(entry, JournalEntry::Resolved { order_ids, .. } if order_ids.is_empty());
        Self {
            is,
            orders: orders(purchase.order_ids()),
            counted: purchase.evidence().readings,
            is_check_due: purchase.is_check_due(),
            can_be_searched: can_be_searched(purchase.state()),
            can_be_resolved: can_be_resolved(purchase),
            count: offer.map_or(0, |(order, _)| order.count()),
            was_free: intent.preflight == Some(Preflight::default()),
            is_said_absent: purchase.records().iter().any(says_absent),
        }
    }
}

fn can_be_resolved(purchase: &Purchase) -> bool {
    let (id, at) = (purchase.intent().id, Timestamp::MAX);
    let mut known = purchase.order_ids().clone();
    known.insert(order_id(number_of(id)));
    let takes =
        |order_ids| purchase.may_follow(&JournalEntry::Resolved { id, at, clock_ahead: None, order_ids }).is_ok();
    takes(known) || takes(BTreeSet::new())
}

/// Holds the journal against the API; the sentence says what is wrong.
pub fn violated_invariant(world: &World, facts: &Facts) -> Option<String> {
    for (order, request) in world.requests.iter().enumerate() {
        let order = u8::try_from(order).unwrap();
        let name = order_id(order);
        if order >= facts.len {
            if request.may_exist() {
                return Some(format!("the journal does not have confirmation {order}, which was sent"));
            }
            continue;
        }
        let fact = &facts.purchases[usize::from(order)];
        let mine = Orders::default().with(order);
        if fact.orders.0 & !mine.0 != 0 {
            let other = if fact.orders.has(STRANGER) { "somebody else's" } else { "that of another confirmation" };
            return Some(format!("an order that is not ours counts as that of confirmation {order}: it is {other}"));
        }
        if fact.orders == mine && !request.exists() {
            return Some(format!("{name} is known for confirmation {order}, and it does not exist"));
        }
        let is_wrong = match fact.is {
            FactState::Sending | FactState::Unknown => false,
            FactState::Ready | FactState::NotSent | FactState::NotFound => request.may_exist(),
            FactState::Accepted | FactState::Found => fact.orders != mine,
            FactState::Conflict => fact.orders == Orders::default(),
            // Until it was checked, a rejection is what the API reported.
            FactState::Rejected => fact.orders != Orders::default() || (!fact.is_check_due && fact.counted == 0),
            FactState::NotPlaced => fact.orders != Orders::default() || !fact.is_said_absent,
        };
        if is_wrong {
            let truth = match request {
                Request::Placed { .. } => format!("its order {name} exists"),
                Request::Open { .. } => format!("its order {name} may exist"),
                Request::None | Request::Gone => "nothing was placed for it".to_owned(),
            };
            let what = format!("{:?}", fact.is);
            return Some(format!("the journal says {what} of confirmation {order}, and {truth}"));
        }
    }
    None
}
