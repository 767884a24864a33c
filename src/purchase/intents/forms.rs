//! The outcome of a call in the form it has in the journal. The compiler holds these forms against
//! the types they stand for, so that neither changes without the other.

use serde::{Deserialize, Serialize};

use crate::purchase::{NotSent, Outcome, Receipt, Refusal, Unknown};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Outcome", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum OutcomeForm {
    Accepted(#[serde(with = "ReceiptForm")] Receipt),
    #[serde(alias = "refused")]
    Rejected(#[serde(with = "RefusalForm")] Refusal),
    NotSent(NotSent),
    Unknown(Unknown),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Receipt", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the receipt, which are the cloud's")]
struct ReceiptForm {
    request_id: Option<String>,
    order_id: String,
    product_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Refusal", deny_unknown_fields)]
struct RefusalForm {
    status: u16,
    code: String,
    message: String,
    request_id: Option<String>,
}
