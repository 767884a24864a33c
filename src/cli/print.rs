//! Writes to standard output and standard error. A closed pipe is quiet: the exit code still tells. A result that cannot
//! be written for another reason is reported at the end. Whatever a line holds of texts from outside, it moves no cursor
//! and hides nothing.

use std::io::{self, ErrorKind, Write as _, stderr, stdout};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustix::fs::FileType;
use rustix::io::Errno;

use crate::bootstrap::error::io_reason;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::text::sanitize::{escaped_json, visible};

/// Why the first part of the result that could not be written was not.
static UNWRITTEN: OnceLock<io::Error> = OnceLock::new();

/// What became of an order, in lines.
static OUTCOME: Mutex<String> = Mutex::new(String::new());

/// Writes a line of the result.
pub fn line(line: &str) {
    put(&format!("{}\n", visible(line)));
}

/// Writes a result of several lines.
pub fn lines(lines: &str) {
    lines.lines().for_each(line);
}

/// Writes a text as it is. Nothing of it may come from outside.
pub fn text(text: &str) {
    put(text);
}

/// Writes a result in JSON, on one line.
pub fn json(value: &serde_json::Value) {
    put(&format!("{}\n", escaped_json(&value.to_string())));
}

/// A result in JSON that is an object with one array, written piece by piece.
pub struct Array {
    text: String,
    is_empty: bool,
    /// Whether anything is written at all.
    is_wanted: bool,
}

impl Array {
    /// How much is written at once, in bytes.
    const PIECE: usize = 64 << 10;

    /// Begins the array with this name, if it is wanted.
    pub fn start(name: &str, is_wanted: bool) -> Self {
        Self { text: format!("{{\"{name}\":["), is_empty: true, is_wanted }
    }

    pub fn add(&mut self, value: &impl serde::Serialize) {
        let value = serde_json::to_string(value).unwrap_or_default();
        if !std::mem::take(&mut self.is_empty) {
            self.text.push(',');
        }
        self.text.push_str(&escaped_json(&value));
        if self.text.len() >= Self::PIECE {
            put(&std::mem::take(&mut self.text));
        }
    }

    pub fn end(self) {
        if self.is_wanted {
            put(&format!("{}]}}\n", self.text));
        }
    }
}

/// Writes to standard output at once, so that a full disk is noticed here and not when the program ends.
fn put(text: &str) {
    let mut out = stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != ErrorKind::BrokenPipe
        && !is_lost_terminal(&error)
    {
        // The first one says why.
        let _ = UNWRITTEN.set(error);
    }
}

/// Whether standard output was a terminal that is gone: nobody is there to read, and the exit code still tells.
fn is_lost_terminal(error: &io::Error) -> bool {
    let is_device =
        || rustix::fs::fstat(stdout()).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode).is_char_device());
    error.raw_os_error() == Some(Errno::IO.raw_os_error()) && is_device()
}

/// Keeps a line about an order that was sent. It is said on standard error if the result cannot be written.
pub fn keep_outcome(line: &str) {
    let mut outcome = OUTCOME.lock().unwrap_or_else(PoisonError::into_inner);
    outcome.push_str(line);
    outcome.push('\n');
}

/// Reports a result that could not be written, with what became of an order. Returns the exit code for it: 7 if an order
/// was sent, else 1; `None` if everything was written, or if the reader had closed its pipe.
pub fn report_unwritten() -> Option<ExitCode> {
    let error = UNWRITTEN.get()?;
    eprint(&format!("cph-wizard: {}", tr!("the result could not be written: {why}", why = io_reason(error))));
    let outcome = OUTCOME.lock().unwrap_or_else(PoisonError::into_inner);
    eprint_lines(&outcome);
    Some(if outcome.is_empty() { ExitCode::Failure } else { ExitCode::NeedsAttention })
}

/// Writes a line for the user, beside the result.
pub fn eprint(line: &str) {
    let _ = writeln!(stderr().lock(), "{}", visible(line));
}

/// Writes several lines for the user.
pub fn eprint_lines(lines: &str) {
    lines.lines().for_each(eprint);
}
