//! Strict parsing of the response to a purchase: a member that occurs twice or has another type than expected proves
//! nothing.

use serde::Deserialize;
use serde_json::Value;

use super::intents::is_order_id;
use crate::text::untrusted::sanitize_line;

/// The members of a response body that is one JSON object. `null` counts as absent; a member that occurs twice makes
/// the whole body unreadable.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ParsedResponse {
    request_id: Option<Value>,
    order_id: Option<Value>,
    product_id: Option<Value>,
    error_code: Option<Value>,
    error_msg: Option<Value>,
}

impl ParsedResponse {
    /// Parses a whole body; `None` if it is anything but one JSON object in UTF-8.
    pub(super) fn parse(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?;
        // A list would fill the members by their order.
        if !text.trim_start().starts_with('{') {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    /// Returns the order id if it is well-formed: 1 to 64 printable ASCII characters without spaces.
    pub(super) fn order_id(&self) -> Option<String> {
        let id = self.order_id.as_ref()?.as_str()?;
        is_order_id(id).then(|| id.to_owned())
    }

    /// Returns whether `order_id` is anything but absent, `null` or empty, well-formed or not.
    pub(super) fn has_order(&self) -> bool {
        is_something(self.order_id.as_ref())
    }

    /// Returns whether `error_code` is anything but absent, `null` or empty, well-formed or not.
    pub(super) fn has_error(&self) -> bool {
        is_something(self.error_code.as_ref())
    }

    /// Returns the error code and message if both are non-empty strings, which is the error format of the service and
    /// its gateway. They are cut to 128 and 300 characters.
    pub(super) fn error(&self) -> Option<(String, String)> {
        Some((printable_text(self.error_code.as_ref(), 128)?, printable_text(self.error_msg.as_ref(), 300)?))
    }

    /// Returns the error code and message for display, or the one of them that is present; `None` if neither is.
    pub(super) fn complaint(&self) -> Option<String> {
        let code = printable_text(self.error_code.as_ref(), 128);
        let message = printable_text(self.error_msg.as_ref(), 300);
        let parts: Vec<String> = code.into_iter().chain(message).collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }

    pub(super) fn request_id(&self) -> Option<String> {
        printable_text(self.request_id.as_ref(), 128)
    }

    pub(super) fn product_id(&self) -> Option<String> {
        printable_text(self.product_id.as_ref(), 128)
    }
}

fn is_something(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}

fn printable_text(value: Option<&Value>, most: usize) -> Option<String> {
    let words = sanitize_line(value?.as_str()?, most);
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_whole_object_without_doubles_is_read() {
        for body in [
            "",
            " ",
            "null",
            "[]",
            r#"["r","CS1"]"#,
            r#"{"order_id":"A""#,
            r#"{"order_id":"A"}x"#,
            r#"{"order_id":"A","order_id":"A"}"#,
            r#"{"order_id":"A","order\u005fid":"B"}"#,
            "<html>",
        ] {
            assert!(ParsedResponse::parse(body.as_bytes()).is_none(), "{body}");
        }
        assert!(ParsedResponse::parse(b"{\"order_id\":\"A\",\"note\":\"\xff\"}").is_none());
        assert!(ParsedResponse::parse(b" {\"order_id\":\"A\",\"server_ids\":[1,{\"x\":null}]}\r\n").is_some());
    }

    #[test]
    fn an_order_id_is_printable_and_bounded() {
        let id = |text: &str| ParsedResponse { order_id: Some(text.into()), ..ParsedResponse::default() }.order_id();
        assert_eq!(id("CS1710111105S8IPB").unwrap(), "CS1710111105S8IPB");
        assert_eq!(id(&"x".repeat(64)).unwrap().len(), 64);
        for bad in ["", " ", "CS 1", "CS1\n", "CSé", "CS\u{0}", &"x".repeat(65)] {
            assert_eq!(id(bad), None, "{bad:?}");
        }
        let number = ParsedResponse { order_id: Some(7.into()), ..ParsedResponse::default() };
        assert!(number.has_order() && number.order_id().is_none());
    }
}
