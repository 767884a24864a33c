//! Writes to standard output and standard error. A closed pipe is not an error, since the exit code still reports the
//! outcome. Any other failure to write the result is reported at the end. External text in a line cannot move the
//! cursor or hide characters.

use std::io::{self, ErrorKind, Write as _, stderr, stdout};
use std::sync::{Mutex, OnceLock, PoisonError};

use rustix::fs::FileType;
use rustix::io::Errno;

use crate::bootstrap::error::io_reason;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::text::sanitize::{escaped_json, visible};

/// The first error that occurred while writing the result.
static UNWRITTEN: OnceLock<io::Error> = OnceLock::new();

/// The outcome of an order that was sent, in lines, for `report_unwritten`.
static OUTCOME: Mutex<String> = Mutex::new(String::new());

/// Writes one line of the result to standard output, with hidden characters made visible.
pub fn line(line: &str) {
    put(&format!("{}\n", visible(line)));
}

/// Writes a result of several lines, each like `line`.
pub fn lines(lines: &str) {
    lines.lines().for_each(line);
}

/// Writes a text unchanged. It must not contain external text that has not been made safe.
pub fn text(text: &str) {
    put(text);
}

/// Writes a result as JSON on one line, with hidden characters escaped as `\uXXXX`.
pub fn json(value: &serde_json::Value) {
    put(&format!("{}\n", escaped_json(&value.to_string())));
}

/// A JSON result that is an object with one array, written in pieces so that a long list is never held in memory as a
/// whole.
pub struct Array {
    text: String,
    is_empty: bool,
    /// False if the result has another format; `end` then writes nothing, and callers do not call `add`.
    is_wanted: bool,
}

impl Array {
    /// The size from which a piece is written, in bytes.
    const PIECE: usize = 64 << 10;

    /// Creates the array under a member name. Writes nothing yet.
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

/// Writes to standard output and flushes, so that a full disk is noticed here and not when the program ends. Keeps the
/// first error, except a closed pipe or a lost terminal.
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

/// Returns whether the error is an I/O error (EIO) on a terminal that has gone away. Nobody can read the output then,
/// and the exit code still reports the outcome.
fn is_lost_terminal(error: &io::Error) -> bool {
    let is_device =
        || rustix::fs::fstat(stdout()).is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode).is_char_device());
    error.raw_os_error() == Some(Errno::IO.raw_os_error()) && is_device()
}

/// Stores a line about an order that was sent. `report_unwritten` prints it on standard error if the result could not
/// be written.
pub fn keep_outcome(line: &str) {
    let mut outcome = OUTCOME.lock().unwrap_or_else(PoisonError::into_inner);
    outcome.push_str(line);
    outcome.push('\n');
}

/// Reports on standard error that the result could not be written, with the stored outcome of an order. Returns the
/// exit code for it: 7 if an order was sent, else 1; `None` if everything was written, or if the reader closed its
/// pipe.
pub fn report_unwritten() -> Option<ExitCode> {
    let error = UNWRITTEN.get()?;
    eprint(&format!("cph-wizard: {}", tr!("the result could not be written: {why}", why = io_reason(error))));
    let outcome = OUTCOME.lock().unwrap_or_else(PoisonError::into_inner);
    eprint_lines(&outcome);
    Some(if outcome.is_empty() { ExitCode::Failure } else { ExitCode::NeedsAttention })
}

/// Writes one line to standard error, with hidden characters made visible. Errors are ignored.
pub fn eprint(line: &str) {
    let _ = writeln!(stderr().lock(), "{}", visible(line));
}

/// Writes several lines to standard error.
pub fn eprint_lines(lines: &str) {
    lines.lines().for_each(eprint);
}
