//! Sentences about an order whose outcome is open, built from the recorded facts in the current language.

use std::collections::BTreeSet;

use super::intents::{OrderState, Purchase, ReadingFlaw};
use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;

impl ReadingFlaw {
    /// Returns the stable code of the flaw for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnreadableRows => "unreadable_rows",
            Self::OtherStatus => "other_status",
            Self::Cached => "cached",
            Self::NoList => "no_list",
            Self::NearName => "near_name",
            Self::NoOrderId => "no_order_id",
            Self::BadOrderId => "bad_order_id",
            Self::OlderThanOrder => "older_than_order",
            Self::OtherFlavors => "other_flavors",
            Self::TooManyServers => "too_many_servers",
            Self::NameExisted => "name_existed",
            Self::NoPreflight => "no_preflight",
            Self::OtherOrder => "other_order",
        }
    }

    /// Returns a description of the flaw as part of a sentence, in the current language.
    #[must_use]
    pub fn words(self) -> &'static str {
        i18n::t(match self {
            Self::UnreadableRows => phrase!("the list has a server without an id or a name"),
            Self::OtherStatus => phrase!("the list did not come with status 200"),
            Self::Cached => phrase!("the list came from a cache and is more than a minute old"),
            Self::NoList => phrase!("the answer has no list"),
            Self::NearName => phrase!("a server has a similar name"),
            Self::NoOrderId => phrase!("a server of this name has no order id"),
            Self::BadOrderId => phrase!("a server of this name has an invalid order id"),
            Self::OlderThanOrder => phrase!("a server of this name is older than the order"),
            Self::OtherFlavors => phrase!("its servers have other flavors"),
            Self::TooManyServers => phrase!("it has more servers than were ordered"),
            Self::NameExisted => phrase!("a server of this name existed before"),
            Self::NoPreflight => phrase!("the servers that existed before the order are not known"),
            Self::OtherOrder => phrase!("they may belong to another order of this name that may exist"),
        })
    }
}

/// A reason why the outcome of an order is open, for users and for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenReason {
    /// A stable code.
    pub code: &'static str,
    /// One sentence, in the current language.
    pub message: String,
}

/// Returns the reasons why it is not known yet whether an UNKNOWN order exists, the most important one first; empty in
/// any other state.
#[must_use]
pub fn open_reasons(purchase: &Purchase) -> Vec<OpenReason> {
    if !matches!(purchase.state(), OrderState::Unknown(_)) {
        return Vec::new();
    }
    let mut reasons = Vec::new();
    reasons.extend(candidates_sentence(purchase).map(|message| OpenReason { code: "candidates", message }));
    reasons.push(OpenReason {
        code: "server_list_shows_no_unpaid_orders",
        message: tr!("The server list never shows unpaid orders, so it cannot prove that this order does not exist."),
    });
    reasons
}

/// Returns a sentence about the orders in the last reading that may be this one; `None` if there are none.
#[must_use]
pub fn candidates_sentence(purchase: &Purchase) -> Option<String> {
    let ids = joined(purchase.candidates());
    (!ids.is_empty()).then(|| tr!("The server list shows {ids}, which may be this order or another one.", ids))
}

/// Returns a sentence that says why an order is in CONFLICT: more than one order was found for it, or one although it
/// was reported as rejected.
#[must_use]
pub fn conflict_sentence(order_ids: &BTreeSet<String>) -> String {
    let ids = joined(order_ids);
    match order_ids.len() {
        0 | 1 => tr!("Huawei Cloud reported a rejection, but order {ids} exists.", ids),
        number => tr!("{number} orders exist for one confirmation: {ids}.", number, ids),
    }
}

fn joined(order_ids: &BTreeSet<String>) -> String {
    let ids: Vec<String> = order_ids.iter().map(|id| visible(id).into_owned()).collect();
    ids.join(i18n::t(phrase!(", ")))
}
