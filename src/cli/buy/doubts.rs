//! What a person would be asked about before an order is placed: one like it that may exist already.

use jiff::Timestamp;

use crate::api::{Cloud, HttpCloud, UNHEARD};
use crate::catalogue::{Listing, Resource};
use crate::order::text::visible;
use crate::order::{Order, matches_order_name};
use crate::purchase::intents::Twin;
use crate::purchase::{Buyer, Desk, is_listed_twin, shape_of};
use crate::words::tr;

use super::super::say;

/// What a person would be asked about first, in sentences.
pub async fn doubts(order: &Order, buyer: &Buyer, cloud: &HttpCloud, desk: &Desk) -> Vec<String> {
    let body = order.body();
    let intents = desk.intents();
    let mut doubts: Vec<String> = intents
        .twins(body.hash(), &shape_of(order), Timestamp::now())
        .iter()
        .filter(|twin| matches!(twin, Twin::Unresolved(_)) || buyer.is_at(twin.purchase().intent()))
        .map(|twin| {
            let twin = twin.purchase();
            tr!(
                "An order like this one, {name}, is {state} since {at}.",
                name = twin.intent().server_name,
                state = twin.state().name(),
                at = twin.intent().at.strftime("%Y-%m-%d %H:%M:%S UTC")
            )
        })
        .collect();
    match cloud.list(Resource::Servers, UNHEARD).await {
        Ok(listing) => doubts.extend(listed_doubts(order, &listing)),
        Err(error) => {
            let why = error.sentence();
            say::aside(&tr!("Whether the name or an order like this is there already cannot be checked: {why}", why));
        }
    }
    doubts
}

/// What the servers of the project say against the order.
fn listed_doubts(order: &Order, listing: &Listing) -> Vec<String> {
    let Listing::Servers(servers) = listing else { return Vec::new() };
    let now = Timestamp::now();
    let named = servers.iter().find(|server| matches_order_name(order.server_name(), &server.name));
    let twin = servers.iter().find(|server| is_listed_twin(server, &shape_of(order), now));
    let named =
        named.map(|server| tr!("A server of this name is there already: {name}.", name = visible(&server.name)));
    let twin = twin.map(|server| {
        tr!("The project has a server of the same flavors since a moment ago: {name}.", name = visible(&server.name))
    });
    named.into_iter().chain(twin).collect()
}
