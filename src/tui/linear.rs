//! Linear mode from its start to its end: the model, the thread that reads lines, and what is left of
//! it after a breakdown.

use std::collections::VecDeque;
use std::io::{IsTerminal as _, stdin};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::channel;
use std::time::Instant;

use crate::linear::{self, Talk};

use super::conversation::{Conversation, Input};
use super::lines::{self, Echo, Out};
use super::session::{Beginning, Begun, Ended, Launch, Session};
use super::terminal::{self, TerminalError};
use super::under_way::UnderWay;

/// Runs the form as questions and answers until it is left.
pub fn converse(launch: Launch) -> Result<Ended, TerminalError> {
    let start = Instant::now();
    let Begun { session, opened, effects } = Session::begin(Beginning { keymap: linear::keymap(), ..launch.beginning });
    terminal::hook_panics();
    let (sender, receiver) = channel();
    let lines = lines::listen(sender.clone(), start);
    let is_typed = stdin().is_terminal();
    let mut conversation = Conversation {
        session,
        talk: Talk::new(is_typed),
        receiver,
        lines,
        queue: VecDeque::new(),
        is_typed,
        input: Input::Open,
        out: Out::new(),
        echo: Echo::default(),
        start,
        under_way: UnderWay::default(),
        waits: None,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| conversation.run(opened, effects, launch.accounts, &sender)));
    conversation.echo.show();
    match ended {
        Ok(result) => result.map(|()| conversation.ended()).map_err(TerminalError::Io),
        Err(panic) => {
            conversation.see_order_through();
            resume_unwind(panic)
        }
    }
}
