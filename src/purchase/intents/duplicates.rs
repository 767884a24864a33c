//! Earlier orders that a new one may repeat. The user is asked about them; none of them forbids the new order.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use uuid::Uuid;

use super::clock_reading::ClockReading;
use super::{Intent, Intents, OrderState, OrderedServers, Purchase};

/// The time after its confirmation during which an order that was placed counts as a likely duplicate.
pub const DUPLICATE_WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// The time during which an order still counts as a likely duplicate after it was concluded, or stated by the user, not
/// to exist.
pub const ABSENT_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An order that is about to be confirmed, with the properties on which its duplicates depend.
#[derive(Debug, Clone, Copy)]
pub struct NewOrder<'a> {
    pub profile: &'a str,
    pub endpoint: &'a str,
    pub project: &'a str,
    pub region: &'a str,
    pub server_name: &'a str,
    pub ordered: &'a OrderedServers,
    pub body_hash: &'a str,
}

/// An earlier order that a new one may repeat, with the resemblance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LikelyDuplicate<'a> {
    pub purchase: &'a Purchase,
    pub resemblance: Resemblance,
}

/// The resemblance between two orders that may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resemblance {
    /// The same bytes.
    SameBody,
    /// The same server name.
    SameName,
    /// The same server flavor and count.
    SameServers,
    /// The same flavors, image and count.
    SameOrder,
}

impl Intents {
    /// Returns the earlier orders that a new one may repeat, newest first.
    ///
    /// - An order of the account and region that is UNKNOWN, CONFLICT or under way: the same bytes, the same server
    ///   name, or the same server flavor and count, without a time limit. The same for 7 days after `NOT_FOUND` or
    ///   `NOT_PLACED`.
    /// - An order of the account and region that was placed: the same bytes, or the same flavors, image and count, for
    ///   15 minutes.
    /// - An order of another account in a state of the first rule: the same bytes.
    ///
    /// The time that has passed is the smaller of what this machine's clock and the servers' clock show.
    pub fn duplicates<'a>(&'a self, new: &NewOrder<'_>, now: ClockReading) -> Vec<LikelyDuplicate<'a>> {
        let likely = |purchase: &'a Purchase| {
            let resemblance = resemblance(purchase, new, now)?;
            Some(LikelyDuplicate { purchase, resemblance })
        };
        self.newest_first().filter_map(likely).collect()
    }
}

/// The kind of resemblance that makes an earlier order a likely duplicate at present.
enum Concern {
    None,
    /// The order may exist: the same name or the same servers are enough.
    Open,
    /// The order exists: only the same bytes or the same order count.
    Placed,
}

fn concern(purchase: &Purchase, now: ClockReading) -> Concern {
    let is_recent = |since: ClockReading, window| now.least_since(since) <= window;
    match purchase.state() {
        OrderState::Ready | OrderState::Sending | OrderState::Unknown(_) | OrderState::Conflict => Concern::Open,
        OrderState::NotFound | OrderState::NotPlaced => match purchase.absent_since() {
            Some(since) if !is_recent(since, ABSENT_WINDOW) => Concern::None,
            Some(_) | None => Concern::Open,
        },
        OrderState::Accepted(_) | OrderState::Found { .. } => {
            if is_recent(purchase.intent().confirmed(), DUPLICATE_WINDOW) { Concern::Placed } else { Concern::None }
        }
        OrderState::Rejected(_) | OrderState::NotSent(_) => Concern::None,
    }
}

fn resemblance(purchase: &Purchase, new: &NewOrder<'_>, now: ClockReading) -> Option<Resemblance> {
    let intent = purchase.intent();
    let has_same_body = intent.body_hash == new.body_hash;
    let has_same_servers =
        intent.ordered.server_flavor == new.ordered.server_flavor && intent.ordered.count == new.ordered.count;
    match (concern(purchase, now), is_same_account(intent, new)) {
        (Concern::None, _) | (Concern::Placed, false) => None,
        (Concern::Open, false) => has_same_body.then_some(Resemblance::SameBody),
        (Concern::Open | Concern::Placed, true) if has_same_body => Some(Resemblance::SameBody),
        (Concern::Open, true) if intent.server_name.eq_ignore_ascii_case(new.server_name) => {
            Some(Resemblance::SameName)
        }
        (Concern::Open, true) => has_same_servers.then_some(Resemblance::SameServers),
        (Concern::Placed, true) => (intent.ordered == *new.ordered).then_some(Resemblance::SameOrder),
    }
}

/// Returns whether two orders are of one account and region, as far as the journal shows: one endpoint, and one project
/// or one profile in one region.
fn is_same_account(intent: &Intent, new: &NewOrder<'_>) -> bool {
    intent.endpoint == new.endpoint
        && (intent.project == new.project || (intent.profile == new.profile && intent.region == new.region))
}

/// The earlier orders that the user has been asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acknowledged {
    /// All of them, whether they were shown or not.
    All,
    These(BTreeSet<Uuid>),
}

impl Acknowledged {
    /// Creates the empty set: the user was not asked about any order.
    #[must_use]
    pub fn none() -> Self {
        Self::These(BTreeSet::new())
    }

    /// Returns whether the user was asked about an order.
    #[must_use]
    pub fn covers(&self, id: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}
