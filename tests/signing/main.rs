//! The signature against vectors that the vendor's own SDK made, and against what must hold for any call.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use cph_wizard::signing::{
    Authorization, SignedCall, authorization, canonical_path, canonical_query, canonical_request, content_hash_for,
    is_signature_of, sha256, signature, signed_headers, string_to_sign,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Vectors {
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: String,
    ak: String,
    sk: String,
    x_sdk_date: String,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: BTreeMap<String, String>,
    headers_added: BTreeMap<String, String>,
    body: String,
    canonical_uri: String,
    canonical_query: String,
    signed_headers: String,
    payload_hash: String,
    canonical_request: String,
    canonical_request_sha256: String,
    string_to_sign: String,
    signature: String,
    authorization: String,
    sdk_request_target: String,
}

fn vectors() -> Vec<Vector> {
    let vectors: Vectors = serde_json::from_str(include_str!("vectors.json")).unwrap();
    assert_eq!(vectors.vectors.len(), 16);
    vectors.vectors
}

#[test]
fn every_vector_comes_out_line_by_line() {
    for vector in vectors() {
        let headers: Vec<(String, String)> = vector.headers.into_iter().chain(vector.headers_added).collect();
        let call = SignedCall {
            method: &vector.method,
            path: &vector.path,
            query: &vector.query,
            headers: &headers,
            body: vector.body.as_bytes(),
        };
        let id = &vector.id;
        assert_eq!(canonical_path(call.path), vector.canonical_uri, "{id}");
        assert_eq!(canonical_query(call.query), vector.canonical_query, "{id}");
        assert_eq!(signed_headers(call.headers), vector.signed_headers, "{id}");
        let canonical = canonical_request(&call);
        assert_eq!(canonical, vector.canonical_request, "{id}");
        assert!(canonical.ends_with(&vector.payload_hash), "{id}");
        assert_eq!(sha256(canonical.as_bytes()), vector.canonical_request_sha256, "{id}");
        let to_sign = string_to_sign(&vector.x_sdk_date, &canonical);
        assert_eq!(to_sign, vector.string_to_sign, "{id}");
        assert_eq!(signature(&vector.sk, &to_sign), vector.signature, "{id}");
        assert!(is_signature_of(&vector.sk, &to_sign, &vector.signature), "{id}");
        assert_eq!(authorization(&vector.ak, &vector.sk, &vector.x_sdk_date, &call), vector.authorization, "{id}");
        let query = vector.sdk_request_target.split_once('?').map_or("", |(_, query)| query);
        assert_eq!(query, vector.canonical_query, "{id}: what is signed is what is sent");
        let parsed = Authorization::parse(&vector.authorization).unwrap();
        assert_eq!(
            parsed,
            Authorization {
                access_key: &vector.ak,
                signed_headers: &vector.signed_headers,
                signature: &vector.signature
            }
        );
    }
}

#[test]
fn only_json_is_hashed() {
    assert_eq!(content_hash_for("application/json;charset=utf8"), None);
    assert_eq!(content_hash_for("application/bson"), None);
    assert_eq!(content_hash_for(""), None);
    assert_eq!(content_hash_for("text/plain"), Some("UNSIGNED-PAYLOAD"));
}

#[test]
fn a_header_of_another_algorithm_or_shape_is_none_of_ours() {
    for header in [
        "",
        "Bearer x",
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=b",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=c, More=d",
        "V11-HMAC-SHA256 Access=a, SignedHeaders=b, Signature=c",
    ] {
        assert_eq!(Authorization::parse(header), None, "{header}");
    }
}

/// A call of any shape.
#[derive(Debug, Clone)]
struct AnyCall {
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl AnyCall {
    fn call(&self) -> SignedCall<'_> {
        SignedCall { method: "POST", path: &self.path, query: &self.query, headers: &self.headers, body: &self.body }
    }

    fn signature(&self, secret_key: &str) -> String {
        signature(secret_key, &string_to_sign("20250301T080000Z", &canonical_request(&self.call())))
    }
}

prop_compose! {
    fn any_call()(
        path in "(/[a-zA-Z0-9._~ %+密-]{0,6}){0,4}",
        query in vec(("[a-c:&= 手]{0,3}", "[a-c:&= %+手]{0,4}"), 0..6),
        header in "[ -~]{0,12}",
        body in vec(any::<u8>(), 0..24),
    ) -> AnyCall {
        let headers = vec![("Host".to_owned(), "h:1".to_owned()), ("X-Note".to_owned(), header)];
        AnyCall { path, query, headers, body }
    }
}

proptest! {
    #[test]
    fn a_canonical_query_does_not_depend_on_the_order(call in any_call(), seed in any::<usize>()) {
        let mut turned = call.query.clone();
        if !turned.is_empty() {
            let by = seed % turned.len();
            turned.rotate_left(by);
            turned.reverse();
        }
        prop_assert_eq!(canonical_query(&call.query), canonical_query(&turned));
    }

    #[test]
    fn headers_count_by_name_and_not_by_order_or_letter_case(call in any_call()) {
        let mut other = call.clone();
        other.headers.reverse();
        for (name, value) in &mut other.headers {
            *name = name.to_uppercase();
            *value = format!("  {value} ");
        }
        prop_assert_eq!(canonical_request(&call.call()), canonical_request(&other.call()));
    }

    #[test]
    fn a_canonical_path_is_its_own_canonical_path(path in "(/[a-zA-Z0-9._~ +密-]{0,6}){0,4}") {
        let once = canonical_path(&path);
        prop_assert_eq!(canonical_path(&once), once);
    }

    #[test]
    fn a_canonical_query_read_back_is_the_sorted_query(query in vec(("[a-c:&= %+手]{0,3}", "[a-c:&= %+手]{0,4}"), 0..6)) {
        let mut sorted = query.clone();
        sorted.sort();
        let text = canonical_query(&query);
        let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        let read: Vec<(String, String)> = text
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').unwrap())
            .map(|(name, value)| (decode(name), decode(value)))
            .collect();
        prop_assert_eq!(read, sorted);
    }

    #[test]
    fn any_flipped_bit_of_the_body_changes_the_signature(call in any_call(), at in any::<usize>(), bit in 0..8u8) {
        prop_assume!(!call.body.is_empty());
        let mut other = call.clone();
        let at = at % other.body.len();
        other.body[at] ^= 1 << bit;
        prop_assert_ne!(call.signature("key"), other.signature("key"));
    }

    #[test]
    fn any_other_key_date_or_flipped_digit_is_not_the_signature(call in any_call(), key in "[A-Za-z0-9]{1,40}", at in 0..64usize) {
        let to_sign = string_to_sign("20250301T080000Z", &canonical_request(&call.call()));
        let made = signature(&key, &to_sign);
        prop_assert!(is_signature_of(&key, &to_sign, &made));
        let other_key = format!("{key}x");
        prop_assert!(!is_signature_of(&other_key, &to_sign, &made));
        let later = string_to_sign("20250301T080001Z", &canonical_request(&call.call()));
        prop_assert!(!is_signature_of(&key, &later, &made));
        let mut digits: Vec<char> = made.chars().collect();
        digits[at] = if digits[at] == '0' { '1' } else { '0' };
        prop_assert!(!is_signature_of(&key, &to_sign, &digits.iter().collect::<String>()));
        prop_assert!(!is_signature_of(&key, &to_sign, &made[..63]));
        prop_assert!(!is_signature_of(&key, &to_sign, &made.to_uppercase()) || made.chars().all(|c| c.is_ascii_digit()));
    }

    #[test]
    fn a_made_header_is_taken_apart_into_what_it_was_made_of(call in any_call(), key in "[A-Z0-9]{20}") {
        let header = authorization(&key, "secret", "20250301T080000Z", &call.call());
        let parsed = Authorization::parse(&header).unwrap();
        let names = signed_headers(&call.headers);
        prop_assert_eq!(parsed.access_key, key.as_str());
        prop_assert_eq!(parsed.signed_headers, names.as_str());
        prop_assert_eq!(parsed.signature, call.signature("secret"));
        prop_assert!(!header.contains("secret"));
    }
}
