//! What the log says of a call: the record that holds no secret from the start. Its bodies are written at debug and not
//! above. The log is in English, whatever language is spoken.

use tracing::{Level, debug, enabled, info, warn};

use super::record::{CallRecord, Excerpt, HeaderRecord, ResponseRecord};
use crate::api::http::retry_policy::RetryNotice;
use crate::i18n::{Language, with_language};
use crate::text::sanitize::brief;

/// What the lines are filtered by.
const TARGET: &str = "cph_wizard::api";

/// Parameters of addresses whose values may stand in a log: lists are read by them, and none of them proves anything.
const SAFE_NAMES: [&str; 12] = [
    "limit",
    "offset",
    "start",
    "marker",
    "nocatalog",
    "name",
    "server_name",
    "request_id",
    "type",
    "image_type",
    "sort_key",
    "sort_dir",
];

/// As many characters of a body stand in a log, but at trace.
const MAX_BODY_CHARS: usize = 8 << 10;

/// Whether anybody reads it.
pub(super) fn is_on() -> bool {
    enabled!(target: TARGET, Level::INFO)
}

/// A call that has ended; `trouble` is in English.
pub(super) fn log_call(record: &CallRecord, trouble: Option<&str>) {
    let CallRecord { started: _, took, method, origin, target, scheme, head, body, answer, trouble: _, is_purchase } =
        record;
    let status = answer.as_ref().map(|answer| answer.status);
    let path = path_of(target);
    let request_id = answer.as_ref().and_then(request_id);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let what = if *is_purchase { "purchase" } else { "call" };
    if trouble.is_some() || status.is_none_or(|status| status >= 400) {
        warn!(target: TARGET, method, origin, path, ?scheme, status, ms, request_id, trouble, "{what}");
    } else {
        info!(target: TARGET, method, origin, path, ?scheme, status, ms, request_id, trouble, "{what}");
    }
    if enabled!(target: TARGET, Level::DEBUG) {
        let answered = answer.as_ref();
        detail("sent", head, body.as_ref());
        detail(
            "answered",
            answered.map_or(&[], |answer| &answer.head),
            answered.and_then(|answer| answer.body.as_ref()),
        );
    }
}

fn detail(what: &str, head: &[HeaderRecord], body: Option<&Excerpt>) {
    let head: Vec<String> =
        head.iter().map(|header| format!("{}: {}", header.name, header.value.as_deref().unwrap_or("***"))).collect();
    let most = if enabled!(target: TARGET, Level::TRACE) { usize::MAX } else { MAX_BODY_CHARS };
    // Our own bodies have many lines.
    let text = body.map(|body| brief(&body.text.lines().map(str::trim).collect::<Vec<_>>().join(" "), most));
    let size = body.map(|body| u64::try_from(body.size).unwrap_or(u64::MAX));
    debug!(target: TARGET, head = head.join("; "), size, body = text, "{what}");
}

/// A read that is about to be made again.
pub(in crate::api) fn log_retry(notice: &RetryNotice) {
    if is_on() {
        let RetryNotice { attempt, max_attempts, pause, reason } = notice;
        let why = with_language(Language::English, || reason.sentence());
        let ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        warn!(target: TARGET, attempt, of = max_attempts, pause_ms = ms, why, "again");
    }
}

/// The id by which the cloud's support finds a call.
fn request_id(answer: &ResponseRecord) -> Option<&str> {
    let named = |name: &str| answer.head.iter().find(|header| header.name == name)?.value.as_deref();
    named("x-request-id").or_else(|| named("x-iam-trace-id"))
}

/// A path with its query, in which only harmless values are kept.
fn path_of(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let kept = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if !SAFE_NAMES.contains(&name) => format!("{name}=***"),
        Some(_) => pair.to_owned(),
        None if SAFE_NAMES.contains(&pair) => pair.to_owned(),
        None => "***".to_owned(),
    });
    format!("{path}?{}", kept.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_query_are_kept_by_a_list() {
        for (target, kept) in [
            ("/v1/p/phones", "/v1/p/phones"),
            ("/v1/p/phones?limit=1&offset=2", "/v1/p/phones?limit=1&offset=2"),
            ("/v1?X-Sdk-Token=abc&limit=1", "/v1?X-Sdk-Token=***&limit=1"),
            ("/v1?secret", "/v1?***"),
        ] {
            assert_eq!(path_of(target), kept);
        }
    }
}
