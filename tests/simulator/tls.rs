//! TLS on the loopback interface: everything works as without it, and nobody who fails at it disturbs the others.

use std::io::ErrorKind;

use cph_wizard::simulator::{Options, TlsVersions};
use reqwest::tls::Version;
use serde_json::json;
use tokio::net::TcpStream;

use crate::connections::drained;
use crate::fixture::{Caller, EXAMPLE, quick, trusting};

async fn over_tls(rest: &str, tls_versions: TlsVersions) -> Caller {
    Caller::with(Options { scene: quick(rest), tls: true, tls_versions, ..Options::default() }).await
}

#[tokio::test]
async fn a_purchase_over_tls_is_one_over_plain_http() {
    let caller = over_tls("", TlsVersions::Both).await;
    assert!(caller.simulator.url().starts_with("https://127.0.0.1:"), "{}", caller.simulator.url());
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    assert_eq!(caller.simulator.ledger()[0].body, EXAMPLE.as_bytes());
    assert_eq!(caller.list("servers").await.1["count"], 3);
    let seen: Vec<_> = caller.simulator.access_log().into_iter().map(|entry| (entry.method, entry.status)).collect();
    assert_eq!(seen, [("POST".to_owned(), Some(200)), ("GET".to_owned(), Some(200))]);
    let by_name = caller.service("servers").replace("127.0.0.1", "localhost");
    assert_eq!(caller.call(reqwest::Method::GET, &by_name).await.status(), 200);
}

#[tokio::test]
async fn only_those_who_trust_the_authority_connect() {
    let caller = over_tls("", TlsVersions::Both).await;
    let other = over_tls("", TlsVersions::Both).await;
    for ca_pem in [None, other.simulator.ca_pem()] {
        let stranger = trusting(ca_pem).build().expect("a client");
        let error = stranger.get(caller.service("servers")).send().await.expect_err("not trusted");
        assert!(error.is_connect(), "{error:?}");
    }
    assert!(caller.simulator.access_log().is_empty());
    assert!(Caller::on(quick("")).await.simulator.ca_pem().is_none());
}

#[tokio::test]
async fn a_simulator_speaks_the_versions_it_was_told_to() {
    for (offered, spoken, refused) in [
        (TlsVersions::OnlyTls12, Version::TLS_1_2, Version::TLS_1_3),
        (TlsVersions::OnlyTls13, Version::TLS_1_3, Version::TLS_1_2),
    ] {
        let caller = over_tls("", offered).await;
        let get = |version| {
            let client = trusting(caller.simulator.ca_pem()).tls_version_min(version).tls_version_max(version);
            let client = client.build().expect("a client");
            client.get(caller.service("servers")).header("X-Auth-Token", "t").send()
        };
        assert_eq!(get(spoken).await.expect("an answer").status(), 200, "{offered:?}");
        assert!(get(refused).await.expect_err("another version").is_connect(), "{offered:?}");
    }
}

#[tokio::test]
async fn a_reset_under_tls_is_a_reset_and_hides_the_order() {
    let caller = over_tls(r#","purchase_response":"connection-reset""#, TlsVersions::Both).await;
    let error = caller.sent(EXAMPLE).await.expect_err("no answer");
    assert!(!error.is_connect() && !error.is_timeout(), "{error:?}");
    assert!(format!("{error:?}").contains("ConnectionReset"), "{error:?}");
    assert_eq!(caller.simulator.ledger().len(), 1);
    assert_eq!(caller.simulator.access_log()[0].status, None);
    assert_eq!(caller.list("servers").await.1["count"], 3);
}

#[tokio::test]
async fn whoever_fails_or_stalls_in_the_handshake_keeps_nobody_waiting() {
    let caller = over_tls("", TlsVersions::Both).await;
    let stalled = TcpStream::connect(caller.simulator.address()).await.expect("a connection");
    let plain = TcpStream::connect(caller.simulator.address()).await.expect("a connection");
    plain.writable().await.expect("writable");
    plain.try_write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").expect("written");
    let (said, end) = drained(&plain).await;
    assert!(!String::from_utf8_lossy(&said).contains("HTTP/1.1"), "{said:?}");
    assert!(end.is_none_or(|kind| kind == ErrorKind::ConnectionReset), "{end:?}");
    assert_eq!(caller.list("servers").await.1["servers"], json!([]));
    caller.simulator.stop().await;
    drained(&stalled).await;
}
