//! Parses JSON with helpful errors for bytes that are not JSON text: a byte order mark, UTF-16, invalid UTF-8, NUL.

use serde::de::DeserializeOwned;

use super::body_fault::{BodyFault, JsonFault};
use crate::text::position::Position;

/// Parses bytes as JSON. `Err` has the reason with its line and column.
pub(super) fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BodyFault> {
    if let Some(fault) = unreadable(bytes) {
        return Err(fault);
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default().to_owned();
        BodyFault::NotJson { why: JsonFault::Syntax(why), line: error.line(), column: error.column() }
    })
}

/// Checks bytes for a byte order mark, UTF-16, invalid UTF-8 and NUL. Returns the first fault with its line and column,
/// or `None`.
fn unreadable(bytes: &[u8]) -> Option<BodyFault> {
    let fault = |text: &str, byte: usize, why: JsonFault| {
        let Position { line, column } = Position::of_byte(text, byte);
        Some(BodyFault::NotJson { why, line, column })
    };
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return fault("", 0, JsonFault::ByteOrderMark);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return fault("", 0, JsonFault::Utf16);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.find('\0').and_then(|byte| fault(text, byte, JsonFault::Nul)),
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let text = std::str::from_utf8(valid).unwrap_or_default();
            fault(text, text.len(), JsonFault::NotUtf8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_named_with_their_place() {
        for (bytes, words) in [
            (&b"\xef\xbb\xbf{}"[..], "there is a byte order mark at line 1, column 1"),
            (b"\xff\xfe{\0}\0", "it is UTF-16 instead of UTF-8 at line 1, column 1"),
            (b"{\n  \"a\": \"\xff\"}", "not UTF-8 at line 2, column 9"),
            ("{\"云\": \0}".as_bytes(), "NUL byte at line 1, column 7"),
        ] {
            let said = unreadable(bytes).unwrap().to_string();
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(unreadable("{\"a\": \"云\"}".as_bytes()), None);
    }
}
