//! The edges of the wire: addresses, tokens, sizes, hostile senders, the log, and the end.

use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use cph_wizard::simulator::{AccessLogEntry, Options, Simulator, StartError};
use reqwest::Method;
use serde_json::json;
use tokio::net::TcpStream;

use crate::fixture::{Caller, EXAMPLE, PROJECT, quick, read};

#[tokio::test]
async fn only_loopback_addresses_are_listened_on() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0", "[::ffff:0.0.0.0]:0"] {
        let listen: SocketAddr = address.parse().expect("an address");
        let error = Simulator::start(Options { listen, ..Options::default() }).await.expect_err("refused");
        assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
        assert!(error.to_string().contains("loopback"));
    }
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = taken.local_addr().expect("an address");
    let error = Simulator::start(Options { listen, ..Options::default() }).await.expect_err("taken");
    assert!(error.to_string().contains(&listen.to_string()), "{error}");
    let error = Simulator::start(Options { ledger: Some("/nowhere/at/all".into()), ..Options::default() })
        .await
        .expect_err("no folder");
    assert!(error.to_string().contains("/nowhere/at/all"), "{error}");
}

#[tokio::test]
async fn a_missing_token_and_a_missing_api_are_refused_at_the_gate() {
    let caller = Caller::on(quick("")).await;
    let url = caller.service("phones");
    for request in [
        caller.client.post(&url).body(EXAMPLE),
        caller.client.post(&url).header("X-Auth-Token", "").body("{"),
        caller.client.get(&url),
    ] {
        let (status, body) = read(request.send().await.expect("an answer")).await;
        assert_eq!((status, &body["error_code"]), (401, &json!("APIGW.0301")));
    }
    let base = caller.simulator.url();
    for (method, path) in [
        (Method::GET, "/".to_owned()),
        (Method::PUT, format!("/v1/{PROJECT}/cloud-phone/phones")),
        (Method::DELETE, format!("/v1/{PROJECT}/cloud-phone/servers")),
        (Method::POST, format!("/v2/{PROJECT}/cloud-phone/servers")),
        (Method::GET, "/%ff/%00?%zz".to_owned()),
    ] {
        let (status, body) = read(caller.call(method, &format!("{base}{path}")).await).await;
        assert_eq!((status, &body["error_code"]), (404, &json!("APIGW.0101")), "{path}");
    }
    assert!(caller.simulator.ledger().is_empty());
}

#[tokio::test]
async fn a_body_over_64_kib_is_too_large_and_one_of_64_kib_is_not() {
    let caller = Caller::on(quick("")).await;
    let padded = |size: usize| format!("{}{EXAMPLE}", " ".repeat(size - EXAMPLE.len()));
    assert_eq!(caller.buy(padded(64 * 1024)).await.0, 200);
    for size in [64 * 1024 + 1, 3 * 1024 * 1024] {
        let (status, body) = caller.buy(padded(size)).await;
        assert_eq!((status, &body["error_code"]), (413, &json!("APIGW.0201")), "{size} bytes");
    }
    assert_eq!(caller.simulator.ledger().len(), 1);
}

#[tokio::test]
async fn hostile_bodies_get_an_answer() {
    let caller = Caller::on(quick("")).await;
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"a\":1} x",
        &"[".repeat(60_000),
        &"{\"a\":".repeat(10_000),
        "{\"count\":1,\"count\":1}",
    ] {
        let (status, answer) = caller.buy(body).await;
        assert_eq!((status, &answer["error_code"]), (400, &json!("APIGW.0201")));
    }
    let request = caller
        .client
        .post(caller.service("phones"))
        .header("X-Auth-Token", "t")
        .body(b"{\"server_name\":\"\xff\"}".to_vec());
    assert_eq!(request.send().await.expect("an answer").status(), 400);
}

#[tokio::test]
async fn the_wire_log_and_the_listener_see_every_request() {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&lines);
    let on_request: Box<dyn Fn(&str) + Send + Sync> =
        Box::new(move |line| sink.lock().expect("lines").push(line.to_owned()));
    let caller = Caller::with(Options { scene: quick(""), on_request: Some(on_request), ..Options::default() }).await;
    let (_, order) = caller.buy(EXAMPLE).await;
    caller.list("servers?limit=5&server_name=a").await;
    caller.buy("{").await;
    let purchase = format!("/v1/{PROJECT}/cloud-phone/phones");
    let entry = |method: &str, path: &str, body_bytes, status| AccessLogEntry {
        method: method.to_owned(),
        path: path.to_owned(),
        by: "token".to_owned(),
        body_bytes,
        status: Some(status),
    };
    let list = format!("/v1/{PROJECT}/cloud-phone/servers?limit=5&server_name=a");
    let expected =
        [entry("POST", &purchase, EXAMPLE.len(), 200), entry("GET", &list, 0, 200), entry("POST", &purchase, 1, 400)];
    assert_eq!(caller.simulator.access_log(), expected);
    assert_eq!((caller.simulator.requests(), caller.simulator.posts()), (3, 2));
    let lines = lines.lock().expect("lines").clone();
    assert_eq!(lines.len(), 3, "{lines:?}");
    let begin = format!("POST {purchase} 200 {} ", order["order_id"].as_str().expect("an order"));
    assert!(lines[0].starts_with(&begin) && lines[0].ends_with(" ms"), "{lines:?}");
    assert!(lines[1].starts_with(&format!("GET {list} 200 by token ")), "{lines:?}");
}

/// Reads until the other side ends; what it said, and the error that ended it.
pub async fn drained(stream: &TcpStream) -> (Vec<u8>, Option<std::io::ErrorKind>) {
    let mut said = Vec::new();
    loop {
        stream.readable().await.expect("readable");
        let mut part = [0; 1024];
        match stream.try_read(&mut part) {
            Ok(0) => return (said, None),
            Ok(length) => said.extend_from_slice(&part[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return (said, Some(error.kind())),
        }
    }
}

pub async fn raw(caller: &Caller, text: &str) -> TcpStream {
    let stream = TcpStream::connect(caller.simulator.address()).await.expect("a connection");
    stream.writable().await.expect("writable");
    assert_eq!(stream.try_write(text.as_bytes()).expect("written"), text.len());
    stream
}

fn raw_purchase() -> String {
    format!(
        "POST /v1/p/cloud-phone/phones HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\nContent-Length: {}\r\n\r\n{EXAMPLE}",
        EXAMPLE.len()
    )
}

#[tokio::test]
async fn a_reset_is_a_reset_and_not_an_orderly_end() {
    let caller = Caller::on(quick(r#","purchase_response":"connection-reset""#)).await;
    let stream = raw(&caller, &raw_purchase()).await;
    assert_eq!(drained(&stream).await, (Vec::new(), Some(std::io::ErrorKind::ConnectionReset)));
    assert_eq!(caller.simulator.ledger().len(), 1);
}

#[tokio::test]
async fn connections_are_kept_alive() {
    let caller = Caller::on(quick("")).await;
    let get = "GET /v1/p/cloud-phone/servers HTTP/1.1\r\nHost: x\r\nX-Auth-Token: t\r\n";
    let stream = raw(&caller, &format!("{get}\r\n{get}Connection: close\r\n\r\n")).await;
    let (said, end) = drained(&stream).await;
    assert_eq!(String::from_utf8(said).expect("text").matches("HTTP/1.1 200 OK").count(), 2);
    assert_eq!(end, None);
}

async fn until(what: &str, condition: impl Fn() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < Duration::from_secs(20), "{what}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn stopping_ends_idle_silent_and_half_sent_connections() {
    let caller = Caller::on(quick(r#","purchase_response":"no-response""#)).await;
    let idle = raw(&caller, "").await;
    let half = raw(&caller, "GET /v1/p/cloud-phone/ser").await;
    let silent = raw(&caller, &raw_purchase()).await;
    let slow_body =
        raw(&caller, "POST /v1/p/cloud-phone/phones HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{").await;
    until("both requests arrived", || caller.simulator.access_log().len() == 2 && caller.simulator.ledger().len() == 1)
        .await;
    let address = caller.simulator.address();
    tokio::time::timeout(Duration::from_secs(20), caller.simulator.stop()).await.expect("it stops");
    for stream in [idle, half, silent, slow_body] {
        assert_eq!(drained(&stream).await.0, Vec::<u8>::new());
    }
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn dropping_a_simulator_stops_it() {
    let simulator = Simulator::start(Options::default()).await.expect("a simulator");
    let address = simulator.address();
    drop(simulator);
    let begin = Instant::now();
    while TcpStream::connect(address).await.is_ok() {
        assert!(begin.elapsed() < Duration::from_secs(20), "it still listens");
    }
}
