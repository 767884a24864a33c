//! Comments in an order file, in the syntax of JSON with comments: `//` to the end of the line, and `/* */`. Spaces
//! replace them, so that the line and column of everything else stay the same.

use std::borrow::Cow;

/// Returns the text with spaces in place of its comments. A `/*` without an end stays, so the result is not valid JSON.
#[must_use]
pub fn without_comments(text: &[u8]) -> Cow<'_, [u8]> {
    let mut plain = Cow::Borrowed(text);
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at = match (byte, text.get(at + 1)) {
            (b'"', _) => end_of_text(text, at),
            (b'/', Some(b'/')) => {
                let end = find(text, at, b"\n").unwrap_or(text.len());
                blank(plain.to_mut(), at, end);
                end
            }
            (b'/', Some(b'*')) => match find(text, at + 2, b"*/") {
                Some(end) => {
                    blank(plain.to_mut(), at, end + 2);
                    end + 2
                }
                None => return plain,
            },
            _ => at + 1,
        };
    }
    plain
}

/// Returns the index after the string that begins at `start`; the length of the text if the string has no end.
fn end_of_text(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = text.get(at) {
        at += match byte {
            b'"' => return at + 1,
            b'\\' => 2,
            _ => 1,
        };
    }
    text.len()
}

fn find(text: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.windows(what.len()).position(|window| window == what).map(|at| from + at)
}

/// Overwrites a range with spaces, except its line breaks. A character of several bytes becomes as many spaces, which
/// moves only the rest of its own line after a `/* */`.
fn blank(plain: &mut [u8], from: usize, to: usize) {
    for byte in plain.iter_mut().take(to).skip(from) {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        String::from_utf8(without_comments(text.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn comments_become_blanks_and_everything_else_stays_in_its_place() {
        for (text, expected) in [
            ("{} // end", "{}       "),
            ("// a\r\n{/* b\n c */}", "    \r\n{    \n     }"),
            (r#"{"a": "no // comment /* here */ \" // still"}"#, r#"{"a": "no // comment /* here */ \" // still"}"#),
            ("/**/1/***/", "    1     "),
            ("1 / 2 /", "1 / 2 /"),
            ("// ü", "     "),
        ] {
            assert_eq!(plain(text), expected);
            assert_eq!(plain(text).len(), text.len());
        }
        assert!(matches!(without_comments(b"{}"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_has_no_end_stays_and_is_no_json() {
        for text in ["{} /* no end", "{} /*/", "{\"no end // of the text", "{} /", "{\"\\"] {
            assert_eq!(plain(text), text);
            assert!(serde_json::from_str::<serde_json::Value>(&plain(text)).is_err());
        }
    }
}
