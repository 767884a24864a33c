//! Why a server was not reached, or its response did not come: in words for people, for reads and for the purchase.

use cph_wizard::api::{Account, CaFile, Cloud as _, Endpoint, HttpCloud, NO_OBSERVER, Network, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::Credentials as Known;

use crate::fake_servers::{Front, Monotone, Trap};
use crate::fixture::{PROJECT, Stage, buy, permanent, timeouts};

/// Words of the libraries, which say nothing to a person.
const JARGON: [&str; 14] = [
    "HandshakeFailure",
    "ProtocolVersion",
    "InvalidContentType",
    "UnknownIssuer",
    "corrupt message",
    "fatal alert",
    "peer",
    "invalid HTTP",
    "error sending",
    "error decoding",
    "error reading",
    "canceled",
    "client error",
    "EOF",
];

/// A read and a purchase at an address, and what is said about each: whole sentences, without the words of libraries.
async fn told_at(endpoint: &str, network: Network) -> (ReadError, Outcome) {
    let endpoint = Endpoint::parse(endpoint).unwrap();
    let credentials = permanent(Known::SECRET_KEY);
    let account = Account { network, ..Account::new(endpoint, PROJECT, credentials) };
    let cloud = HttpCloud::with_timeouts(account, timeouts()).unwrap();
    let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    let outcome = buy(&cloud).await;
    let why = match &outcome {
        Outcome::NotSent(not_sent) => not_sent.message(),
        Outcome::Unknown(unknown) => unknown.message(),
        Outcome::Accepted(_) | Outcome::Rejected(_) => panic!("{outcome:?}"),
    };
    for said in [error.sentence(), why] {
        assert!(JARGON.iter().all(|word| !said.contains(word)), "{said}");
    }
    (error, outcome)
}

#[tokio::test]
async fn failures_of_tls_are_told_in_plain_words_and_nothing_is_sent() {
    const HANDSHAKE_FAILURE: &[u8] = &[21, 3, 3, 0, 2, 2, 40];
    const PROTOCOL_VERSION: &[u8] = &[21, 3, 1, 0, 2, 2, 70];
    const INTERNAL_ERROR: &[u8] = &[21, 3, 3, 0, 2, 2, 80];
    for (answer, what) in [
        (HANDSHAKE_FAILURE, "The server and this program share no TLS version or cipher. TLS 1.2 or 1.3 is required;"),
        (PROTOCOL_VERSION, "The server and this program share no TLS version or cipher. TLS 1.2 or 1.3 is required;"),
        (INTERNAL_ERROR, "The TLS handshake with the server failed. Check the endpoint"),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            "The server answered with something that is not TLS. Check the endpoint's port",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "The server answered with something that is not TLS. Check the endpoint's port"),
        (b"", "The server closed the connection. Try again;"),
    ] {
        let server = Monotone::saying(answer).await;
        let (error, outcome) = told_at(&format!("https://{}", server.address), Network::default()).await;
        assert!(matches!(error, ReadError::NotReached { .. }), "{answer:?}: {error:?}");
        assert!(error.sentence().starts_with(what), "{answer:?}: {}", error.sentence());
        let Outcome::NotSent(not_sent) = &outcome else { panic!("{answer:?}: {outcome:?}") };
        assert!(not_sent.advice().is_some_and(|advice| what.contains(&advice[..10])), "{answer:?}: {not_sent:?}");
    }
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_told_with_its_date() {
    let stage = Stage::on("").await;
    let front = Front::expired(stage.simulator.address()).await;
    let network = Network { ca_file: Some(CaFile::read(&front.ca_file).unwrap()), proxy: None };
    let (error, outcome) = told_at(&front.url(), network).await;
    let sentence = error.sentence();
    assert!(sentence.starts_with("The server's certificate has expired or is not valid yet. Check"), "{sentence}");
    assert!(sentence.ends_with("(the server's certificate expired on 2023-11-14)"), "{sentence}");
    let Outcome::NotSent(not_sent) = &outcome else { panic!("{outcome:?}") };
    assert_eq!(not_sent.message(), "the server's certificate expired on 2023-11-14");
    assert_eq!(stage.simulator.access_log().len(), 0);
}

#[tokio::test]
async fn a_server_that_does_not_speak_http_is_told_in_plain_words() {
    for (answer, what) in [
        (&b"SSH-2.0-OpenSSH_9.2\r\n"[..], "the server answered with something that is not HTTP"),
        (&[21, 3, 3, 0, 2, 2, 40], "the server answered with something that is not HTTP"),
        (b"", "the server closed the connection"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", "the server closed the connection"),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "the server answered with something that is not HTTP",
        ),
    ] {
        let server = Monotone::saying(answer).await;
        let (error, outcome) = told_at(&format!("http://{}", server.address), Network::default()).await;
        assert!(matches!(error, ReadError::Broken { .. }), "{answer:?}: {error:?}");
        assert!(error.sentence().contains(&format!(": {what}. ")), "{answer:?}: {}", error.sentence());
        let Outcome::Unknown(unknown) = &outcome else { panic!("{answer:?}: {outcome:?}") };
        assert!(unknown.message().ends_with(what), "{answer:?}: {}", unknown.message());
    }
}

#[tokio::test]
async fn nobody_at_an_address_and_no_such_name_are_told_in_plain_words() {
    let free = Trap::set().address();
    for (endpoint, what) in [
        (format!("https://{free}"), "The connection was refused: nothing listens at this address."),
        ("https://cph.nowhere.invalid".to_owned(), "The host name of the endpoint was not found."),
    ] {
        let (error, outcome) = told_at(&endpoint, Network::default()).await;
        assert!(error.sentence().starts_with(what), "{endpoint}: {}", error.sentence());
        assert!(matches!(outcome, Outcome::NotSent(_)), "{endpoint}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told_as_the_proxy() {
    let free = Trap::set().address();
    let network = Network { proxy: Some(format!("http://{free}")), ..Network::default() };
    let (error, outcome) = told_at("https://cph.nowhere.invalid", network).await;
    assert!(error.sentence().starts_with("The proxy could not be reached."), "{}", error.sentence());
    assert!(matches!(outcome, Outcome::NotSent(_)), "{outcome:?}");
}
