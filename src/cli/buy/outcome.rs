//! The outcome of a purchase as text, as JSON and as an exit code.

use serde_json::{Value, json};

use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::Outcome;

/// Returns the exit code for the outcome of the only call.
pub fn exit_code(outcome: &Outcome) -> ExitCode {
    match outcome {
        Outcome::Accepted(_) => ExitCode::Success,
        Outcome::Rejected(_) => ExitCode::Rejected,
        Outcome::NotSent(_) => ExitCode::NotSent,
        Outcome::Unknown(_) => ExitCode::Unknown,
    }
}

/// Returns the outcome as text; `reconcile` is the command that searches for the order.
pub fn words(outcome: &Outcome, servers: i64, reconcile: &str) -> String {
    match outcome {
        Outcome::Accepted(receipt) => tr!("ACCEPTED {id}", id = receipt.order_id),
        Outcome::Rejected(refusal) => {
            let advice = refusal.explained(Some(servers)).unwrap_or_default();
            tr!(
                "REJECTED, as reported by Huawei Cloud: {code} (HTTP {status}): {message} {advice}",
                code = refusal.code,
                status = refusal.status,
                message = refusal.message,
                advice
            )
        }
        Outcome::NotSent(not_sent) => tr!("NOT SENT: {why}", why = not_sent.message()),
        Outcome::Unknown(unknown) => {
            tr!(
                "UNKNOWN: {why}. The order may exist; `{reconcile}` searches for it",
                why = unknown.message(),
                reconcile
            )
        }
    }
}

pub fn json_of(id: Option<&str>, hash: &str, outcome: &Outcome, lost: Option<&str>) -> Value {
    let mut result = match outcome {
        Outcome::Accepted(receipt) => json!({
            "outcome": "accepted",
            "order_id": receipt.order_id,
            "request_id": receipt.request_id,
            "product_id": receipt.product_id,
        }),
        Outcome::Rejected(refusal) => json!({
            "outcome": "rejected",
            "code": refusal.code,
            "status": refusal.status,
            "message": refusal.message,
            "request_id": refusal.request_id,
        }),
        Outcome::NotSent(not_sent) => json!({
            "outcome": "not_sent",
            "reason": { "code": not_sent.reason.code(), "message": not_sent.message() },
        }),
        Outcome::Unknown(unknown) => {
            json!({
                "outcome": "unknown",
                "reason": { "code": unknown.reason.code(), "message": unknown.message() },
                "request_id": unknown.request_id,
            })
        }
    };
    if let Value::Object(members) = &mut result {
        members.insert("id".into(), json!(id));
        members.insert("hash".into(), json!(hash));
        if let Some(why) = lost {
            members.insert("journal_error".into(), json!(why));
        }
    }
    result
}
