//! The access log: the received requests, and one line of text for each. The newest requests are kept; purchases, which
//! tests count, are kept far longer than reads.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::route::{self, Operation};

/// The default number of requests to keep.
pub(in crate::simulator) const KEPT: usize = 10_000;
/// The factor by which more purchases are kept than other requests.
const PURCHASES: usize = 10;
/// The longest path and the longest method to keep, in characters.
const KEPT_CHARACTERS: usize = 2_000;
/// The longest method and path in a line, in characters.
const PATH_CHARACTERS: usize = 200;
/// Parts of the names of query members whose values are kept out of the log.
const SECRET: [&str; 5] = ["token", "password", "secret", "signature", "credential"];

/// One received request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLogEntry {
    /// The method as received.
    pub method: String,
    /// The path with its query, at most 2,000 characters. The values of secret members are replaced by `...`.
    pub path: String,
    /// The credentials of the request: `token`, `key FAKEAK…0001` with the middle of the access key left out, or
    /// `none`. They are not yet verified; the status shows whether they were accepted.
    pub by: String,
    /// The number of bytes of the body that arrived.
    pub body_bytes: usize,
    /// The status of the response; `None` before the response, and for good if the connection was reset or no response
    /// was sent.
    pub status: Option<u16>,
}

/// A callback for the line of each request.
pub(in crate::simulator) type Listener = Box<dyn Fn(&str) + Send + Sync>;

/// The newest requests, in the order in which their heads arrived.
pub(in crate::simulator) struct AccessLog {
    state: Mutex<LogState>,
    listener: Option<Listener>,
    /// The number of requests to keep, not counting purchases.
    kept: usize,
}

#[derive(Default)]
struct LogState {
    /// The number of all requests so far.
    requests: u64,
    /// The number of purchases among them.
    purchases: u64,
    others_kept: VecDeque<(u64, AccessLogEntry)>,
    purchases_kept: VecDeque<(u64, AccessLogEntry)>,
}

impl LogState {
    fn kept(&mut self, is_purchase: bool) -> &mut VecDeque<(u64, AccessLogEntry)> {
        if is_purchase { &mut self.purchases_kept } else { &mut self.others_kept }
    }
}

impl AccessLog {
    pub(in crate::simulator) fn new(listener: Option<Listener>, kept: usize) -> Self {
        Self { state: Mutex::default(), listener, kept }
    }

    pub(in crate::simulator) fn entries(&self) -> Vec<AccessLogEntry> {
        let state = self.state();
        let mut all: Vec<_> = state.others_kept.iter().chain(&state.purchases_kept).cloned().collect();
        drop(state);
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Returns the number of all requests so far, including those no longer kept.
    pub(in crate::simulator) fn requests(&self) -> u64 {
        self.state().requests
    }

    /// Returns the number of all purchases so far, accepted or not.
    pub(in crate::simulator) fn purchases(&self) -> u64 {
        self.state().purchases
    }

    /// Adds an entry for a request. When the returned record is dropped, it passes its line to the listener, so no
    /// request is missed.
    pub(in crate::simulator) fn open(&self, method: &str, path: &str, by: String) -> PendingEntry<'_> {
        let place = path.split_once('?').map_or(path, |(place, _)| place);
        let is_purchase = route::find(method, place).is_some_and(|route| route.operation == Operation::Purchase);
        let (method, path) = (shortened(method), shortened(&without_secrets(path)));
        let entry = AccessLogEntry { method, path, by, body_bytes: 0, status: None };
        let most = if is_purchase { self.kept.saturating_mul(PURCHASES) } else { self.kept };
        let mut state = self.state();
        let number = state.requests;
        state.requests += 1;
        state.purchases += u64::from(is_purchase);
        let kept = state.kept(is_purchase);
        kept.push_back((number, entry.clone()));
        while kept.len() > most {
            kept.pop_front();
        }
        PendingEntry { log: self, number, is_purchase, entry, order: None, since: Instant::now(), told: false }
    }

    fn state(&self) -> MutexGuard<'_, LogState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The log entry of a request without a complete response.
pub(in crate::simulator) struct PendingEntry<'log> {
    log: &'log AccessLog,
    number: u64,
    is_purchase: bool,
    entry: AccessLogEntry,
    order: Option<String>,
    since: Instant,
    told: bool,
}

impl PendingEntry<'_> {
    pub(in crate::simulator) fn came(&mut self, body_bytes: usize) {
        self.entry.body_bytes = body_bytes;
        self.write();
    }

    pub(in crate::simulator) fn placed(&mut self, order_id: &str) {
        self.order = Some(order_id.to_owned());
    }

    pub(in crate::simulator) fn answered(&mut self, status: u16) {
        self.entry.status = Some(status);
        self.write();
    }

    /// Passes the line to the listener, unless that was done before.
    pub(in crate::simulator) fn tell(&mut self) {
        if self.told {
            return;
        }
        self.told = true;
        if let Some(listener) = &self.log.listener {
            listener(&line(&self.entry, self.order.as_deref(), self.since.elapsed()));
        }
    }

    /// Updates the entry in the log, unless the log no longer keeps it.
    fn write(&self) {
        let mut state = self.log.state();
        let kept = state.kept(self.is_purchase);
        if let Ok(place) = kept.binary_search_by_key(&self.number, |(number, _)| *number)
            && let Some((_, entry)) = kept.get_mut(place)
        {
            entry.clone_from(&self.entry);
        }
    }
}

impl Drop for PendingEntry<'_> {
    fn drop(&mut self) {
        self.tell();
    }
}

fn line(entry: &AccessLogEntry, order: Option<&str>, elapsed: Duration) -> String {
    let status = entry.status.map_or_else(|| "unanswered".to_owned(), |status| status.to_string());
    let order = order.map(|order| format!(" {order}")).unwrap_or_default();
    let (method, path, by) = (printable(&entry.method), printable(&entry.path), by_in_ascii(&entry.by));
    format!("{method} {path} {status}{order} by {by} {} ms", elapsed.as_millis())
}

fn shortened(text: &str) -> String {
    text.chars().take(KEPT_CHARACTERS).collect()
}

/// Replaces the values of secret members of the query by `...`.
fn without_secrets(path: &str) -> String {
    let Some((place, query)) = path.split_once('?') else {
        return path.to_owned();
    };
    let is_secret = |name: &str| SECRET.iter().any(|part| name.to_ascii_lowercase().contains(part));
    let member = |member: &str| match member.split_once('=') {
        Some((name, _)) if is_secret(name) => format!("{name}=..."),
        Some(_) | None => member.to_owned(),
    };
    format!("{place}?{}", query.split('&').map(member).collect::<Vec<_>>().join("&"))
}

/// Formats the credentials in ASCII, with `...` for the omitted part.
fn by_in_ascii(by: &str) -> String {
    by.split(' ').map(|word| printable(&word.replace('…', "..."))).collect::<Vec<_>>().join(" ")
}

/// Replaces every character that is not a visible ASCII character by U+FFFD, since a terminal might interpret or hide
/// it, and cuts the text to `PATH_CHARACTERS`.
fn printable(text: &str) -> String {
    text.chars()
        .take(PATH_CHARACTERS)
        .map(|character| if character.is_ascii_graphic() { character } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::{AccessLog, KEPT, PURCHASES};

    #[test]
    fn a_request_is_told_once_with_what_became_of_it() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&lines);
        let log = AccessLog::new(
            Some(Box::new(move |line| {
                sink.lock().expect("lines").push(line.to_owned());
            })),
            KEPT,
        );
        let mut record = log.open("POST", "/a\u{1b}[2J", "key FAKEAK…0001".to_owned());
        record.came(7);
        record.placed("CS1");
        record.answered(200);
        record.tell();
        drop(record);
        drop(log.open("GET", "/b?a=1&X-Security-Token=abc&c", "none".to_owned()));
        let lines = lines.lock().expect("lines");
        assert_eq!(lines.len(), 2);
        assert!(
            lines[0].starts_with("POST /a\u{fffd}[2J 200 CS1 by key FAKEAK...0001 ") && lines[0].ends_with(" ms"),
            "{lines:?}"
        );
        assert!(lines[1].starts_with("GET /b?a=1&X-Security-Token=...&c unanswered by none "), "{lines:?}");
        let entries = log.entries();
        assert_eq!((entries[0].body_bytes, entries[0].status), (7, Some(200)));
        assert_eq!((entries[1].status, entries[0].by.as_str()), (None, "key FAKEAK…0001"));
        assert!(!entries[1].path.contains("abc"), "{entries:?}");
    }

    #[test]
    fn the_newest_requests_are_kept_and_all_are_counted() {
        let log = AccessLog::new(None, 3);
        let purchase = "/v1/p/cloud-phone/phones?x=1";
        let mut first = log.open("POST", purchase, "token".to_owned());
        let mut read = log.open("GET", "/v1/p/cloud-phone/phones", "token".to_owned());
        for place in 0..100 {
            drop(log.open("GET", &format!("/{place}"), "none".to_owned()));
        }
        first.answered(200);
        read.answered(200);
        let entries = log.entries();
        let paths: Vec<_> = entries.iter().map(|entry| entry.path.as_str()).collect();
        assert_eq!(paths, [purchase, "/97", "/98", "/99"]);
        assert_eq!((entries[0].status, entries[1].status), (Some(200), None), "each answer is of its own request");
        assert_eq!((log.requests(), log.purchases()), (102, 1));
        for _ in 0..3 * PURCHASES {
            drop(log.open("POST", "/v1/p/cloud-phone/phones", "none".to_owned()));
        }
        let purchases = log.entries().iter().filter(|entry| entry.method == "POST").count();
        assert_eq!((purchases, log.purchases()), (3 * PURCHASES, 31));
    }

    #[test]
    fn no_entry_is_longer_than_a_few_kilobytes() {
        let log = AccessLog::new(None, 3);
        drop(log.open(&"A".repeat(50_000), &format!("/{}", "b".repeat(50_000)), "none".to_owned()));
        let entries = log.entries();
        assert_eq!((entries[0].method.len(), entries[0].path.len()), (2_000, 2_000));
    }
}
