//! `--dry-run`: shows the request as it would be sent, without its secrets.

use serde_json::{Map, Value, json};

use crate::api::{CallRecord, HeaderRecord, HttpCloud};
use crate::bootstrap::error::AppError;
use crate::cli::print;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::order::Body;

/// Prints the request that would place the order. Credentials may have to be fetched from the cloud first; if that
/// fails, the exit code is 6.
pub async fn show(cloud: &HttpCloud, body: &Body, as_json: bool) -> Result<ExitCode, AppError> {
    let record = match cloud.dry_run(body.bytes()).await {
        Ok(record) => record,
        Err(error) => {
            print::eprint(&tr!("The call cannot be made up: {why}", why = error.sentence()));
            return Ok(ExitCode::Unknown);
        }
    };
    let CallRecord { method, origin, target, head, .. } = record;
    let url = format!("{origin}{target}");
    if as_json {
        let headers: Map<String, Value> =
            head.into_iter().map(|HeaderRecord { name, value }| (name, json!(value))).collect();
        print::json(&json!({
            "dry_run": true, "method": method, "url": url, "headers": headers, "body": body.text(), "hash": body.hash(),
        }));
        return Ok(ExitCode::Success);
    }
    print::line(&format!("{method} {url}"));
    for HeaderRecord { name, value } in head {
        print::line(&format!("{name}: {}", value.as_deref().unwrap_or("***")));
    }
    print::line("");
    print::lines(body.text());
    print::line("");
    print::line(&tr!("SHA-256 {hash}", hash = body.hash()));
    print::eprint(&tr!("Nothing was sent."));
    Ok(ExitCode::Success)
}
