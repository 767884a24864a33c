//! The table of outcomes, cell by cell, against a second implementation of the same table; and responses that were
//! damaged in transit.

use crate::api::{CallEnd, Observation, WithheldError};
use crate::codes::{ConnectionError, ConnectionErrorKind};
use crate::purchase::{Outcome, classify};

/// The documented example of a response to a placed order.
const CREATED: &str = r#"{
    "request_id": "1564567b8bab40f34711234cb80d8574",
    "order_id": "CS1710111105S8IPB",
    "product_id": "00301-25217-0--0"
}"#;

/// The kinds of body that the table distinguishes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    Created,
    Error,
    /// An error whose code does not rule out an order.
    Doubtful,
    /// An order and an error in one body.
    Both,
    Neither,
}

const BODIES: &[(Shape, &str)] = &[
    (Shape::Created, CREATED),
    (Shape::Created, r#"{"order_id":"CS1"}"#),
    (Shape::Created, r#"{"order_id":"CS1","error_code":"","error_msg":"","server_ids":["a"]}"#),
    (Shape::Created, r#"{"order_id":"CS1","error_code":null,"request_id":null,"product_id":7}"#),
    (Shape::Error, r#"{"error_code":"CPS.0024","error_msg":"Parameter: count is invalid.","request_id":"r"}"#),
    (Shape::Error, r#"{"error_msg":"Incorrect IAM authentication information","error_code":"APIGW.0301"}"#),
    (Shape::Error, r#"{"error_code":"NEW.9","error_msg":"m","order_id":"","extra":{"a":[1]}}"#),
    (Shape::Error, r#"{"error_code":"CPS.0066","error_msg":"m","order_id":null}"#),
    (Shape::Doubtful, r#"{"error_code":"CPS.0003","error_msg":"m"}"#),
    (Shape::Doubtful, r#"{"error_code":"CPS.0042","error_msg":"m"}"#),
    (Shape::Doubtful, r#"{"error_code":"CPS.0062","error_msg":"m"}"#),
    (Shape::Doubtful, r#"{"error_code":"CPS0092","error_msg":"m"}"#),
    (Shape::Both, r#"{"order_id":"CS1","error_code":"CPS.0024","error_msg":"m"}"#),
    (Shape::Both, r#"{"order_id":7,"error_code":"CPS.0024","error_msg":"m"}"#),
    (Shape::Neither, ""),
    (Shape::Neither, "{}"),
    (Shape::Neither, "null"),
    (Shape::Neither, "[]"),
    (Shape::Neither, r#"["r","CS1","p"]"#),
    (Shape::Neither, r#"[{"order_id":"CS1"}]"#),
    (Shape::Neither, r#"{"order_id":""}"#),
    (Shape::Neither, r#"{"order_id":null}"#),
    (Shape::Neither, r#"{"order_id":17}"#),
    (Shape::Neither, r#"{"order_id":"CS 1"}"#),
    (Shape::Neither, r#"{"order_id":"CS1\u0000"}"#),
    (Shape::Neither, r#"{"order_id":"0123456789012345678901234567890123456789012345678901234567890123x"}"#),
    (Shape::Neither, r#"{"order_id":"CS1","order_id":"CS2"}"#),
    (Shape::Neither, r#"{"order_id":"CS1"}{"order_id":"CS2"}"#),
    (Shape::Neither, r#"{"data":{"order_id":"CS1"}}"#),
    (Shape::Neither, r#"{"order_id":"CS1""#),
    (Shape::Neither, r#"{"order_id":"CS1","error_code":7"#),
    (Shape::Neither, r#"{"error_code":"CPS.0024"}"#),
    (Shape::Neither, r#"{"error_code":"CPS.0024","error_msg":""}"#),
    (Shape::Neither, r#"{"error_code":"","error_msg":"m"}"#),
    (Shape::Neither, r#"{"error_code":24,"error_msg":"m"}"#),
    (Shape::Neither, r#"{"error_msg":"m"}"#),
    (Shape::Neither, r#"{"error_code":"CPS.0024","error_code":"CPS.0028","error_msg":"m"}"#),
    (Shape::Neither, r#"{"error":{"code":401,"message":"m","title":"Unauthorized"}}"#),
    (Shape::Neither, r#"{"error":{"error_code":"CPS.0024","error_msg":"m"}}"#),
    (Shape::Neither, r#"{"errorCode":"CPS.0024","errorMsg":"m"}"#),
    (Shape::Neither, r#"{"code":"CPS.0024","message":"m"}"#),
    (Shape::Neither, "<html><body>CPS.0024</body></html>"),
    (Shape::Neither, "upstream connect error"),
];

const TYPES: [Option<&str>; 5] =
    [None, Some("application/json"), Some("application/json;charset=UTF-8"), Some("text/html"), Some("")];

fn statuses() -> impl Iterator<Item = u16> {
    (100..=600).chain([0, 999, u16::MAX])
}

fn answer(status: u16, content_type: Option<&str>, body: &[u8]) -> Observation {
    let end = CallEnd::Response {
        status,
        content_type: content_type.map(Into::into),
        request_id_header: Some("from-the-header".into()),
        body: body.to_vec(),
    };
    Observation { body_requested: true, end }
}

/// Returns a short name for an outcome, for the cells of the table.
fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted(_) => "accepted",
        Outcome::Rejected(_) => "refused",
        Outcome::NotSent(_) => "not sent",
        Outcome::Unknown(unknown) if unknown.probably_placed => "unknown, probably placed",
        Outcome::Unknown(_) => "unknown",
    }
}

#[test]
fn every_answer_gets_the_verdict_of_the_table() {
    let refusing = [400, 401, 403, 404, 405, 413, 415, 422, 429];
    for status in statuses() {
        for (shape, body) in BODIES {
            let expected = match shape {
                Shape::Created if status / 100 == 2 => "accepted",
                _ if status / 100 == 2 => "unknown, probably placed",
                Shape::Error if refusing.contains(&status) => "refused",
                Shape::Both if refusing.contains(&status) => "unknown, probably placed",
                Shape::Created | Shape::Error | Shape::Doubtful | Shape::Both | Shape::Neither => "unknown",
            };
            for content_type in TYPES {
                for body_requested in [true, false] {
                    let seen = Observation { body_requested, ..answer(status, content_type, body.as_bytes()) };
                    assert_eq!(word(&classify(&seen)), expected, "{status} {content_type:?} {body}");
                }
            }
        }
    }
}

#[test]
fn every_other_end_gets_the_verdict_of_the_table() {
    let why = || WithheldError::new(std::io::Error::other("no"));
    let error = || ConnectionError::from(ConnectionErrorKind::Reset);
    for status in statuses() {
        let placed = if status / 100 == 2 { "unknown, probably placed" } else { "unknown" };
        for body_requested in [true, false] {
            for end in [
                CallEnd::Truncated { status, request_id_header: None, error: error() },
                CallEnd::TooLarge { status, request_id_header: None },
                CallEnd::TimedOut { status: Some(status), request_id_header: None, seconds: 150 },
            ] {
                assert_eq!(word(&classify(&Observation { body_requested, end: end.clone() })), placed, "{end:?}");
            }
        }
    }
    for (body_requested, end, expected) in [
        (false, CallEnd::Withheld { why: why() }, "not sent"),
        (true, CallEnd::Withheld { why: why() }, "unknown"),
        (false, CallEnd::NotConnected { error: error() }, "not sent"),
        (true, CallEnd::NotConnected { error: error() }, "unknown"),
        (false, CallEnd::Failed { error: error() }, "unknown"),
        (true, CallEnd::Failed { error: error() }, "unknown"),
        (false, CallEnd::TimedOut { status: None, request_id_header: None, seconds: 150 }, "unknown"),
        (true, CallEnd::TimedOut { status: None, request_id_header: None, seconds: 150 }, "unknown"),
    ] {
        assert_eq!(word(&classify(&Observation { body_requested, end: end.clone() })), expected, "{end:?}");
    }
}

#[test]
fn a_part_of_an_answer_is_never_an_order() {
    let bytes = CREATED.as_bytes();
    for length in 0..bytes.len() {
        let outcome = classify(&answer(200, Some("application/json"), &bytes[..length]));
        assert_eq!(word(&outcome), "unknown, probably placed", "{length}");
    }
    assert_eq!(word(&classify(&answer(200, None, bytes))), "accepted");
}

#[test]
fn a_flipped_byte_makes_no_other_order_and_no_refusal() {
    let id = "CS1710111105S8IPB";
    let at = CREATED.find(id).unwrap();
    for position in 0..CREATED.len() {
        for flip in 1..=u8::MAX {
            let mut bytes = CREATED.as_bytes().to_vec();
            bytes[position] ^= flip;
            match classify(&answer(200, None, &bytes)) {
                // Inside the id itself nothing but the transport can notice: then it is the id
                // that stands there, and never one put together otherwise.
                Outcome::Accepted(receipt) => {
                    assert_eq!(receipt.order_id.as_bytes(), &bytes[at..at + id.len()], "{position} {flip}");
                }
                Outcome::Unknown(unknown) => assert!(unknown.probably_placed, "{position} {flip}"),
                Outcome::Rejected(_) | Outcome::NotSent(_) => panic!("{position} {flip}"),
            }
        }
    }
}

#[test]
fn a_flipped_byte_of_a_refusal_accepts_nothing() {
    let refusal = r#"{"request_id":"r","error_code":"CPS.0024","error_msg":"Parameter: count is invalid."}"#;
    for position in 0..refusal.len() {
        for flip in 1..=u8::MAX {
            let mut bytes = refusal.as_bytes().to_vec();
            bytes[position] ^= flip;
            let outcome = classify(&answer(400, None, &bytes));
            assert!(matches!(word(&outcome), "refused" | "unknown"), "{position} {flip}");
        }
    }
}

#[test]
fn a_receipt_and_a_refusal_keep_what_a_person_needs() {
    let Outcome::Accepted(receipt) = classify(&answer(201, None, CREATED.as_bytes())) else { panic!("not accepted") };
    assert_eq!(receipt.request_id.as_deref(), Some("1564567b8bab40f34711234cb80d8574"));
    assert_eq!(receipt.order_id, "CS1710111105S8IPB");
    assert_eq!(receipt.product_id.as_deref(), Some("00301-25217-0--0"));

    let body = r#"{"error_code":"CPS.0066","error_msg":"sold\u001b[2J out\n"}"#;
    let Outcome::Rejected(refusal) = classify(&answer(403, None, body.as_bytes())) else { panic!("not refused") };
    assert_eq!((refusal.status, refusal.code.as_str()), (403, "CPS.0066"));
    assert_eq!(refusal.message, "sold<U+001B>[2J out");
    assert_eq!(refusal.request_id.as_deref(), Some("from-the-header"));
}

#[test]
fn what_is_unknown_says_what_was_seen() {
    let why = |outcome| match outcome {
        Outcome::Unknown(unknown) => unknown.message(),
        Outcome::Accepted(_) | Outcome::Rejected(_) | Outcome::NotSent(_) => panic!("not unknown"),
    };
    let gateway = r#"{"error_code":"APIGW.0201","error_msg":"Backend timeout."}"#;
    assert_eq!(
        why(classify(&answer(504, None, gateway.as_bytes()))),
        "the answer has status 504 (APIGW.0201: Backend timeout.) and does not prove whether the order exists"
    );
    assert_eq!(
        why(classify(&answer(200, Some("text/html"), b"<html>"))),
        "the answer has status 200 and is not readable as an answer to an order (it came as text/html)"
    );
    assert_eq!(why(classify(&answer(200, None, b""))), "the answer has status 200 and is empty");
    for body in [&b"{}"[..], b"", b"<html>moved</html>", CREATED.as_bytes(), b"\xff"] {
        for status in [301, 302, 307, 308] {
            let redirect = format!("the answer is a redirect (status {status}), which was not followed");
            assert_eq!(why(classify(&answer(status, Some("text/html"), body))), redirect);
        }
    }
    let end = CallEnd::TimedOut { status: None, request_id_header: None, seconds: 150 };
    assert_eq!(why(classify(&Observation { body_requested: true, end })), "no answer came within 150 s");
}
