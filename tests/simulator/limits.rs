//! What a simulator that runs for long must not do: wait for ever, run out of descriptors, or grow.

use std::time::Duration;

use cph_wizard::simulator::Options;
use tokio::net::TcpStream;

use crate::connections::{drained, raw};
use crate::fixture::{Caller, EXAMPLE, quick};
use crate::process::Served;

const GET: &str = "GET /v1/p/cloud-phone/servers HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\n\r\n";

/// What a connection said until it was closed, which must not take for ever.
async fn until_closed(stream: &TcpStream) -> Vec<u8> {
    let closed = tokio::time::timeout(Duration::from_secs(60), drained(stream)).await;
    closed.expect("it is closed").0
}

#[tokio::test]
async fn a_head_that_does_not_end_is_cut_off() {
    for tls in [false, true] {
        let options = Options { scene: quick(r#","header_timeout_ms":100"#), tls, ..Options::default() };
        let caller = Caller::with(options).await;
        for begin in ["", "G", "GET /v1/p/cloud-phone/servers HTTP/1.1\r\nHost: x\r\nX-Auth-Tok"] {
            let stream = raw(&caller, begin).await;
            let answer = until_closed(&stream).await;
            assert!(tls || answer.is_empty(), "{begin:?}: {answer:?}");
        }
        assert!(caller.simulator.access_log().is_empty(), "none of it was a request");
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_and_a_slow_answer_is_not() {
    let caller = Caller::on(quick(r#","idle_timeout_ms":100,"response_delay_ms":300"#)).await;
    let stream = raw(&caller, GET).await;
    let said = String::from_utf8(until_closed(&stream).await).expect("text");
    assert!(said.starts_with("HTTP/1.1 200 OK") && said.ends_with('}'), "{said}");
}

#[tokio::test]
async fn an_answer_in_drops_outlasts_the_limits() {
    let limits = r#","idle_timeout_ms":20,"tampering":{"operations":["servers"],"chunk_delay_ms":50}"#;
    let caller = Caller::on(quick(limits)).await;
    assert_eq!(caller.list("servers").await.1["servers"], serde_json::json!([]));
}

#[tokio::test]
async fn the_wire_log_keeps_the_newest_requests_and_counts_them_all() {
    let options = Options { scene: quick(""), log_entries: 2, ..Options::default() };
    let caller = Caller::with(options).await;
    assert_eq!(caller.buy("{}").await.0, 400);
    for _ in 0..5 {
        caller.list("servers").await;
    }
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    let log = caller.simulator.access_log();
    let kept: Vec<_> = log.iter().map(|entry| (entry.method.as_str(), entry.status)).collect();
    assert_eq!(kept, [("POST", Some(400)), ("GET", Some(200)), ("GET", Some(200)), ("POST", Some(200))]);
    assert_eq!((caller.simulator.requests(), caller.simulator.posts()), (7, 2));
}

#[test]
fn silent_connections_beyond_the_descriptors_do_not_starve_a_request() {
    let scene = r#"{"version":2,"name":"x","description":"y","header_timeout_ms":300}"#;
    let served = Served::start(&[], scene, "ulimit -n 40");
    let silent: Vec<_> = (0..80).map(|_| served.connect()).collect();
    let said = served.said_to(GET);
    assert!(said.starts_with("HTTP/1.1 200 OK"), "{said}");
    drop(silent);
}
