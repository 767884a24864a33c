//! Words on standard output and standard error. A closed pipe is quiet: the exit code still tells.

use std::io::{Write as _, stderr, stdout};

/// A line of the result.
pub fn result(line: &str) {
    let _ = writeln!(stdout().lock(), "{line}");
}

/// A text as it is.
pub fn text(text: &str) {
    let _ = write!(stdout().lock(), "{text}");
}

/// A line for the person, beside the result.
pub fn aside(line: &str) {
    let _ = writeln!(stderr().lock(), "{line}");
}

/// A result in JSON, on one line.
pub fn json(value: &serde_json::Value) {
    result(&value.to_string());
}
