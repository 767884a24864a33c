//! The purchase call over real sockets: the bytes that are sent, and the observation of each possible end.

use std::sync::Arc;

use super::raw_socket::{Raw, Reply, with_head};
use super::{cloud, hasty};
use crate::api::{BeforeFirstByte, CallEnd, Cloud as _, Observation, WithheldError};
use crate::codes::ConnectionErrorKind;

const ORDER: &[u8] = b"{\"server_name\":\"farm\"}";
const CREATED: &str = r#"{"request_id":"r1","order_id":"CS1","product_id":"p"}"#;

fn order() -> Arc<[u8]> {
    Arc::from(ORDER)
}

fn nothing() -> BeforeFirstByte {
    Box::new(|| Ok(()))
}

#[tokio::test]
async fn not_a_byte_leaves_before_what_comes_before_it_is_done() {
    use std::io::Read as _;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = std::sync::mpsc::channel();
    let before = Box::new(move || {
        // The connection stands by now, and nothing has come over it.
        let (mut socket, _) = listener.accept().map_err(WithheldError::new)?;
        socket.set_nonblocking(true).unwrap();
        let early = socket.read(&mut [0; 1]);
        let _ = sender.send((early.map_err(|error| error.kind()), socket));
        Err(WithheldError::new(std::io::Error::other("the disk is full")))
    });
    let seen = cloud(&url).purchase(order(), before).await;
    let Observation { body_requested: false, end: CallEnd::Withheld { why } } = seen else { panic!("{seen:?}") };
    assert_eq!(why.to_string(), "the disk is full");
    let (early, mut socket) = receiver.recv().unwrap();
    assert_eq!(early, Err(std::io::ErrorKind::WouldBlock));
    socket.set_nonblocking(false).unwrap();
    let mut late = Vec::new();
    let _ = socket.read_to_end(&mut late);
    assert_eq!(String::from_utf8_lossy(&late), "", "nothing came afterwards either");
}

#[tokio::test]
async fn the_order_goes_out_once_with_exactly_its_bytes() {
    let server = Raw::start(|_| {
        let head = "X-Request-ID: h1\r\ncontent-type: application/json\r\n";
        Reply::Whole(with_head(200, head, CREATED.len(), CREATED.as_bytes()))
    })
    .await;
    let seen = cloud(&server.url()).purchase(order(), nothing()).await;
    let end = CallEnd::Response {
        status: 200,
        content_type: Some("application/json".into()),
        request_id_header: Some("h1".into()),
        body: CREATED.into(),
    };
    assert_eq!(seen, Observation { body_requested: true, end });
    let [request] = &server.requests()[..] else { panic!("not one request") };
    assert_eq!(request.line, "POST /v1/0123456789abcdef0123456789abcdef/cloud-phone/phones");
    assert_eq!(request.body, ORDER);
    let agent = concat!("user-agent: cph-wizard/", env!("CARGO_PKG_VERSION"));
    for header in ["content-length: 22", "content-type: application/json", "x-auth-token: a-token", agent] {
        assert!(request.head.lines().any(|line| line == header), "{header} is not in {}", request.head);
    }
    for header in ["transfer-encoding", "expect", "accept-encoding"] {
        assert!(!request.head.contains(header), "{header}");
    }
}

#[tokio::test]
async fn each_purchase_has_a_connection_of_its_own() {
    let server = Raw::start(|_| Reply::json(200, CREATED)).await;
    let cloud = cloud(&server.url());
    for _ in 0..3 {
        assert!(cloud.purchase(order(), nothing()).await.body_requested);
    }
    let connections: Vec<usize> = server.requests().iter().map(|request| request.connection).collect();
    assert_eq!(connections, [0, 1, 2]);
}

#[tokio::test]
async fn a_redirect_is_seen_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Raw::start(|_| Reply::json(200, CREATED)).await;
        let location = format!("Location: {}/v1/p/cloud-phone/phones\r\n", elsewhere.url());
        let server = Raw::start(move |_| Reply::Whole(with_head(status, &location, 0, b""))).await;
        let seen = cloud(&server.url()).purchase(order(), nothing()).await;
        assert!(matches!(seen.end, CallEnd::Response { status: came, .. } if came == status), "{seen:?}");
        assert_eq!((server.requests().len(), elsewhere.requests().len()), (1, 0));
    }
}

#[tokio::test]
async fn a_reset_after_the_request_is_no_answer_and_no_second_request() {
    let server = Raw::start(|_| Reply::Reset).await;
    let seen = cloud(&server.url()).purchase(order(), nothing()).await;
    assert!(seen.body_requested && matches!(seen.end, CallEnd::Failed { .. }), "{seen:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_closed_connection_is_no_answer_and_no_second_request() {
    for bytes in [&b""[..], b"HTTP/1.1 200 O", b"not HTTP at all\r\n\r\n"] {
        let server = Raw::start(|_| Reply::Cut(bytes.to_vec())).await;
        let seen = cloud(&server.url()).purchase(order(), nothing()).await;
        assert!(seen.body_requested && matches!(seen.end, CallEnd::Failed { .. }), "{seen:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn half_an_answer_is_cut_short_wherever_it_is_cut() {
    for length in 0..CREATED.len() {
        let bytes = with_head(200, "", CREATED.len(), &CREATED.as_bytes()[..length]);
        let server = Raw::start(move |_| Reply::Cut(bytes.clone())).await;
        let seen = cloud(&server.url()).purchase(order(), nothing()).await;
        assert!(seen.body_requested && matches!(seen.end, CallEnd::Truncated { status: 200, .. }), "{seen:?}");
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_broken_chunk_is_cut_short() {
    let bytes = format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{CREATED}\r\n", CREATED.len());
    let server = Raw::start(move |_| Reply::Cut(bytes.clone().into_bytes())).await;
    let seen = cloud(&server.url()).purchase(order(), nothing()).await;
    assert!(matches!(seen.end, CallEnd::Truncated { status: 200, .. }), "{seen:?}");
}

#[tokio::test]
async fn silence_is_waited_for_only_so_long() {
    let server = Raw::start(|_| Reply::Stall(Vec::new())).await;
    let seen = hasty(&server.url()).purchase(order(), nothing()).await;
    assert!(seen.body_requested && matches!(seen.end, CallEnd::TimedOut { status: None, .. }), "{seen:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn silence_in_the_middle_of_an_answer_keeps_its_status() {
    let server = Raw::start(|_| Reply::Stall(with_head(201, "X-Request-Id: h1\r\n", 100, b"{"))).await;
    let CallEnd::TimedOut { status, request_id_header, .. } =
        hasty(&server.url()).purchase(order(), nothing()).await.end
    else {
        panic!("did not time out")
    };
    assert_eq!((status, request_id_header.as_deref()), (Some(201), Some("h1")));
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_given_up() {
    let body = vec![b' '; (1 << 20) + 1];
    let server = Raw::start(move |_| Reply::Whole(with_head(200, "", body.len(), &body))).await;
    let seen = cloud(&server.url()).purchase(order(), nothing()).await;
    assert!(matches!(seen.end, CallEnd::TooLarge { status: 200, .. }), "{seen:?}");
}

#[tokio::test]
async fn without_a_connection_the_body_was_never_asked_for() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let seen = cloud(&format!("http://{nobody}")).purchase(order(), nothing()).await;
    assert!(!seen.body_requested);
    assert_eq!(seen.end, CallEnd::NotConnected { error: ConnectionErrorKind::Refused.into() });
}

#[tokio::test]
async fn failed_tls_is_no_connection() {
    // The server takes the handshake for a broken request and closes.
    let server = Raw::start(|_| Reply::json(200, CREATED)).await;
    let seen = cloud(&format!("https://{}", server.address)).purchase(order(), nothing()).await;
    assert!(!seen.body_requested && matches!(seen.end, CallEnd::NotConnected { .. }), "{seen:?}");
    assert!(server.requests().is_empty());
}
