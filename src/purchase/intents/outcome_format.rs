//! The outcome of a call in the form it has in the journal. The compiler checks these types against those that they
//! mirror, so that neither changes without the other.

use serde::{Deserialize, Serialize};

use crate::purchase::{NotSent, Outcome, Receipt, Rejection, Unknown};

#[derive(Serialize, Deserialize)]
#[serde(remote = "Outcome", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum StoredOutcome {
    Accepted(#[serde(with = "StoredReceipt")] Receipt),
    #[serde(alias = "refused")]
    Rejected(#[serde(with = "StoredRejection")] Rejection),
    NotSent(NotSent),
    Unknown(Unknown),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Receipt", deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "the names of the receipt, which are the cloud's")]
struct StoredReceipt {
    request_id: Option<String>,
    order_id: String,
    product_id: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Rejection", deny_unknown_fields)]
struct StoredRejection {
    status: u16,
    code: String,
    message: String,
    request_id: Option<String>,
}
