//! Matching of a server list against an order: which orders of the list are certainly the one searched for, which may
//! be, and why the list proves nothing if it shows nothing. Pure: the list and the journal are given, and no call is
//! made.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::intents::{
    ABSENT_WINDOW, ClockReading, Intent, Intents, OrderState, OrderedServers, Preflight, Purchase, ReadingFlaw,
    is_order_id,
};
use crate::api::{Gap, Server, ServerList};
use crate::order::matches_order_name;

/// The difference between two machines' times up to which neither counts as earlier.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

/// The result of matching a server list against an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerMatch {
    /// The orders that are certainly the one searched for, with the ids of their servers.
    pub ours: BTreeMap<String, Vec<String>>,
    /// The orders that may be the one searched for.
    pub candidates: BTreeSet<String>,
    /// The reasons why the list is not complete, or why a candidate is not certain.
    pub flaws: BTreeSet<ReadingFlaw>,
}

impl ServerMatch {
    /// Returns whether the whole list was read and has no row that matches uncertainly.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.flaws.is_empty()
    }
}

/// Matches a server list against an order.
///
/// An order of the list is certainly the one searched for if its servers have the ordered flavors and are not more than
/// were ordered, and if one of two things holds: the jobs of the request name one of the servers; or the servers have
/// the name of the order, and the check before the order was complete and found no server of that name. Servers that
/// existed before, and orders of other confirmations in this journal, never count. If no job names a server and
/// another confirmation that may have an order would fit too, the order is certain for neither.
#[must_use]
pub fn match_servers(
    intent: &Intent,
    intents: &Intents,
    list: &ServerList,
    of_request: &BTreeSet<String>,
) -> ServerMatch {
    let mut server_match =
        ServerMatch { flaws: list.gaps.iter().map(|gap| flaw_from_gap(*gap)).collect(), ..ServerMatch::default() };
    let mut by_order: BTreeMap<&str, Vec<&Server>> = BTreeMap::new();
    let known = intent.preflight.as_ref();
    // The orders of the other intents of this journal.
    let others: BTreeSet<&str> = intents
        .newest_first()
        .filter(|other| other.intent().id != intent.id)
        .flat_map(|other| other.order_ids().iter().map(String::as_str))
        .collect();
    for server in &list.servers {
        let is_of_request = of_request.contains(&server.id);
        if server.name.is_empty() && !is_of_request {
            server_match.flaws.insert(ReadingFlaw::UnreadableRows);
            continue;
        }
        if !is_of_request && !matches_order_name(&intent.server_name, &server.name) {
            if is_near(&intent.server_name, &server.name) {
                server_match.flaws.insert(ReadingFlaw::NearName);
            }
            continue;
        }
        if is_known(known, server) || server.order_id.as_deref().is_some_and(|id| others.contains(id)) {
            continue;
        }
        match match_server(intent, server, is_of_request) {
            Ok(order_id) => by_order.entry(order_id).or_default().push(server),
            Err(flaw) => drop(server_match.flaws.insert(flaw)),
        }
    }
    let fresh = known.is_some_and(|known| known.server_ids.is_empty());
    for (order_id, servers) in by_order {
        let is_named = servers.iter().any(|server| of_request.contains(&server.id));
        let flaw = if i64::try_from(servers.len()).is_ok_and(|count| count > intent.ordered.count) {
            Some(ReadingFlaw::TooManyServers)
        } else if is_named {
            None
        } else if fits_another(intent, intents, &servers) {
            Some(ReadingFlaw::OtherOrder)
        } else if fresh {
            None
        } else {
            Some(if known.is_some() { ReadingFlaw::NameExisted } else { ReadingFlaw::NoPreflight })
        };
        match flaw {
            None => {
                let ids = servers.iter().map(|server| server.id.clone()).collect();
                server_match.ours.insert(order_id.to_owned(), ids);
            }
            Some(flaw) => {
                server_match.flaws.insert(flaw);
                server_match.candidates.insert(order_id.to_owned());
            }
        }
    }
    server_match
}

/// Returns whether the servers of an order fit another intent of this journal too, which may have an order but has no
/// known one.
fn fits_another(intent: &Intent, intents: &Intents, servers: &[&Server]) -> bool {
    let fits = |other: &Intent| {
        let can_be = |server: &&Server| {
            matches_order_name(&other.server_name, &server.name)
                && !is_known(other.preflight.as_ref(), server)
                && has_flavors(&other.ordered, server)
        };
        other.endpoint == intent.endpoint
            && other.project == intent.project
            && i64::try_from(servers.len()).is_ok_and(|count| count <= other.ordered.count)
            && servers.iter().all(can_be)
    };
    let mut others = intents.newest_first().filter(|other| other.intent().id != intent.id);
    others.any(|other| may_have_another(other, intent) && fits(other.intent()))
}

/// Returns whether `other` may have an order although none is known. That it was rejected, not found or not placed is
/// no proof if it was sent less than 7 days before `intent` was confirmed.
fn may_have_another(other: &Purchase, intent: &Intent) -> bool {
    let is_recent = other.sent_at().is_none_or(|sent| intent.confirmed().least_since(sent) <= ABSENT_WINDOW);
    other.order_ids().is_empty()
        && match other.state() {
            OrderState::Ready | OrderState::Sending | OrderState::Unknown(_) => true,
            OrderState::Rejected(_) | OrderState::NotFound | OrderState::NotPlaced => is_recent,
            OrderState::Accepted(_) | OrderState::NotSent(_) | OrderState::Found { .. } | OrderState::Conflict => false,
        }
}

/// Returns the servers and orders that exist under a server name before an order; `None` if the list may be incomplete.
#[must_use]
pub fn preflight(server_name: &str, list: &ServerList) -> Option<Preflight> {
    let of_name = |server: &&Server| matches_order_name(server_name, &server.name);
    let is_whole = list.gaps.is_empty() && list.servers.iter().all(|server| !server.name.is_empty());
    is_whole.then(|| Preflight {
        server_ids: list.servers.iter().filter(of_name).map(|server| server.id.clone()).collect(),
        order_ids: list.servers.iter().filter(of_name).filter_map(|server| server.order_id.clone()).collect(),
    })
}

/// Returns why an order id given by the user does not fit the order, according to a list that shows it; `None` if the
/// list does not contradict it.
#[must_use]
pub fn contradicting_flaw(intent: &Intent, list: &ServerList, order_id: &str) -> Option<ReadingFlaw> {
    let of_order: Vec<&Server> =
        list.servers.iter().filter(|server| server.order_id.as_deref() == Some(order_id)).collect();
    let other_name = of_order.iter().any(|server| !matches_order_name(&intent.server_name, &server.name));
    if of_order.iter().any(|server| !has_flavors(&intent.ordered, server)) {
        Some(ReadingFlaw::OtherFlavors)
    } else if i64::try_from(of_order.len()).is_ok_and(|count| count > intent.ordered.count) {
        Some(ReadingFlaw::TooManyServers)
    } else {
        other_name.then_some(ReadingFlaw::NearName)
    }
}

/// Returns whether a listed server has the ordered flavors and was created in the last 15 minutes, so that a new order
/// may repeat the one that created it.
#[must_use]
pub fn is_listed_duplicate(server: &Server, ordered: &OrderedServers, now: ClockReading) -> bool {
    let now = now.server_time().unwrap_or(now.at);
    has_flavors(ordered, server)
        && created(server).is_some_and(|made| now.duration_since(made) <= super::intents::DUPLICATE_WINDOW)
}

fn flaw_from_gap(gap: Gap) -> ReadingFlaw {
    match gap {
        Gap::UnreadableRows => ReadingFlaw::UnreadableRows,
        Gap::OtherStatus => ReadingFlaw::OtherStatus,
        Gap::Cached => ReadingFlaw::Cached,
        Gap::NoList => ReadingFlaw::NoList,
    }
}

/// Returns the id of the order that created a server if that order can be this one, or else the flaw.
fn match_server<'a>(intent: &Intent, server: &'a Server, is_of_request: bool) -> Result<&'a str, ReadingFlaw> {
    let order_id = server.order_id.as_deref().filter(|order_id| !order_id.is_empty()).ok_or(ReadingFlaw::NoOrderId)?;
    if !is_order_id(order_id) {
        return Err(ReadingFlaw::BadOrderId);
    }
    if !has_flavors(&intent.ordered, server) {
        return Err(ReadingFlaw::OtherFlavors);
    }
    // A name that was free needs no times, which hang on two clocks.
    let is_fresh = intent.preflight.as_ref().is_some_and(|known| known.server_ids.is_empty());
    if !is_fresh && !is_of_request && is_older(intent, server) {
        return Err(ReadingFlaw::OlderThanOrder);
    }
    Ok(order_id)
}

fn is_known(known: Option<&Preflight>, server: &Server) -> bool {
    let has_order = |known: &Preflight| server.order_id.as_ref().is_some_and(|id| known.order_ids.contains(id));
    known.is_some_and(|known| known.server_ids.contains(&server.id) || has_order(known))
}

fn has_flavors(ordered: &OrderedServers, server: &Server) -> bool {
    server.server_flavor.as_deref() == Some(&ordered.server_flavor)
        && server.phone_flavor.as_deref() == Some(&ordered.phone_flavor)
}

fn created(server: &Server) -> Option<Timestamp> {
    server.created.as_deref()?.parse().ok()
}

/// Returns whether a server was created before its order can have been placed, with a tolerance of 5 minutes. A server
/// without a creation time does not count as older.
fn is_older(intent: &Intent, server: &Server) -> bool {
    let confirmed = intent.confirmed();
    let confirmed = confirmed.server_time().unwrap_or(confirmed.at);
    created(server).is_some_and(|created| created.duration_since(confirmed) < -CLOCK_TOLERANCE)
}

/// Returns whether a listed name matches the name of the order once letter case, and `_` for `-`, are ignored.
fn is_near(name: &str, listed: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('_', "-");
    matches_order_name(&plain(name), &plain(listed))
}
