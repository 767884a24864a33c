//! `SDK-HMAC-SHA256`, the signature of a call with an access key, as pure functions on text. The client signs with it
//! and the simulator verifies with it; both are tested against vectors from the vendor's own SDK
//! (`tests/signing/main.rs`).
//!
//! ```text
//! call ──► canonical request ──SHA-256──► string to sign ──HMAC with the secret key──► signature
//! ```

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Name of the algorithm, which begins the `Authorization` header and the string to sign.
pub const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// Header with the time of signing, `YYYYMMDDTHHMMSSZ` in UTC.
pub const DATE: &str = "x-sdk-date";
/// Header whose value replaces the hash of the body if the body is not hashed.
pub const CONTENT_HASH: &str = "x-sdk-content-sha256";
/// Largest difference in seconds that is allowed between the time of signing and the gateway's clock.
pub const MAX_SKEW: i64 = 15 * 60;
/// Format of [`DATE`], for `strftime`.
pub const DATE_FORMAT: &str = "%Y%m%dT%H%M%SZ";

/// The parts of a call that are signed.
#[derive(Debug, Clone, Copy)]
pub struct SignedCall<'a> {
    /// HTTP method in capitals.
    pub method: &'a str,
    /// Path as in the URL, without the query.
    pub path: &'a str,
    /// Parameters of the query, decoded, in any order.
    pub query: &'a [(String, String)],
    /// Headers to sign; names in any letter case.
    pub headers: &'a [(String, String)],
    /// The exact bytes of the body.
    pub body: &'a [u8],
}

/// The parsed value of an `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authorization<'a> {
    pub access_key: &'a str,
    /// Names of the signed headers, in lower case, joined by `;`.
    pub signed_headers: &'a str,
    /// 64 hexadecimal digits.
    pub signature: &'a str,
}

impl<'a> Authorization<'a> {
    /// Parses the value of an `Authorization` header; `None` if it does not have the form of this algorithm.
    #[must_use]
    pub fn parse(header: &'a str) -> Option<Self> {
        let rest = header.strip_prefix(ALGORITHM)?.strip_prefix(' ')?;
        let mut parts = rest.split(',').map(str::trim);
        let access_key = parts.next()?.strip_prefix("Access=")?;
        let signed_headers = parts.next()?.strip_prefix("SignedHeaders=")?;
        let signature = parts.next()?.strip_prefix("Signature=")?;
        parts.next().is_none().then_some(Self { access_key, signed_headers, signature })
    }
}

/// Returns the value of the `Authorization` header for a call. `date` is the value of the header [`DATE`], which has to
/// be among the call's headers.
#[must_use]
pub fn authorization(access_key: &str, secret_key: &str, date: &str, call: &SignedCall<'_>) -> String {
    let signature = signature(secret_key, &string_to_sign(date, &canonical_request(call)));
    format!("{ALGORITHM} Access={access_key}, SignedHeaders={}, Signature={signature}", signed_headers(call.headers))
}

/// Returns whether `signature` is the one that the secret key gives for `string_to_sign`, compared in constant time.
/// False for anything but 64 lower-case hexadecimal digits.
#[must_use]
pub fn is_signature_of(secret_key: &str, string_to_sign: &str, signature: &str) -> bool {
    let digits = signature.as_bytes();
    let lower = |digit: &u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    if digits.len() != 64 || !digits.iter().all(lower) {
        return false;
    }
    let value = |digit: u8| if digit.is_ascii_digit() { digit - b'0' } else { digit - b'a' + 10 };
    let bytes: Vec<u8> =
        digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | value(*digit))).collect();
    mac(secret_key, string_to_sign).verify_slice(&bytes).is_ok()
}

/// Builds the text that is signed: the algorithm, the date and the SHA-256 of the canonical request, each on a line.
#[must_use]
pub fn string_to_sign(date: &str, canonical_request: &str) -> String {
    format!("{ALGORITHM}\n{date}\n{}", sha256(canonical_request.as_bytes()))
}

/// Computes the signature, HMAC-SHA256 in lower-case hexadecimal. The secret key is used as it is, without any
/// derivation.
#[must_use]
pub fn signature(secret_key: &str, string_to_sign: &str) -> String {
    hex(&mac(secret_key, string_to_sign).finalize().into_bytes())
}

/// Builds the canonical form of a call: method, path, query, headers, names of the signed headers, and hash of the
/// body.
#[must_use]
pub fn canonical_request(call: &SignedCall<'_>) -> String {
    let headers = canonical_headers(call.headers);
    let mut lines = String::new();
    for (name, value) in &headers {
        let _ = writeln!(lines, "{name}:{value}");
    }
    [
        call.method,
        &canonical_path(call.path),
        &canonical_query(call.query),
        &lines,
        &signed_headers(call.headers),
        &payload_hash(&headers, call.body),
    ]
    .join("\n")
}

/// Returns the path percent-decoded once, with each segment encoded again, and with a slash at its end.
#[must_use]
pub fn canonical_path(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy();
    let mut canonical = decoded.split('/').map(encoded).collect::<Vec<_>>().join("/");
    if !canonical.ends_with('/') {
        canonical.push('/');
    }
    canonical
}

/// Returns the parameters sorted by their decoded names and values, and percent-encoded. The client sends this very
/// text, so that the signed query and the sent one cannot differ.
#[must_use]
pub fn canonical_query(members: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort();
    sorted.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// Returns the names of the signed headers, sorted, in lower case, joined by `;`. A header with an underscore in its
/// name is sent but not signed.
#[must_use]
pub fn signed_headers(headers: &[(String, String)]) -> String {
    canonical_headers(headers).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(";")
}

fn canonical_headers(headers: &[(String, String)]) -> Vec<(String, String)> {
    let signed = headers.iter().filter(|(name, _)| !name.contains('_') && !name.eq_ignore_ascii_case("authorization"));
    let mut canonical: Vec<_> = signed.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    canonical.sort();
    canonical
}

/// Returns the text that replaces the hash of a body with this content type if the header [`CONTENT_HASH`] is missing.
/// `None` if the body is hashed: for JSON, BSON and an empty content type.
#[must_use]
pub fn content_hash_for(content_type: &str) -> Option<&'static str> {
    let is_hashed = ["application/json", "application/bson"].iter().any(|known| content_type.starts_with(known));
    (!is_hashed && !content_type.is_empty()).then_some("UNSIGNED-PAYLOAD")
}

fn payload_hash(headers: &[(String, String)], body: &[u8]) -> String {
    match headers.iter().find(|(name, _)| name == CONTENT_HASH) {
        Some((_, value)) if !body.is_empty() => value.clone(),
        Some(_) | None => sha256(body),
    }
}

fn mac(secret_key: &str, text: &str) -> Hmac<Sha256> {
    // A key of any length is taken.
    let keyed = Hmac::<Sha256>::new_from_slice(secret_key.as_bytes());
    let mut mac = keyed.unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(text.as_bytes());
    mac
}

/// Returns the SHA-256 of `bytes` in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Percent-encodes the UTF-8 bytes of a text, except ASCII letters, digits and `-_.~`.
fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}
