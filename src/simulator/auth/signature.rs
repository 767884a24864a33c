//! Verifies that a call is signed by the key it names: builds the canonical request again from the received request,
//! with the algorithm of `crate::signing` only (`platform.md` section 3).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::signing::{
    Authorization, CONTENT_HASH, DATE, DATE_FORMAT, MAX_SKEW, SignedCall, canonical_request, is_signature_of, sha256,
    string_to_sign,
};

/// The header for the security token of a temporary key.
pub(in crate::simulator) const SECURITY_TOKEN: &str = "x-security-token";
const HOST: &str = "host";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// A reason that a signature is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) enum SignatureError {
    /// A header that must be signed is not.
    Unsigned(&'static str),
    /// The time of signing cannot be parsed.
    Date,
    /// The time of signing differs too much from the clock.
    Skew,
    /// The security token is not the one of the key, or only one of the two exists.
    SecurityToken,
    /// The signed hash is not that of the body.
    Body,
    /// The signature is of another key or another call.
    Signature,
}

/// Verifies the signature of a call against a secret key. `call` must have all headers of the request.
pub(in crate::simulator) fn verify(
    call: &SignedCall<'_>,
    authorization: &Authorization<'_>,
    secret_key: &str,
    security_token: Option<&str>,
    now: Timestamp,
) -> Result<(), SignatureError> {
    let signed = signed(call.headers, authorization.signed_headers)?;
    let value = |wanted: &str| {
        signed.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.trim()).unwrap_or_default()
    };
    for required in [HOST, DATE] {
        if value(required).is_empty() {
            return Err(SignatureError::Unsigned(required));
        }
    }
    let skew = now.as_second().saturating_sub(moment(value(DATE)).ok_or(SignatureError::Date)?.as_second());
    if skew.abs() > MAX_SKEW {
        return Err(SignatureError::Skew);
    }
    let shown = call.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(SECURITY_TOKEN));
    match (security_token, shown) {
        (None, None) => {}
        (Some(_), Some(_)) if value(SECURITY_TOKEN).is_empty() => return Err(SignatureError::Unsigned(SECURITY_TOKEN)),
        (Some(token), Some((_, shown))) if shown.trim() == token => {}
        (Some(_) | None, Some(_)) | (Some(_), None) => return Err(SignatureError::SecurityToken),
    }
    let hash = value(CONTENT_HASH);
    if !hash.is_empty() && hash != UNSIGNED && hash != sha256(call.body) {
        return Err(SignatureError::Body);
    }
    let to_sign = string_to_sign(value(DATE), &canonical_request(&SignedCall { headers: &signed, ..*call }));
    if is_signature_of(secret_key, &to_sign, authorization.signature) { Ok(()) } else { Err(SignatureError::Signature) }
}

/// Collects the headers that the call claims to have signed, with their received values. `Err` if one of them is
/// missing.
fn signed(headers: &[(String, String)], names: &str) -> Result<Vec<(String, String)>, SignatureError> {
    let mut signed = Vec::new();
    for name in names.split(';') {
        let before = signed.len();
        let came = headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        signed.extend(came.map(|(_, value)| (name.to_owned(), value.clone())));
        if signed.len() == before {
            return Err(SignatureError::Signature);
        }
    }
    Ok(signed)
}

fn moment(text: &str) -> Option<Timestamp> {
    let parsed = jiff::fmt::strtime::parse(DATE_FORMAT, text).ok()?.to_datetime().ok()?;
    // Reading is more tolerant than the form of the header is.
    let time = parsed.to_zoned(TimeZone::UTC).ok()?.timestamp();
    (time.strftime(DATE_FORMAT).to_string() == text).then_some(time)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::{SignedDuration, Timestamp};
    use serde::Deserialize;

    use super::{SignatureError, moment, verify};
    use crate::signing::{Authorization, SignedCall, authorization};

    #[derive(Deserialize)]
    struct Vectors {
        vectors: Vec<Vector>,
    }

    #[derive(Deserialize)]
    struct Vector {
        id: String,
        sk: String,
        security_token: Option<String>,
        x_sdk_date: String,
        method: String,
        path: String,
        query: Vec<(String, String)>,
        headers: BTreeMap<String, String>,
        headers_added: BTreeMap<String, String>,
        body: String,
        authorization: String,
    }

    impl Vector {
        fn wire(&self) -> Vec<(String, String)> {
            let sent = self.headers.iter().chain(&self.headers_added);
            let also =
                [("authorization".to_owned(), self.authorization.clone()), ("x-not-signed".to_owned(), "1".to_owned())];
            also.into_iter().chain(sent.map(|(name, value)| (name.to_lowercase(), value.clone()))).collect()
        }

        fn checked(
            &self,
            headers: &[(String, String)],
            path: &str,
            body: &[u8],
            secret: &str,
        ) -> Result<(), SignatureError> {
            let call = SignedCall { method: &self.method, path, query: &self.query, headers, body };
            let authorization = Authorization::parse(&self.authorization).expect("a header");
            let now = moment(&self.x_sdk_date).expect("a time");
            verify(&call, &authorization, secret, self.security_token.as_deref(), now)
        }
    }

    fn vectors() -> Vec<Vector> {
        let text = include_str!("../../../tests/signing/vectors.json");
        let vectors: Vectors = serde_json::from_str(text).expect("vectors");
        assert_eq!(vectors.vectors.len(), 16);
        vectors.vectors
    }

    #[test]
    fn every_vector_is_believed_and_none_that_was_tampered_with() {
        for vector in vectors() {
            let (headers, body, id) = (vector.wire(), vector.body.as_bytes(), &vector.id);
            assert_eq!(vector.checked(&headers, &vector.path, body, &vector.sk), Ok(()), "{id}");
            let other_body = [body, b" "].concat();
            assert_eq!(
                vector.checked(&headers, &vector.path, &other_body, &vector.sk),
                Err(SignatureError::Signature),
                "{id}"
            );
            let other_path = format!("{}x", vector.path);
            assert_eq!(vector.checked(&headers, &other_path, body, &vector.sk), Err(SignatureError::Signature), "{id}");
            assert_eq!(vector.checked(&headers, &vector.path, body, "other"), Err(SignatureError::Signature), "{id}");
            for place in headers.iter().enumerate().filter(|(_, (name, _))| name == "host").map(|(place, _)| place) {
                let mut other = headers.clone();
                other[place].1.push('x');
                assert_eq!(
                    vector.checked(&other, &vector.path, body, &vector.sk),
                    Err(SignatureError::Signature),
                    "{id}"
                );
            }
        }
    }

    const SECRET: &str = "secret";

    fn signed_at(date: &str, headers: &[(&str, &str)], now: &str, token: Option<&str>) -> Result<(), SignatureError> {
        let mut headers: Vec<_> =
            headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        headers.push(("x-sdk-date".to_owned(), date.to_owned()));
        let call = SignedCall { method: "GET", path: "/v1/p", query: &[], headers: &headers, body: b"" };
        let header = authorization("AK", SECRET, date, &call);
        let authorization = Authorization::parse(&header).expect("a header");
        verify(&call, &authorization, SECRET, token, now.parse().expect("a time"))
    }

    #[test]
    fn fifteen_minutes_are_believed_and_a_second_more_is_not() {
        let now: Timestamp = "2026-09-14T11:20:00Z".parse().expect("a time");
        for (seconds, expected) in [
            (0, Ok(())),
            (900, Ok(())),
            (-900, Ok(())),
            (901, Err(SignatureError::Skew)),
            (-901, Err(SignatureError::Skew)),
        ] {
            let date = (now + SignedDuration::from_secs(seconds)).strftime("%Y%m%dT%H%M%SZ").to_string();
            assert_eq!(signed_at(&date, &[("host", "h")], "2026-09-14T11:20:00.9Z", None), expected, "{seconds}");
        }
        for date in ["", "2026-09-14T11:20:00Z", "20260914T112000", "20260914T112000Z0", "20261314T112000Z", "0"] {
            let doubt = signed_at(date, &[("host", "h")], "2026-09-14T11:20:00Z", None).expect_err(date);
            assert!(
                matches!(doubt, SignatureError::Date | SignatureError::Unsigned("x-sdk-date")),
                "{date}: {doubt:?}"
            );
        }
    }

    #[test]
    fn what_has_to_be_signed_has_to_be_there() {
        let (date, now) = ("20260914T112000Z", "2026-09-14T11:20:00Z");
        assert_eq!(signed_at(date, &[], now, None), Err(SignatureError::Unsigned("host")));
        assert_eq!(signed_at(date, &[("host", "h")], now, Some("T")), Err(SignatureError::SecurityToken));
        let with = |token| [("host", "h"), ("x-security-token", token)];
        assert_eq!(signed_at(date, &with("T"), now, Some("T")), Ok(()));
        assert_eq!(signed_at(date, &with("U"), now, Some("T")), Err(SignatureError::SecurityToken));
        assert_eq!(signed_at(date, &with("T"), now, None), Err(SignatureError::SecurityToken));
        let hashed = |hash| [("host", "h"), ("x-sdk-content-sha256", hash)];
        assert_eq!(signed_at(date, &hashed("UNSIGNED-PAYLOAD"), now, None), Ok(()));
        assert_eq!(signed_at(date, &hashed("00"), now, None), Err(SignatureError::Body));
    }

    #[test]
    fn a_security_token_that_came_beside_the_signature_is_not_believed() {
        let (date, now) = ("20260914T112000Z", "2026-09-14T11:20:00Z".parse().expect("a time"));
        let mut headers = vec![("host".to_owned(), "h".to_owned()), ("x-sdk-date".to_owned(), date.to_owned())];
        let signed = SignedCall { method: "GET", path: "/", query: &[], headers: &headers.clone(), body: b"" };
        let header = authorization("AK", SECRET, date, &signed);
        headers.push(("x-security-token".to_owned(), "T".to_owned()));
        let call = SignedCall { headers: &headers, ..signed };
        let authorization = Authorization::parse(&header).expect("a header");
        assert_eq!(
            verify(&call, &authorization, SECRET, Some("T"), now),
            Err(SignatureError::Unsigned("x-security-token"))
        );
    }
}
