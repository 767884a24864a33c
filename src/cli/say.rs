//! Words on standard output and standard error. A closed pipe is quiet: the exit code still tells.

use std::io::{self, ErrorKind, Write as _, stderr, stdout};

use crate::words::tr;

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
    result(&value.to_string());
}
