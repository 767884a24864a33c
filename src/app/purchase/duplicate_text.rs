//! Sentences about earlier orders that may be the one about to be placed.

use jiff::Timestamp;

use crate::i18n::tr;
use crate::purchase::intents::{LikelyDuplicate, OrderState, Purchase, Resemblance};
use crate::text::sanitize::visible;

/// Returns a sentence about the reason why an earlier order may be the same one.
#[must_use]
pub fn duplicate_sentence(found: &LikelyDuplicate) -> String {
    let (name, state) = (visible(&found.purchase.intent().server_name), state_since(found.purchase));
    match found.resemblance {
        Resemblance::SameBody => tr!("The same order, {name}, {state}.", name, state),
        Resemblance::SameName => tr!("An order with this server name, {name}, {state}.", name, state),
        Resemblance::SameServers => tr!("An order of the same server flavor and count, {name}, {state}.", name, state),
        Resemblance::SameOrder => tr!("An order of the same flavors, image and count, {name}, {state}.", name, state),
    }
}

/// Returns the state of an order and its time, as the end of a sentence.
fn state_since(purchase: &Purchase) -> String {
    let (state, at) = (purchase.state().name(), utc(purchase.state_since()));
    match purchase.state() {
        OrderState::Conflict => tr!("has been in {state} since {at}", state, at),
        OrderState::Ready
        | OrderState::Sending
        | OrderState::Unknown(_)
        | OrderState::NotFound
        | OrderState::NotPlaced
        | OrderState::NotSent(_) => tr!("has been {state} since {at}", state, at),
        OrderState::Accepted(_) | OrderState::Rejected(_) | OrderState::Found { .. } => {
            tr!("was {state} at {at}", state, at)
        }
    }
}

/// Formats a time in UTC, to the second.
pub(in crate::app) fn utc(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
