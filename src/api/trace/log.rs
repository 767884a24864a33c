//! Logs calls, from records that hold no secret in the first place. Headers and bodies are logged at debug level only.
//! The log is in English in every language setting.

use tracing::{Level, debug, enabled, info, warn};

use super::record::{CallRecord, Excerpt, HeaderRecord, ResponseRecord};
use crate::api::http::retry_policy::RetryNotice;
use crate::i18n::{Language, with_language};
use crate::text::sanitize::brief;

/// The target by which the lines of the log are filtered.
const TARGET: &str = "cph_wizard::api";

/// URL parameters whose values may appear in the log: they select from lists, and none authenticates anything.
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

/// The most characters of a body that are logged below trace level.
const MAX_BODY_CHARS: usize = 8 << 10;

/// Returns whether the log is enabled for calls.
pub(super) fn is_on() -> bool {
    enabled!(target: TARGET, Level::INFO)
}

/// Logs a call that has ended, as a warning if it failed; `trouble` is in English.
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

/// Logs that a read is about to be retried.
pub(in crate::api) fn log_retry(notice: &RetryNotice) {
    if is_on() {
        let RetryNotice { attempt, max_attempts, pause, reason } = notice;
        let why = with_language(Language::English, || reason.sentence());
        let ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        warn!(target: TARGET, attempt, of = max_attempts, pause_ms = ms, why, "again");
    }
}

/// Returns the id under which the cloud's support finds a call.
fn request_id(answer: &ResponseRecord) -> Option<&str> {
    let named = |name: &str| answer.head.iter().find(|header| header.name == name)?.value.as_deref();
    named("x-request-id").or_else(|| named("x-iam-trace-id"))
}

/// Returns a path with its query, in which only harmless values are kept.
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
