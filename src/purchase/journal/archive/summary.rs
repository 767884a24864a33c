//! The summary of an order, as lists show it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::purchase::intents::{OrderState, Purchase};
use crate::purchase::open_reasons;
use crate::text::sanitize::visible;

/// An order without its body and its records. The fields are the members of `orders list --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderSummary {
    pub id: Uuid,
    pub at: Timestamp,
    pub state: String,
    /// The source of the finding, `reading` or `user`; only for an order that is FOUND.
    pub by: Option<String>,
    /// The reason why the outcome is unknown, if it is.
    pub reason: Option<SummaryReason>,
    pub server_name: String,
    pub order_ids: Vec<String>,
    pub profile: String,
    pub endpoint: String,
    pub region: String,
    pub project: String,
    pub server_flavor: String,
    pub phone_flavor: String,
    pub image_id: String,
    pub count: i64,
    pub pays_now: bool,
    pub hash: String,
}

/// The reason why the outcome of an order is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SummaryReason {
    pub code: String,
    /// One sentence, in the current language.
    pub message: String,
}

impl OrderSummary {
    #[must_use]
    pub fn from_purchase(purchase: &Purchase) -> Self {
        let intent = purchase.intent();
        let reason = open_reasons(purchase).into_iter().next();
        Self {
            id: intent.id,
            at: intent.at,
            state: purchase.state().name().to_owned(),
            by: if let OrderState::Found { by } = purchase.state() { Some(by.code().to_owned()) } else { None },
            reason: reason.map(|reason| SummaryReason { code: reason.code.to_owned(), message: reason.message }),
            server_name: intent.server_name.clone(),
            order_ids: purchase.order_ids().iter().map(|id| visible(id).into_owned()).collect(),
            profile: intent.profile.clone(),
            endpoint: intent.endpoint.clone(),
            region: intent.region.clone(),
            project: intent.project.clone(),
            server_flavor: intent.ordered.server_flavor.clone(),
            phone_flavor: intent.ordered.phone_flavor.clone(),
            image_id: intent.ordered.image_id.clone(),
            count: intent.ordered.count,
            pays_now: intent.pays_now,
            hash: intent.body_hash.clone(),
        }
    }
}
