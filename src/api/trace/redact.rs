//! Redacts secrets in records: header values, JSON members, and the credentials of the call wherever they are repeated.

use reqwest::header::{AUTHORIZATION, HeaderMap};

use super::record::{Excerpt, HeaderRecord, MAX_EXCERPT_BYTES};
use crate::text::untrusted;

/// Headers whose values are harmless even if a stranger reads them.
const SAFE_NAMES: [&str; 16] = [
    "host",
    "user-agent",
    "accept",
    "content-type",
    "content-length",
    "x-project-id",
    crate::signing::DATE,
    "date",
    "server",
    "connection",
    "transfer-encoding",
    "retry-after",
    "x-request-id",
    "x-iam-trace-id",
    "cache-control",
    "strict-transport-security",
];

/// Names of JSON members whose text is not kept: parts of the name, in lower case and without punctuation.
const SECRET_MEMBERS: [&str; 13] = [
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "adminpass",
    "secret",
    "token",
    "credential",
    "privatekey",
    "accesskey",
    "securitykey",
    "signature",
    "authorization",
];

/// The length of the shortest secret that is redacted, in bytes. Shorter ones may be ordinary words, and redacting
/// those would spoil every text.
const MIN_SECRET_CHARS: usize = 6;

/// The secrets of one call, which must not be kept; it lives as long as the call.
#[derive(Default)]
pub(super) struct Redactor(Vec<String>);

impl Redactor {
    pub(super) fn add(&mut self, secret: &str) {
        let escaped = |text: &str| {
            let quoted = serde_json::Value::from(text).to_string();
            quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
        };
        // As it is, in JSON, in a piece of JSON that is quoted in JSON, and cut as `untrusted::label` cuts.
        let once = escaped(secret);
        let cut = secret.get(..125).unwrap_or_default().to_owned();
        for form in [secret.to_owned(), escaped(&once), once, cut] {
            if form.len() >= MIN_SECRET_CHARS && !self.0.contains(&form) {
                self.0.push(form);
            }
        }
        // A part of another one would leave the rest of that standing.
        self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    }

    /// Adds the values of sensitive headers, and the parts of a signature.
    pub(super) fn add_from(&mut self, headers: &HeaderMap) {
        for (name, value) in headers {
            let Ok(text) = value.to_str() else { continue };
            if SAFE_NAMES.contains(&name.as_str()) || !(value.is_sensitive() || name == "x-subject-token") {
                continue;
            }
            self.add(text);
            if name == AUTHORIZATION {
                let parts = text.split([' ', ',']).filter_map(|part| part.split_once('='));
                parts.filter(|(name, _)| *name != "SignedHeaders").for_each(|(_, value)| self.add(value));
            }
        }
    }

    /// Returns a header in the form that may be kept: without its value unless the header is a harmless one.
    pub(super) fn header(&self, name: &str, value: &[u8]) -> HeaderRecord {
        let shown = || untrusted::sanitize_line(&self.redact(&String::from_utf8_lossy(value)), 200);
        let value = SAFE_NAMES.contains(&name).then(shown);
        HeaderRecord { name: untrusted::sanitize_line(name, 100), value }
    }

    /// Replaces the secrets in a text by `***`.
    pub(super) fn redact(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), "***"))
    }

    pub(super) fn excerpt(&self, bytes: &[u8]) -> Excerpt {
        let longest = self.0.first().map_or(0, String::len);
        let near = &bytes[..bytes.len().min(MAX_EXCERPT_BYTES + longest)];
        let mut text = redact_members(&self.redact(&String::from_utf8_lossy(near)));
        // The beginning of a secret that goes on behind the part looked at.
        let kept = if near.len() < bytes.len() { text.len().saturating_sub(longest) } else { text.len() };
        let is_cut = near.len() < bytes.len() || text.len() > MAX_EXCERPT_BYTES;
        let mut kept = kept.min(MAX_EXCERPT_BYTES);
        while !text.is_char_boundary(kept) {
            kept -= 1;
        }
        text.truncate(kept);
        text.shrink_to_fit();
        Excerpt { text, size: bytes.len(), is_cut }
    }
}

/// Replaces the text of members with a name such as `password` by `***`; text that is not JSON stays unchanged.
fn redact_members(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_secret = false;
    while let Some(at) = rest.find('"') {
        let (before, string) = rest.split_at(at);
        // Between a name and its text there is a colon and nothing else.
        is_secret = is_secret && before.trim() == ":";
        let end = end_of_string(string);
        let (string, after) = string.split_at(end);
        kept.push_str(before);
        kept.push_str(if is_secret { "\"***\"" } else { string });
        is_secret = !is_secret && is_of_secret(string);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Returns whether a string in quotation marks is the name of a member whose text is not kept, in any spelling.
fn is_of_secret(string: &str) -> bool {
    // Letters may be written as escapes.
    let plain = serde_json::from_str::<String>(string).unwrap_or_else(|_| string.to_owned());
    let name: String = plain.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    SECRET_MEMBERS.iter().any(|part| name.contains(part))
}

/// Returns the length of a string that begins with a quotation mark, in bytes; that of the whole text if the string
/// does not end.
fn end_of_string(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            b'"' if !is_escaped => return at + 1,
            b'\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_of_secret_members_is_struck_out() {
        for (text, kept) in [
            (r#"{"methods":["password"],"x":"y"}"#, r#"{"methods":["password"],"x":"y"}"#),
            (r#"{"token":{"expires_at":"now"}}"#, r#"{"token":{"expires_at":"now"}}"#),
            (r#"{"token" : "a\\", "b":"c"}"#, r#"{"token" : "***", "b":"c"}"#),
            (r#"{"token":"never ends"#, r#"{"token":"***""#),
            ("<html>\"", "<html>\""),
        ] {
            assert_eq!(redact_members(text), kept);
        }
    }

    #[test]
    fn a_secret_member_is_recognized_in_every_spelling_of_its_name() {
        for words in ["security token", "admin pass", "password", "access key", "secret key", "private key", "user pwd"]
        {
            let parts: Vec<&str> = words.split(' ').collect();
            let capitalized = |part: &str| part[..1].to_uppercase() + &part[1..];
            let pascal: String = parts.iter().map(|part| capitalized(part)).collect();
            let camel = pascal[..1].to_lowercase() + &pascal[1..];
            let escaped = camel.replacen('s', "\\u0073", 1);
            let mut spellings = vec![pascal.clone(), camel, escaped, pascal.to_uppercase()];
            for sign in ["", "_", "-", ".", " "] {
                let joined = parts.join(sign);
                spellings.extend([joined.to_uppercase(), format!("x{sign}{joined}"), joined]);
            }
            for name in spellings {
                let text = format!(r#"{{"{name}": "Hunter2-Hunter2", "other": "{name}"}}"#);
                let kept = format!(r#"{{"{name}": "***", "other": "{name}"}}"#);
                assert_eq!(redact_members(&text), kept);
            }
        }
    }
}
