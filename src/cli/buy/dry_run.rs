//! `--dry-run`: the call as it would be made, without its secrets.

use serde_json::{Map, Value, json};

use crate::api::{CallRecord, HeaderRecord, HttpCloud};
use crate::failure::Failure;
use crate::order::Body;
use crate::words::tr;

use super::super::{online, say};

/// Shows it; what proves the call may have to be fetched first.
pub async fn show(cloud: &HttpCloud, body: &Body, as_json: bool) -> Result<u8, Failure> {
    let record = match cloud.rehearse(body.bytes()).await {
        Ok(record) => record,
        Err(error) => {
            say::aside(&tr!("The call cannot be made up: {why}", why = error.sentence()));
            return Ok(online::UNREAD);
        }
    };
    let CallRecord { method, origin, target, head, .. } = record;
    let url = format!("{origin}{target}");
    if as_json {
        let headers: Map<String, Value> =
            head.into_iter().map(|HeaderRecord { name, value }| (name, json!(value))).collect();
        say::json(&json!({
            "dry_run": true, "method": method, "url": url, "headers": headers, "body": body.text(), "hash": body.hash(),
        }));
        return Ok(0);
    }
    say::result(&format!("{method} {url}"));
    for HeaderRecord { name, value } in head {
        say::result(&format!("{name}: {}", value.as_deref().unwrap_or("***")));
    }
    say::result("");
    say::results(body.text());
    say::result("");
    say::result(&tr!("SHA-256 {hash}", hash = body.hash()));
    say::aside(&tr!("Nothing was sent."));
    Ok(0)
}
