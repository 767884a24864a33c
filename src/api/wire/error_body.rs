//! Errors in response bodies, in all known formats (`platform.md` section 6), tried in the order of the vendor's own
//! client.

use serde_json::{Map, Value};

use crate::api::error::ReadError;
use crate::text::untrusted;

/// An error as far as a response describes it; texts are short and free of hidden characters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::api) struct ErrorBody {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

const PAIRS: [(&str, &str); 3] = [("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message")];

impl ErrorBody {
    /// Reads the error in a JSON response with an error status.
    pub(in crate::api) fn from_json(value: &Value) -> Self {
        let Some(object) = value.as_object() else { return Self::from_text(&value.to_string()) };
        let nested = || object.values().filter_map(Value::as_object);
        let (code, message) = pair(object).or_else(|| nested().find_map(pair)).unwrap_or_default();
        let request_id = request_id(object).or_else(|| nested().find_map(request_id));
        Self { code, message, request_id }
    }

    /// Reads the error in a text that is not JSON; nothing of a web page is kept.
    pub(in crate::api) fn from_text(text: &str) -> Self {
        let is_page = text.trim_start().starts_with('<');
        Self { message: if is_page { None } else { untrusted::message(text) }, ..Self::default() }
    }

    /// Returns the error hidden in a response of success: a code that is present and not one for success (`cph.md`
    /// 2.3). A bare `code` does not count, because a row can have one.
    pub(in crate::api) fn inside_success(object: &Map<String, Value>) -> Option<Self> {
        let means_something = |code: &String| !matches!(code.as_str(), "0" | "CBC.0000");
        let (code, message) = PAIRS.iter().take(2).find_map(|(code, message)| {
            let code = object.get(*code).and_then(word).filter(means_something)?;
            Some((code, object.get(*message).and_then(Value::as_str).and_then(untrusted::message)))
        })?;
        Some(Self { code: Some(code), message, request_id: request_id(object) })
    }

    /// Turns the body into the error of a read; the header's request id takes precedence over the body's.
    pub(in crate::api) fn refused(self, status: u16, header: Option<String>) -> ReadError {
        let Self { code, message, request_id } = self;
        ReadError::Refused { status, code, message, request_id: header.or(request_id), retry_after: None }
    }
}

fn request_id(object: &Map<String, Value>) -> Option<String> {
    object.get("request_id").and_then(Value::as_str).and_then(untrusted::label)
}

type Pair = (Option<String>, Option<String>);

fn pair(object: &Map<String, Value>) -> Option<Pair> {
    PAIRS.iter().find_map(|(code, message)| {
        let code = object.get(*code).and_then(word);
        let message = object.get(*message).and_then(Value::as_str).and_then(untrusted::message);
        (code.is_some() || message.is_some()).then_some((code, message))
    })
}

/// Reads a code: a text, or a number as in IAM and ECS.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => untrusted::label(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn shape(value: &Value) -> (Option<String>, Option<String>) {
        let ErrorBody { code, message, .. } = ErrorBody::from_json(value);
        (code, message)
    }

    #[test]
    fn every_known_shape_is_read() {
        let of = |code: &str, message: &str| (Some(code.to_owned()), Some(message.to_owned()));
        assert_eq!(shape(&json!({ "error_code": "CPS.0001", "error_msg": "no" })), of("CPS.0001", "no"));
        assert_eq!(shape(&json!({ "errorCode": "X", "errorMsg": "no" })), of("X", "no"));
        assert_eq!(shape(&json!({ "error": { "code": 401, "message": "who", "title": "t" } })), of("401", "who"));
        assert_eq!(shape(&json!({ "badRequest": { "code": 400, "message": "m" } })), of("400", "m"));
        assert_eq!(shape(&json!({ "code": "c", "message": "m", "error": { "code": 1 } })), of("c", "m"));
        assert_eq!(shape(&json!({ "itemNotFound": { "message": "m", "code": 404 } })), of("404", "m"));
        assert_eq!(shape(&json!({ "code": "APIG.0301", "message": "m" })), of("APIG.0301", "m"));
        assert_eq!(
            shape(&json!({ "error_code": "", "error_msg": null, "error": { "code": 7, "message": "m" } })),
            of("7", "m")
        );
        assert_eq!(shape(&json!({ "fault": {} })), (None, None));
        for nothing in [json!({}), json!({ "error": null }), json!({ "error_code": null })] {
            assert_eq!(shape(&nothing), (None, None), "{nothing}");
        }
    }

    #[test]
    fn what_belongs_to_an_error_beside_code_and_words_does_no_harm() {
        // Newer denials of IAM carry a long coded message, batch calls a list of failures.
        let denial = json!({ "encoded_authorization_message": "AAAA", "error_code": "PAP5.0001", "error_msg": "no",
                             "details": { "error_code": "X", "error_msg": "x" } });
        assert_eq!(shape(&denial), (Some("PAP5.0001".into()), Some("no".into())));
        let batch = json!({ "failures": [{ "server_id": "s", "error_code": "CPS.0005" }], "error_code": "CPS.0097" });
        assert_eq!(shape(&batch), (Some("CPS.0097".into()), None));
    }

    #[test]
    fn the_id_of_a_call_is_found_beside_the_error_and_inside_it() {
        let id = |value: &Value| ErrorBody::from_json(value).request_id;
        assert_eq!(id(&json!({ "request_id": "r", "error": { "request_id": "x" } })), Some("r".into()));
        assert_eq!(id(&json!({ "error": { "error_code": "IAM.0011", "request_id": "r" } })), Some("r".into()));
        assert_eq!(id(&json!({ "error": { "request_id": 7 } })), None);
    }

    #[test]
    fn a_success_hides_an_error_under_either_spelling() {
        let inside =
            |value: Value| ErrorBody::inside_success(value.as_object().unwrap()).and_then(|failure| failure.code);
        assert_eq!(inside(json!({ "error_code": "CPS.0042" })), Some("CPS.0042".into()));
        assert_eq!(inside(json!({ "error_code": "", "errorCode": "X" })), Some("X".into()));
        for fine in [json!({ "error_code": 0 }), json!({ "errorCode": "0" }), json!({ "code": "X", "message": "m" })] {
            assert_eq!(inside(fine.clone()), None, "{fine}");
        }
    }

    #[test]
    fn text_is_quoted_and_pages_are_not() {
        assert_eq!(ErrorBody::from_text("upstream\u{1b}[31m gone").message.unwrap(), "upstream<U+001B>[31m gone");
        assert_eq!(ErrorBody::from_text(" <html>").message, None);
        assert_eq!(ErrorBody::from_text("").message, None);
    }
}
