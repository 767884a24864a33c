//! A response as a JSON object, or as the error that it contains. Errors are read in every format that the cloud and
//! the systems in front of it use.

use reqwest::Response;
use reqwest::header::{HeaderMap, HeaderName};
use serde_json::{Map, Value};

use crate::api::error::ReadError;
use crate::api::http::transport_error;
use crate::api::reason::AnswerFault;
use crate::api::wire::ErrorBody;
use crate::text::untrusted;

/// The largest response that is read, in MiB.
const MAX_MIB: usize = 32;

/// A JSON object from a 2xx response that is not an error, and the call's id for support.
pub(in crate::api) struct JsonResponse {
    pub(in crate::api) object: Map<String, Value>,
    pub(in crate::api) request_id: Option<String>,
    /// The HTTP status, a 2xx.
    pub(in crate::api) status: u16,
    /// Seconds by which this machine's clock was ahead of the response's date.
    pub(in crate::api) clock_ahead: Option<i64>,
    /// The header `Age` in seconds; present if the response came from a cache.
    pub(in crate::api) age: Option<u64>,
}

/// Reads the body of a response, at most 32 MiB; `limit` is the time limit of the call in seconds, for the error.
pub(in crate::api) async fn read(limit: u64, mut response: Response) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| interrupted(limit, error))? {
        if bytes.len() + chunk.len() > MAX_MIB << 20 {
            return Err(ReadError::TooLarge { limit_mib: MAX_MIB });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Makes the error of a call that ended without a complete response; `limit` is its time limit in seconds.
pub(in crate::api) fn interrupted(limit: u64, error: reqwest::Error) -> ReadError {
    if error.is_timeout() {
        ReadError::TimedOut { seconds: limit }
    } else {
        ReadError::Broken { why: transport_error::reason(error) }
    }
}

/// Returns the call's id: `X-Request-Id`, or IAM's `X-IAM-Trace-Id`, in upper or lower case.
pub(in crate::api) fn request_id(headers: &HeaderMap) -> Option<String> {
    ["x-request-id", "x-iam-trace-id"].into_iter().find_map(|name| header(headers, &HeaderName::from_static(name)))
}

/// Returns a header in a form that can be shown.
pub(in crate::api) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    untrusted::label(&String::from_utf8_lossy(headers.get(name)?.as_bytes()))
}

/// Parses a complete response into its object or its error.
pub(in crate::api) fn parse_response(
    status: u16,
    header: Option<String>,
    bytes: &[u8],
) -> Result<JsonResponse, ReadError> {
    let parsed = serde_json::from_slice::<Value>(bytes);
    if !(200..=299).contains(&status) {
        let failure = match &parsed {
            Ok(value) => ErrorBody::from_json(value),
            Err(_) => ErrorBody::from_text(&String::from_utf8_lossy(bytes)),
        };
        return Err(failure.refused(status, header));
    }
    let unreadable = |why: AnswerFault| ReadError::Unreadable { why, request_id: header.clone() };
    match parsed {
        Ok(Value::Object(object)) => {
            if let Some(failure) = ErrorBody::inside_success(&object) {
                return Err(failure.refused(status, header));
            }
            let inside = object.get("request_id").and_then(Value::as_str).and_then(untrusted::label);
            Ok(JsonResponse { object, request_id: header.or(inside), status, clock_ahead: None, age: None })
        }
        Ok(_) => Err(unreadable(AnswerFault::NotAnObject)),
        Err(_) if bytes.is_empty() => Err(unreadable(AnswerFault::Empty)),
        Err(error) => Err(unreadable(AnswerFault::NotJson { line: error.line(), column: error.column() })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_code_inside_a_success_is_an_error() {
        let error =
            parse_response(200, None, br#"{"error_code":"CPS.0042","error_msg":"busy","request_id":"r"}"#).err();
        let Some(ReadError::Refused { status: 200, code, message, request_id, retry_after: None }) = error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (code.unwrap(), message.unwrap(), request_id.unwrap()),
            ("CPS.0042".into(), "busy".into(), "r".into())
        );
        for fine in ["\"\"", "null", "\"0\"", "0", "\"CBC.0000\""] {
            assert!(parse_response(200, None, format!("{{\"error_code\":{fine}}}").as_bytes()).is_ok(), "{fine}");
        }
    }

    #[test]
    fn what_is_no_json_object_is_unreadable_under_a_success() {
        for body in ["", "[]", "null", "<html>", "{\"servers\":["] {
            let error = parse_response(200, Some("h".into()), body.as_bytes()).err();
            assert!(matches!(&error, Some(ReadError::Unreadable { request_id: Some(id), .. }) if id == "h"), "{body}");
        }
    }

    #[test]
    fn the_header_names_the_call_before_the_body_does() {
        let page = parse_response(201, Some("h".into()), br#"{"request_id":"b"}"#);
        assert_eq!(page.ok().and_then(|page| page.request_id), Some("h".into()));
    }
}
