//! Answers to a purchase.

use cph_wizard::api::{CallEnd, Observation};
use cph_wizard::purchase::{Outcome, classify};
use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use crate::generators::{Generator, assert_can_be_shown};
use crate::runner::{Rng, run_cases};

const VALID: [&str; 6] = [
    r#"{"request_id":"6837531fd3f54550927b930180a706bf","order_id":"CS1710111105S8IPB","product_id":"00301-1-0"}"#,
    "{\n \"request_id\": \"6837531fd3f54550927b930180a706bf\",\n \"order_id\": \"CS1710111105S8IPB\",\n \
     \"product_id\": null,\n \"server_ids\": [\"1\", {\"a\": 1.5e3}]\n}\r\n",
    r#"{"error_code":"CPS.0024","error_msg":"Invalid image_id.","request_id":"r"}"#,
    r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information","request_id":"ü"}"#,
    r#"{"order_id":"CS1","error_code":"CPS.0001","error_msg":"\u001b[2J\u202e\ud83d\ude00"}"#,
    "<html><body><h1>502 Bad Gateway</h1></body></html>",
];

const WORDS: [&str; 24] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\\u202e",
    "\\ud800",
    "null",
    "true",
    "-0",
    "1e999",
    "18446744073709551616",
    "\"order_id\":",
    "\"order_id\":\"CS1\",",
    "\"error_code\":\"CPS.0024\",",
    "\"error_msg\":\"m\",",
    "\"request_id\":",
    "\"product_id\":7,",
    "\"\"",
    "{\"a\":",
    " ",
];

const STATUSES: [u16; 24] = [
    200, 200, 200, 201, 202, 204, 299, 301, 307, 400, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503,
    504,
];

const REFUSING: [u16; 9] = [400, 401, 403, 404, 405, 413, 415, 422, 429];

fn observed(body: &[u8], rng: &mut Rng) -> (u16, Observation) {
    let status = if rng.one_in(8) { u16::try_from(rng.below(1_000)).unwrap() } else { *rng.pick(&STATUSES) };
    let content_type = rng.pick(&[None, Some("application/json"), Some("text/html")]).map(str::to_owned);
    let request_id_header = rng.pick(&[None, Some("from-the-header")]).map(str::to_owned);
    let end = CallEnd::Response { status, content_type, request_id_header, body: body.to_vec() };
    (status, Observation { body_requested: rng.one_in(2), end })
}

/// The members of a body that is JSON; `None` if a member, of whatever name, has a value that JSON allows and no Rust
/// type holds, such as half of a surrogate pair.
fn members(body: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice::<IgnoredAny>(body).expect("more was made of it than of anything that is not JSON");
    serde_json::from_slice(body).ok()
}

fn is_absent(value: Option<&Value>) -> bool {
    value.is_none_or(|value| value.is_null() || value == "")
}

#[test]
fn no_answer_to_a_purchase_breaks_the_verdict_on_it() {
    let inputs = Generator::new(VALID.iter().map(|text| text.as_bytes().to_vec()).collect(), &WORDS);
    run_cases(
        "answers",
        250_000,
        |rng| inputs.make(rng),
        |body, rng| {
            let (status, seen) = observed(body, rng);
            match classify(&seen) {
                Outcome::Accepted(receipt) => {
                    assert!((200..300).contains(&status), "accepted with status {status}");
                    assert!(receipt.order_id.bytes().all(|byte| byte.is_ascii_graphic()), "{receipt:?}");
                    assert!((1..=64).contains(&receipt.order_id.len()), "{receipt:?}");
                    if let Some(members) = members(body) {
                        assert_eq!(members["order_id"], receipt.order_id);
                        assert!(is_absent(members.get("error_code")), "accepted with an error");
                    }
                    for text in receipt.request_id.iter().chain(&receipt.product_id) {
                        assert_can_be_shown(text);
                    }
                }
                Outcome::Rejected(refusal) => {
                    assert!(refusal.status == status && REFUSING.contains(&status), "refused with status {status}");
                    if let Some(members) = members(body) {
                        assert!(members["error_code"].is_string() && members["error_msg"].is_string(), "{refusal:?}");
                        assert!(is_absent(members.get("order_id")), "refused with an order");
                    }
                    for text in [&refusal.code, &refusal.message].into_iter().chain(&refusal.request_id) {
                        assert_can_be_shown(text);
                        assert!(text.chars().count() <= 300, "{text}");
                    }
                }
                Outcome::NotSent(not_sent) => panic!("an answer came, and {not_sent:?}"),
                Outcome::Unknown(unknown) => {
                    assert_can_be_shown(&unknown.message());
                    if let Some(text) = &unknown.request_id {
                        assert_can_be_shown(text);
                    }
                    assert!(unknown.message().chars().count() <= 800, "{}", unknown.message());
                    assert!(unknown.probably_placed || !(200..300).contains(&status), "a success was seen");
                }
            }
        },
    );
}
