//! Reads that are retried after transient errors, and errors that no retry can help.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::account;
use super::raw_socket::{Raw, Reply, with_head};
use crate::api::{Cloud as _, HttpCloud, NO_OBSERVER, RetryNotice, RetryPolicy, Timeouts};
use crate::catalogue::Resource;

/// Creates a client that retries up to three times without a pause.
fn tireless(url: &str) -> HttpCloud {
    let retry = RetryPolicy { max_attempts: 4, first_pause: Duration::ZERO };
    HttpCloud::with_timeouts(account(url), Timeouts { retry, ..Timeouts::default() }).unwrap()
}

#[tokio::test]
async fn trouble_that_passes_is_told_and_read_over_page_by_page() {
    let count = AtomicUsize::new(0);
    let server = Raw::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Reply::json(429, r#"{"error_code":"APIGW.0308","error_msg":"slow down"}"#),
        1 => Reply::Whole(with_head(503, "Retry-After: 0\r\n", 0, b"")),
        2 => Reply::Reset,
        _ => Reply::json(200, r#"{"servers":[{"server_id":"i","server_name":"n"}]}"#),
    })
    .await;
    let heard = Mutex::new(Vec::new());
    let told = |repeat: RetryNotice| heard.lock().unwrap().push(repeat);
    let listing = tireless(&server.url()).list(Resource::Servers, &told).await.unwrap();
    assert_eq!(listing.count(), 1);
    let heard = heard.into_inner().unwrap();
    assert_eq!(
        heard.iter().map(|repeat| (repeat.attempt, repeat.max_attempts)).collect::<Vec<_>>(),
        [(2, 4), (3, 4), (4, 4)]
    );
    assert!(heard[0].reason.sentence().contains("APIGW.0308"), "{}", heard[0].reason);
}

#[tokio::test]
async fn trouble_that_stays_ends_after_four_tries_and_what_cannot_pass_after_one() {
    for (status, tries) in [(500, 4), (502, 4), (504, 4), (429, 4), (400, 1), (403, 1), (404, 1), (301, 1)] {
        let server = Raw::start(move |_| Reply::json(status, r#"{"error_code":"X.1","error_msg":"m"}"#)).await;
        tireless(&server.url()).list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert_eq!(server.requests().len(), tries, "{status}");
    }
    // A pause that nobody waits for is not waited for.
    let server = Raw::start(|_| Reply::Whole(with_head(429, "Retry-After: 3600\r\n", 0, b""))).await;
    tireless(&server.url()).list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
    // What is read again and again anyhow is read once.
    let server = Raw::start(|_| Reply::json(500, "{}")).await;
    tireless(&server.url()).servers_named("farm").await.unwrap_err();
    assert_eq!(server.requests().len(), 1);
}
