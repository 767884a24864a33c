//! Starts and ends linear mode: the model, the thread that reads lines, and the steps after a panic.

use std::collections::VecDeque;
use std::io::{IsTerminal as _, stdin};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::time::Instant;

use crate::linear::{self, LinearSession};

use crate::tui::linear::event_loop::{InputState, LinearLoop};
use crate::tui::linear::line_io::{self, Echo, LinePrinter};
use crate::tui::linear::pending::Pending;
use crate::tui::session::{LaunchConfig, Session, SessionConfig, SessionEnd, StartedSession};
use crate::tui::terminal::{self, TerminalError};

/// Runs the form as questions and answers until it is left.
pub fn run_linear(launch: LaunchConfig) -> Result<SessionEnd, TerminalError> {
    let start = Instant::now();
    let StartedSession { mut session, opened, effects } =
        Session::start(SessionConfig { keymap: linear::keymap(), ..launch.config });
    (session.model.width, session.model.height) = linear::UNLIMITED_SIZE;
    terminal::install_panic_hook();
    let (sender, receiver) = channel();
    let lines = line_io::spawn(sender.clone(), start);
    let is_typed = stdin().is_terminal();
    let mut event_loop = LinearLoop {
        session,
        dialogue: LinearSession::new(is_typed),
        receiver,
        lines,
        queue: VecDeque::new(),
        is_typed,
        input: InputState::Open,
        out: LinePrinter::new(),
        echo: Echo::default(),
        start,
        pending: Pending::default(),
        waits: None,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| event_loop.run(opened, effects, launch.accounts, &sender)));
    event_loop.echo.show();
    match ended {
        Ok(result) => result.map(|()| event_loop.end()).map_err(TerminalError::Io),
        Err(panic) => {
            event_loop.await_outcome();
            resume_unwind(panic)
        }
    }
}
