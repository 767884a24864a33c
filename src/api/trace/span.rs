//! Records calls for users who want to inspect them. A record holds no secret: header values are kept only for a list
//! of harmless headers, and bodies without the credentials of the call. Nothing is recorded unless an observer is set
//! or the log is enabled.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Method, Url};

use crate::api::observation::{CallEnd, Observation};
use crate::i18n::{Language, tr, with_language};

use super::log;
use super::record::{AuthScheme, CallRecord, HeaderRecord, ResponseRecord};
use super::redact::Redactor;

/// A callback for the record of each call, called when the call has ended, on the thread that made it.
pub type Observer = Arc<dyn Fn(CallRecord) + Send + Sync>;

/// The recorder of calls for an observer and the log. At first there is no observer.
#[derive(Default)]
pub(in crate::api) struct CallTracer(OnceLock<Observer>);

/// A request that is about to be sent.
#[derive(Clone, Copy)]
pub(in crate::api) struct TracedRequest<'a> {
    pub(in crate::api) method: &'a Method,
    pub(in crate::api) url: &'a Url,
    /// The headers that authenticate it.
    pub(in crate::api) headers: &'a HeaderMap,
    /// The exact bytes and their content type.
    pub(in crate::api) body: Option<(&'a [u8], &'static str)>,
    pub(in crate::api) scheme: AuthScheme,
    /// A secret that the body contains.
    pub(in crate::api) secret: Option<&'a str>,
}

/// The time at which a call began.
#[derive(Clone, Copy)]
pub(in crate::api) struct CallStart(Timestamp, Instant);

impl CallStart {
    pub(in crate::api) fn now() -> Self {
        Self(Timestamp::now(), Instant::now())
    }
}

impl CallTracer {
    /// Sets the observer. Only the first one is kept; setting another has no effect.
    pub(in crate::api) fn observe(&self, observer: Observer) {
        let _ = self.0.set(observer);
    }

    /// Starts the record of a call. It is delivered when the span is dropped.
    pub(in crate::api) fn start(&self, request: &TracedRequest<'_>) -> CallSpan {
        self.open_span(request, CallStart::now())
    }

    /// Records the purchase from its observation, after everything that matters for the order is done.
    pub(in crate::api) fn record_purchase(&self, request: &TracedRequest<'_>, started: CallStart, seen: &Observation) {
        let mut span = self.open_span(request, started);
        if let Some(open) = &mut span.0 {
            open.record.is_purchase = true;
            open.set_observation(seen);
        }
    }

    fn open_span(&self, request: &TracedRequest<'_>, started: CallStart) -> CallSpan {
        let observer = self.0.get().cloned();
        let is_wanted = observer.is_some() || log::is_on();
        CallSpan(is_wanted.then(|| Box::new(OpenSpan::new(request, started, observer))))
    }
}

/// Returns the record of a purchase that is not sent.
pub(in crate::api) fn dry_run_record(request: &TracedRequest<'_>) -> CallRecord {
    let mut record = OpenSpan::new(request, CallStart::now(), None).record;
    record.is_purchase = true;
    record
}

/// The record of a call in progress. It is delivered once, however the call ends.
pub(in crate::api) struct CallSpan(Option<Box<OpenSpan>>);

impl CallSpan {
    /// Records the head of the response.
    pub(in crate::api) fn response_head(&mut self, status: u16, headers: &HeaderMap) {
        if let Some(open) = &mut self.0 {
            open.redactor.add_from(headers);
            let head =
                headers.iter().map(|(name, value)| open.redactor.header(name.as_str(), value.as_bytes())).collect();
            open.record.answer = Some(ResponseRecord { status, head, body: None });
        }
    }

    /// Records the complete body of the response.
    pub(in crate::api) fn response_body(&mut self, bytes: &[u8]) {
        if let Some(open) = &mut self.0 {
            open.set_response_body(bytes);
        }
    }

    /// Records the error of the call, unless a complete response arrived.
    pub(in crate::api) fn finish(&mut self, trouble: impl Fn() -> Option<String>) {
        if let Some(open) = &mut self.0
            && !matches!(&open.record.answer, Some(ResponseRecord { body: Some(_), .. }))
        {
            open.set_error(trouble);
        }
    }
}

impl Drop for CallSpan {
    fn drop(&mut self) {
        if let Some(mut open) = self.0.take() {
            open.record.took = open.started.elapsed();
            log::log_call(&open.record, open.trouble.as_deref());
            if let Some(observer) = open.observer {
                observer(open.record);
            }
        }
    }
}

struct OpenSpan {
    observer: Option<Observer>,
    started: Instant,
    redactor: Redactor,
    record: CallRecord,
    /// The error of the record in English, for the log.
    trouble: Option<String>,
}

impl OpenSpan {
    fn new(request: &TracedRequest<'_>, started: CallStart, observer: Option<Observer>) -> Self {
        let TracedRequest { method, url, headers, body, scheme, secret } = *request;
        let mut redactor = Redactor::default();
        redactor.add_from(headers);
        if let Some(secret) = secret {
            redactor.add(secret);
        }
        let host = url.host_str().unwrap_or_default();
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let record = CallRecord {
            started: started.0,
            took: Duration::ZERO,
            method: method.as_str().to_owned(),
            origin: format!("{}://{host}", url.scheme()),
            target,
            scheme,
            head: Vec::new(),
            body: body.map(|(bytes, _)| redactor.excerpt(bytes)),
            answer: None,
            trouble: None,
            is_purchase: false,
        };
        let head = request_head(&redactor, &host, headers, body);
        Self { observer, started: started.1, redactor, record: CallRecord { head, ..record }, trouble: None }
    }

    fn set_response_body(&mut self, bytes: &[u8]) {
        let excerpt = self.redactor.excerpt(bytes);
        if let Some(answer) = &mut self.record.answer {
            answer.body = Some(excerpt);
        }
    }

    fn set_error(&mut self, trouble: impl Fn() -> Option<String>) {
        self.record.trouble = trouble().map(|why| self.redactor.redact(&why));
        self.trouble = with_language(Language::English, trouble).map(|why| self.redactor.redact(&why));
    }

    fn set_observation(&mut self, seen: &Observation) {
        let (status, headers) = match &seen.end {
            CallEnd::Response { status, content_type, request_id_header, .. } => {
                (Some(*status), vec![("content-type", content_type), ("x-request-id", request_id_header)])
            }
            CallEnd::Truncated { status, request_id_header, error: _ }
            | CallEnd::TooLarge { status, request_id_header } => {
                (Some(*status), vec![("x-request-id", request_id_header)])
            }
            CallEnd::TimedOut { status, request_id_header, seconds: _ } => {
                (*status, vec![("x-request-id", request_id_header)])
            }
            CallEnd::NotConnected { .. }
            | CallEnd::NotPrepared { .. }
            | CallEnd::Withheld { .. }
            | CallEnd::Failed { .. } => (None, Vec::new()),
        };
        let known =
            |(name, value): (&str, &Option<String>)| Some(self.redactor.header(name, value.as_ref()?.as_bytes()));
        let head = headers.into_iter().filter_map(known).collect();
        self.set_error(|| error_of(seen));
        self.record.answer = status.map(|status| ResponseRecord { status, head, body: None });
        if let CallEnd::Response { body, .. } = &seen.end {
            self.set_response_body(body);
        }
    }
}

/// Returns the reason why a purchase has no complete response; `None` if it has one.
fn error_of(seen: &Observation) -> Option<String> {
    let why = match &seen.end {
        CallEnd::Response { .. } => return None,
        CallEnd::TooLarge { .. } => tr!("the answer is larger than 1 MiB"),
        CallEnd::TimedOut { seconds, .. } => tr!("no whole answer within {seconds} s", seconds),
        CallEnd::NotPrepared { why } => with_language(Language::English, || why.to_string()),
        CallEnd::Withheld { why } => with_language(Language::English, || why.to_string()),
        CallEnd::Truncated { error, .. } | CallEnd::NotConnected { error } | CallEnd::Failed { error } => {
            error.reason()
        }
    };
    Some(if seen.body_requested { why } else { tr!("nothing was sent: {why}", why) })
}

/// Returns the head of a request as it is sent, including the headers that the HTTP library adds.
fn request_head(
    redactor: &Redactor,
    host: &str,
    headers: &HeaderMap,
    body: Option<(&[u8], &'static str)>,
) -> Vec<HeaderRecord> {
    let accept = if body.is_none() { "application/json" } else { "*/*" };
    let agent = concat!("cph-wizard/", env!("CARGO_PKG_VERSION"));
    let mut head: Vec<HeaderRecord> = [("host", host), ("user-agent", agent), ("accept", accept)]
        .map(|(name, value)| redactor.header(name, value.as_bytes()))
        .into();
    if let Some((bytes, content_type)) = body {
        if !headers.contains_key("content-type") {
            head.push(redactor.header("content-type", content_type.as_bytes()));
        }
        head.push(redactor.header("content-length", bytes.len().to_string().as_bytes()));
    }
    head.extend(headers.iter().map(|(name, value)| redactor.header(name.as_str(), value.as_bytes())));
    head
}

#[cfg(test)]
mod tests {
    use crate::api::trace::MAX_EXCERPT_BYTES;
    use std::sync::Mutex;

    use reqwest::header::HeaderValue;

    use super::*;

    fn recorded(headers: &HeaderMap, body: &[u8], answer: &[u8]) -> CallRecord {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let tracer = CallTracer::default();
        let ear = Arc::clone(&heard);
        tracer.observe(Arc::new(move |record| ear.lock().unwrap().push(record)));
        let url = Url::parse("https://cph.example/v1/p/phones?limit=1").unwrap();
        let body = Some((body, "application/json"));
        let (method, scheme) = (&Method::POST, AuthScheme::Key);
        let mut span =
            tracer.start(&TracedRequest { method, url: &url, headers, body, scheme, secret: Some("Pa55\"word") });
        span.response_head(200, &HeaderMap::from_iter([("x-subject-token".parse().unwrap(), value("Subj3ct-Value"))]));
        span.response_body(answer);
        span.finish(|| Some("whole answers need no words".into()));
        drop(span);
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
        for at in MAX_EXCERPT_BYTES - 20..MAX_EXCERPT_BYTES + 20 {
            let long = format!("{}a-very-long-token{}", "x".repeat(at), "y".repeat(30));
            let excerpt = recorded(&headers, b"", long.as_bytes()).answer.unwrap().body.unwrap();
            assert!(excerpt.is_cut && excerpt.text.len() <= MAX_EXCERPT_BYTES && excerpt.size == long.len());
            assert!(!excerpt.text.contains("a-"), "{at}");
        }
        let shrinking = "a-very-long-token".repeat(MAX_EXCERPT_BYTES / 8);
        let excerpt = recorded(&headers, b"", shrinking.as_bytes()).answer.unwrap().body.unwrap();
        assert!(!excerpt.text.contains('a'), "{}", excerpt.text);
    }

    #[test]
    fn nothing_is_recorded_while_nobody_looks() {
        let url = Url::parse("http://127.0.0.1:1/").unwrap();
        let headers = HeaderMap::new();
        let request = TracedRequest {
            method: &Method::GET,
            url: &url,
            headers: &headers,
            body: None,
            scheme: AuthScheme::Token,
            secret: None,
        };
        assert!(CallTracer::default().start(&request).0.is_none());
    }
}
