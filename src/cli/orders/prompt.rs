//! Questions about the journal that the user answers at the terminal by typing a given text.

use std::io::{IsTerminal as _, Write as _, stderr, stdin};

use crate::bootstrap::error::AppError;
use crate::i18n::tr;

/// Checks that standard input and standard error are terminals, so that the user can answer. The error points to
/// `--yes`.
pub fn needs_terminal() -> Result<(), AppError> {
    if stdin().is_terminal() && stderr().is_terminal() {
        return Ok(());
    }
    Err(AppError::Usage(tr!("nothing was recorded: without a terminal --yes is needed")))
}

/// Asks at the terminal, and returns whether the user typed exactly `wanted`. Discards input typed before the question.
pub fn is_typed(question: &str, wanted: &str) -> bool {
    // What was typed before the question is no answer to it.
    let _ = rustix::termios::tcflush(stdin(), rustix::termios::QueueSelector::IFlush);
    let mut out = stderr().lock();
    let _ = write!(out, "{question}");
    let _ = out.flush();
    drop(out);
    let mut answer = String::new();
    stdin().read_line(&mut answer).is_ok() && answer.trim() == wanted
}
