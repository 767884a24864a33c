//! The checks before an order is placed: earlier orders that it may repeat, and existing servers. The same read of the
//! server list verifies rejections that Huawei Cloud has only reported so far.

use std::collections::BTreeSet;

use jiff::Timestamp;
use uuid::Uuid;

use crate::api::{Cloud, HttpCloud, NO_OBSERVER, ServerList};
use crate::app::PossibleDuplicate;
use crate::clock;
use crate::i18n::tr;
use crate::order::{Order, matches_order_name};
use crate::purchase::intents::{ClockReading, Preflight};
use crate::purchase::{Buyer, PurchaseService, Reconciled, is_listed_duplicate, ordered_servers, preflight};
use crate::text::sanitize::visible;

use crate::cli::print;

/// The result of the checks before an order.
pub struct DuplicateCheck {
    /// Possible duplicates. The user has to accept them before the order is placed.
    pub duplicates: Vec<PossibleDuplicate>,
    /// The orders of the journal among them.
    pub orders: BTreeSet<Uuid>,
    /// The existing servers and orders with the server name; `None` if the list was not read completely.
    pub preflight: Option<Preflight>,
}

/// Searches the journal and the servers of the project for orders that this one may repeat. If the server list cannot
/// be read, says so on standard error and returns no `preflight`.
pub async fn check_duplicates(
    order: &Order,
    buyer: &Buyer,
    cloud: &HttpCloud,
    service: &PurchaseService,
) -> DuplicateCheck {
    let began = clock::now();
    let list = cloud.all_servers(Some(NO_OBSERVER)).await;
    if let Ok(list) = &list {
        check_rejections(buyer, service, (list, began)).await;
    }
    let now = ClockReading { at: clock::now(), ahead: cloud.clock_ahead() };
    let (body, history) = (order.body(), service.history());
    let found = buyer.duplicates(history.intents(), (order.server_name(), &ordered_servers(order), body.hash()), now);
    let orders = found.iter().map(|found| found.purchase.intent().id).collect();
    let mut duplicates: Vec<PossibleDuplicate> = found.iter().map(PossibleDuplicate::of_order).collect();
    let preflight = match list {
        Ok(list) => {
            duplicates.extend(listed_duplicates(order, &list, now));
            preflight(order.server_name(), &list)
        }
        Err(error) => {
            let why = error.sentence();
            print::eprint(&tr!(
                "Whether the name or an order like this is there already cannot be checked: {why}",
                why
            ));
            None
        }
    };
    DuplicateCheck { duplicates, orders, preflight }
}

/// Records the read of the server list for every order of this account whose rejection was only reported so far, and
/// reports a conflict on standard error.
async fn check_rejections(buyer: &Buyer, service: &PurchaseService, (list, began): (&ServerList, Timestamp)) {
    let history = service.history();
    let due = history.intents().newest_first().filter(|purchase| purchase.is_check_due());
    let due: Vec<Uuid> = due.map(|purchase| purchase.intent().id).collect();
    for id in due {
        if let Reconciled::Conflict { order_ids } = service.record_reading(buyer, id, (list.clone(), began)).await {
            let ids = order_ids.iter().map(|id| visible(id).into_owned()).collect::<Vec<_>>().join(", ");
            let short: String = id.to_string().chars().take(8).collect();
            print::eprint(&tr!("CONFLICT: order {short} was reported as rejected, and {ids} exists.", short, ids));
        }
    }
}

/// Returns the duplicates in the server list: a server with the name of the order, and a recent server with the same
/// flavors.
fn listed_duplicates(order: &Order, list: &ServerList, now: ClockReading) -> Vec<PossibleDuplicate> {
    let named = list.servers.iter().find(|server| matches_order_name(order.server_name(), &server.name));
    let similar = list.servers.iter().find(|server| is_listed_duplicate(server, &ordered_servers(order), now));
    let named = named.map(|server| PossibleDuplicate::NamedServer { name: server.name.clone() });
    let similar = similar.map(|server| PossibleDuplicate::SimilarServer { name: server.name.clone() });
    named.into_iter().chain(similar).collect()
}
