//! Words on standard output and standard error. A closed pipe is quiet: the exit code still tells. Whatever a line holds
//! of texts from outside, it moves no cursor and hides nothing.

use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _, stderr, stdout};

use crate::order::text::{MOST_MARKS, is_hidden, is_mark, visible};
use crate::words::tr;

/// A line of the result.
pub fn result(line: &str) {
    let _ = writeln!(stdout().lock(), "{}", visible(line));
}

/// A result of several lines.
pub fn results(lines: &str) {
    lines.lines().for_each(result);
}

/// A text as it is.
pub fn text(text: &str) {
    let _ = write!(stdout().lock(), "{text}");
}

/// A line for the person, beside the result.
pub fn aside(line: &str) {
    let _ = writeln!(stderr().lock(), "{}", visible(line));
}

/// Several lines for the person.
pub fn asides(lines: &str) {
    lines.lines().for_each(aside);
}

/// Why a file cannot be used: the usual reasons in words of ours, the rest in those of the system.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => tr!("there is no such file"),
        ErrorKind::PermissionDenied => tr!("its permissions forbid it"),
        ErrorKind::IsADirectory => tr!("it is a directory"),
        _ => error.to_string(),
    }
}

/// A result in JSON, on one line.
pub fn json(value: &serde_json::Value) {
    let _ = writeln!(stdout().lock(), "{}", escaped(&value.to_string()));
}

/// The same JSON, with everything hidden and every mark too many written as JSON's escapes: it can only stand in texts.
fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    let mut marks = 0;
    for c in json.chars() {
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if is_hidden(c) || marks > MOST_MARKS {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_its_meaning_and_shows_what_hides() {
        let value =
            serde_json::json!({ "a\u{202e}": format!("\u{1b}[2J\u{9b}\u{e0041}\u{7f}云{}", "\u{301}".repeat(9)) });
        let shown = escaped(&value.to_string());
        assert!(!shown.chars().any(is_hidden) && shown.matches('\u{301}').count() == MOST_MARKS, "{shown:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).unwrap(), value);
    }
}
