//! What went over the wire, for a person who wants to look at it. A record holds no secret: values
//! of headers only by a list of harmless ones, bodies without what proved the call. Nothing is
//! recorded unless an observer was named or a log is kept.

mod log;
mod record;
mod secrets;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Method, Url};

use super::seen::{End, Observation};
use crate::words::{Language, speaking, tr};

pub(super) use log::repeated;
pub use record::{AnswerRecord, CallRecord, Excerpt, HeaderRecord, MOST_KEPT, Proof};
use secrets::Secrets;

/// Hears of every call when it has ended, on the thread that made it.
pub type Observer = Arc<dyn Fn(CallRecord) + Send + Sync>;

/// Who is told of calls; nobody at first.
#[derive(Default)]
pub(super) struct Calls(OnceLock<Observer>);

/// A call that is about to be made.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) method: &'a Method,
    pub(super) url: &'a Url,
    /// What proves it.
    pub(super) headers: &'a HeaderMap,
    /// The exact bytes and their content type.
    pub(super) body: Option<(&'a [u8], &'static str)>,
    pub(super) proof: Proof,
    /// A secret that stands in the body.
    pub(super) secret: Option<&'a str>,
}

/// When a call began.
#[derive(Clone, Copy)]
pub(super) struct Beginning(Timestamp, Instant);

impl Beginning {
    pub(super) fn now() -> Self {
        Self(Timestamp::now(), Instant::now())
    }
}

impl Calls {
    /// The first observer stays.
    pub(super) fn observe(&self, observer: Observer) {
        let _ = self.0.set(observer);
    }

    /// Begins the record of a call; it is told when the watch ends.
    pub(super) fn begin(&self, asked: &Asked<'_>) -> Watch {
        self.watch(asked, Beginning::now())
    }

    /// Tells of the purchase after all that matters is over, from what was observed.
    pub(super) fn purchased(&self, asked: &Asked<'_>, began: Beginning, seen: &Observation) {
        let mut watch = self.watch(asked, began);
        if let Some(open) = &mut watch.0 {
            open.record.is_purchase = true;
            open.observed(seen);
        }
    }

    fn watch(&self, asked: &Asked<'_>, began: Beginning) -> Watch {
        let observer = self.0.get().cloned();
        let is_wanted = observer.is_some() || log::is_on();
        Watch(is_wanted.then(|| Box::new(Open::of(asked, began, observer))))
    }
}

/// The record of a call that is not made.
pub(super) fn rehearsed(asked: &Asked<'_>) -> CallRecord {
    let mut record = Open::of(asked, Beginning::now(), None).record;
    record.is_purchase = true;
    record
}

/// The record of a call that is under way. However the call ends, it is told once.
pub(super) struct Watch(Option<Box<Open>>);

impl Watch {
    /// The head of the answer came.
    pub(super) fn head(&mut self, status: u16, headers: &HeaderMap) {
        if let Some(open) = &mut self.0 {
            open.secrets.take_from(headers);
            let head =
                headers.iter().map(|(name, value)| open.secrets.header(name.as_str(), value.as_bytes())).collect();
            open.record.answer = Some(AnswerRecord { status, head, body: None });
        }
    }

    /// The whole body of the answer came.
    pub(super) fn body(&mut self, bytes: &[u8]) {
        if let Some(open) = &mut self.0 {
            open.answered(bytes);
        }
    }

    /// What the call came to; a whole answer needs no further words.
    pub(super) fn came_to(&mut self, trouble: impl Fn() -> Option<String>) {
        if let Some(open) = &mut self.0
            && !matches!(&open.record.answer, Some(AnswerRecord { body: Some(_), .. }))
        {
            open.troubled(trouble);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(mut open) = self.0.take() {
            open.record.took = open.started.elapsed();
            log::called(&open.record, open.trouble.as_deref());
            if let Some(observer) = open.observer {
                observer(open.record);
            }
        }
    }
}

struct Open {
    observer: Option<Observer>,
    started: Instant,
    secrets: Secrets,
    record: CallRecord,
    /// That of the record in English, for the log.
    trouble: Option<String>,
}

impl Open {
    fn of(asked: &Asked<'_>, began: Beginning, observer: Option<Observer>) -> Self {
        let Asked { method, url, headers, body, proof, secret } = *asked;
        let mut secrets = Secrets::default();
        secrets.take_from(headers);
        if let Some(secret) = secret {
            secrets.take(secret);
        }
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let record = CallRecord {
            began: began.0,
            took: Duration::ZERO,
            method: method.as_str().to_owned(),
            origin: format!("{}://{host}", url.scheme()),
            target,
            proof,
            head: Vec::new(),
            body: body.map(|(bytes, _)| secrets.excerpt(bytes)),
            answer: None,
            trouble: None,
            is_purchase: false,
        };
        let head = request_head(&secrets, &host, headers, body);
        Self { observer, started: began.1, secrets, record: CallRecord { head, ..record }, trouble: None }
    }

    fn answered(&mut self, bytes: &[u8]) {
        let excerpt = self.secrets.excerpt(bytes);
        if let Some(answer) = &mut self.record.answer {
            answer.body = Some(excerpt);
        }
    }

    fn troubled(&mut self, trouble: impl Fn() -> Option<String>) {
        self.record.trouble = trouble().map(|why| self.secrets.strike(&why));
        self.trouble = speaking(Language::English, trouble).map(|why| self.secrets.strike(&why));
    }

    fn observed(&mut self, seen: &Observation) {
        let (status, headers) = match &seen.end {
            End::Answer { status, content_type, request_id_header, .. } => {
                (Some(*status), vec![("content-type", content_type), ("x-request-id", request_id_header)])
            }
            End::CutShort { status, request_id_header, error: _ } | End::TooLarge { status, request_id_header } => {
                (Some(*status), vec![("x-request-id", request_id_header)])
            }
            End::TimedOut { status, request_id_header, seconds: _ } => {
                (*status, vec![("x-request-id", request_id_header)])
            }
            End::NotConnected { .. } | End::NotPrepared { .. } | End::Withheld { .. } | End::Broken { .. } => {
                (None, Vec::new())
            }
        };
        let known =
            |(name, value): (&str, &Option<String>)| Some(self.secrets.header(name, value.as_ref()?.as_bytes()));
        let head = headers.into_iter().filter_map(known).collect();
        self.troubled(|| trouble_of(seen));
        self.record.answer = status.map(|status| AnswerRecord { status, head, body: None });
        if let End::Answer { body, .. } = &seen.end {
            self.answered(body);
        }
    }
}

/// Why a purchase has no whole answer.
fn trouble_of(seen: &Observation) -> Option<String> {
    let why = match &seen.end {
        End::Answer { .. } => return None,
        End::TooLarge { .. } => tr!("the answer is larger than 1 MiB"),
        End::TimedOut { seconds, .. } => tr!("no whole answer within {seconds} s", seconds),
        End::NotPrepared { why } | End::Withheld { why } => why.clone(),
        End::CutShort { error, .. } | End::NotConnected { error } | End::Broken { error } => error.reason(),
    };
    Some(if seen.body_asked { why } else { tr!("nothing was sent: {why}", why) })
}

/// What is sent before the body, with what the HTTP library adds by itself.
fn request_head(
    secrets: &Secrets,
    host: &str,
    headers: &HeaderMap,
    body: Option<(&[u8], &'static str)>,
) -> Vec<HeaderRecord> {
    let accept = if body.is_none() { "application/json" } else { "*/*" };
    let agent = concat!("cph-wizard/", env!("CARGO_PKG_VERSION"));
    let mut head: Vec<HeaderRecord> = [("host", host), ("user-agent", agent), ("accept", accept)]
        .map(|(name, value)| secrets.header(name, value.as_bytes()))
        .into();
    if let Some((bytes, content_type)) = body {
        if !headers.contains_key("content-type") {
            head.push(secrets.header("content-type", content_type.as_bytes()));
        }
        head.push(secrets.header("content-length", bytes.len().to_string().as_bytes()));
    }
    head.extend(headers.iter().map(|(name, value)| secrets.header(name.as_str(), value.as_bytes())));
    head
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use reqwest::header::HeaderValue;

    use super::*;

    fn recorded(headers: &HeaderMap, body: &[u8], answer: &[u8]) -> CallRecord {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let calls = Calls::default();
        let ear = Arc::clone(&heard);
        calls.observe(Arc::new(move |record| ear.lock().unwrap().push(record)));
        let url = Url::parse("https://cph.example/v1/p/phones?limit=1").unwrap();
        let body = Some((body, "application/json"));
        let (method, proof) = (&Method::POST, Proof::Key);
        let mut watch = calls.begin(&Asked { method, url: &url, headers, body, proof, secret: Some("Pa55\"word") });
        watch.head(200, &HeaderMap::from_iter([("x-subject-token".parse().unwrap(), value("Subj3ct-Value"))]));
        watch.body(answer);
        watch.came_to(|| Some("whole answers need no words".into()));
        drop(watch);
        let mut heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 1);
        heard.remove(0)
    }

    fn value(text: &str) -> HeaderValue {
        let mut value = HeaderValue::from_str(text).unwrap();
        value.set_sensitive(true);
        value
    }

    #[test]
    fn what_proved_a_call_is_nowhere_in_its_record() {
        let signature = "SDK-HMAC-SHA256 Access=ACCESSKEY, SignedHeaders=host;x-sdk-date, Signature=0123456789abcdef";
        let headers = HeaderMap::from_iter([
            ("x-security-token".parse().unwrap(), value("S3curity-Value")),
            ("authorization".parse().unwrap(), value(signature)),
            ("x-project-id".parse().unwrap(), value("project")),
        ]);
        let body = br#"{"user":"u","password": "Pa55\"word"}"#;
        let answer = br#"{"said":"Pa55\"word of ACCESSKEY and S3curity-Value","secret_key":"other","adminPass":"other",
            "Security-Token":"other","PASSWORD":"other","n":"Subj3ct-Value
            0123456789abcdef", "project":"project"}"#;
        let record = recorded(&headers, body, answer);
        let shown = format!("{record:?}");
        for secret in ["S3curity", "ACCESSKEY", "0123456789", "Pa55", "Subj3ct", "other"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
        let head = |name: &str| record.head.iter().find(|header| header.name == name).unwrap().value.clone();
        assert_eq!((head("x-project-id"), head("authorization")), (Some("project".into()), None));
        assert_eq!(record.body.unwrap().text, r#"{"user":"u","password": "***"}"#);
        let text = record.answer.unwrap().body.unwrap().text;
        assert!(
            text.starts_with(
                r#"{"said":"*** of *** and ***","secret_key":"***","adminPass":"***",
            "Security-Token":"***","PASSWORD":"***","n":"***"#
            ),
            "{text}"
        );
        assert!(text.ends_with(r#""project":"project"}"#), "{text}");
        assert_eq!((record.target.as_str(), record.trouble), ("/v1/p/phones?limit=1", None));
    }

    #[test]
    fn a_long_body_is_cut_and_no_half_of_a_secret_stays_at_its_end() {
        let headers = HeaderMap::from_iter([("x-auth-token".parse().unwrap(), value("a-very-long-token"))]);
        for at in MOST_KEPT - 20..MOST_KEPT + 20 {
            let long = format!("{}a-very-long-token{}", "x".repeat(at), "y".repeat(30));
            let excerpt = recorded(&headers, b"", long.as_bytes()).answer.unwrap().body.unwrap();
            assert!(excerpt.is_cut && excerpt.text.len() <= MOST_KEPT && excerpt.size == long.len());
            assert!(!excerpt.text.contains("a-"), "{at}");
        }
        let shrinking = "a-very-long-token".repeat(MOST_KEPT / 8);
        let excerpt = recorded(&headers, b"", shrinking.as_bytes()).answer.unwrap().body.unwrap();
        assert!(!excerpt.text.contains('a'), "{}", excerpt.text);
    }

    #[test]
    fn nothing_is_recorded_while_nobody_looks() {
        let url = Url::parse("http://127.0.0.1:1/").unwrap();
        let headers = HeaderMap::new();
        let asked =
            Asked { method: &Method::GET, url: &url, headers: &headers, body: None, proof: Proof::Token, secret: None };
        assert!(Calls::default().begin(&asked).0.is_none());
    }
}
