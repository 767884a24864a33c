//! What came over the wire, request by request, and the one line that is said about each.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The longest path that a line repeats.
const PATH_CHARACTERS: usize = 200;
/// What the names of members of a query contain that must not be repeated.
const SECRET: [&str; 5] = ["token", "password", "secret", "signature", "credential"];

/// One request that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireEntry {
    /// Method as it was written.
    pub method: String,
    /// Path with its query.
    pub path: String,
    /// What the request showed to be let in: `token`, `key FAKEAK…0001` with the middle of the access key left out,
    /// or `none`. Whether that was enough is said by the status.
    pub by: String,
    /// How many bytes of body came.
    pub body_bytes: usize,
    /// Status of the answer; `None` while there is none, and for ever when the connection was cut.
    pub status: Option<u16>,
}

/// Who is told about each request.
pub(super) type Listener = Box<dyn Fn(&str) + Send + Sync>;

/// All requests, in the order in which their heads arrived.
#[derive(Default)]
pub(super) struct WireLog {
    entries: Mutex<Vec<WireEntry>>,
    listener: Option<Listener>,
}

impl WireLog {
    pub(super) fn new(listener: Option<Listener>) -> Self {
        Self { entries: Mutex::default(), listener }
    }

    pub(super) fn entries(&self) -> Vec<WireEntry> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the record of a request. It tells the listener when it is dropped, so that no request goes unsaid.
    pub(super) fn open(&self, method: &str, path: &str, by: String) -> Record<'_> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let (method, path) = (method.to_owned(), without_secrets(path));
        entries.push(WireEntry { method, path, by, body_bytes: 0, status: None });
        Record { log: self, index: entries.len() - 1, order: None, since: Instant::now(), told: false }
    }
}

/// The record of one request that is being answered.
pub(super) struct Record<'log> {
    log: &'log WireLog,
    index: usize,
    order: Option<String>,
    since: Instant,
    told: bool,
}

impl Record<'_> {
    pub(super) fn came(&self, body_bytes: usize) {
        self.change(|entry| entry.body_bytes = body_bytes);
    }

    pub(super) fn placed(&mut self, order_id: &str) {
        self.order = Some(order_id.to_owned());
    }

    pub(super) fn answered(&self, status: u16) {
        self.change(|entry| entry.status = Some(status));
    }

    /// Tells the listener now; it is told once only.
    pub(super) fn tell(&mut self) {
        if self.told {
            return;
        }
        self.told = true;
        if let Some(listener) = &self.log.listener {
            let entries = self.log.entries.lock().unwrap_or_else(PoisonError::into_inner);
            let entry = entries.get(self.index).cloned();
            // The listener may look at the log itself, so the lock must be free by then.
            drop(entries);
            if let Some(entry) = entry {
                listener(&line(&entry, self.order.as_deref(), self.since.elapsed()));
            }
        }
    }

    fn change(&self, change: impl FnOnce(&mut WireEntry)) {
        let mut entries = self.log.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get_mut(self.index) {
            change(entry);
        }
    }
}

impl Drop for Record<'_> {
    fn drop(&mut self) {
        self.tell();
    }
}

fn line(entry: &WireEntry, order: Option<&str>, elapsed: Duration) -> String {
    let status = entry.status.map_or_else(|| "unanswered".to_owned(), |status| status.to_string());
    let order = order.map(|order| format!(" {order}")).unwrap_or_default();
    let (method, path, by) = (printable(&entry.method), printable(&entry.path), by_in_ascii(&entry.by));
    format!("{method} {path} {status}{order} by {by} {} ms", elapsed.as_millis())
}

/// The path with nothing after the names of members of the query that sound secret.
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

/// What was shown, with three dots of ASCII for the part that was left out.
fn by_in_ascii(by: &str) -> String {
    by.split(' ').map(|word| printable(&word.replace('…', "..."))).collect::<Vec<_>>().join(" ")
}

/// Text from outside with everything taken out that a terminal might obey or hide.
fn printable(text: &str) -> String {
    text.chars()
        .take(PATH_CHARACTERS)
        .map(|character| if character.is_ascii_graphic() { character } else { '\u{fffd}' })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::WireLog;

    #[test]
    fn a_request_is_told_once_with_what_became_of_it() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&lines);
        let log = WireLog::new(Some(Box::new(move |line| {
            sink.lock().expect("lines").push(line.to_owned());
        })));
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
}
