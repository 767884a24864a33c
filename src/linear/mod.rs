//! The form as questions and answers, line by line: for screen readers, for terminals that can only print, and for
//! answers from a pipe.
//!
//! It drives the same `app::Model` with the same messages as the screen, so that every rule, guard and sentence exists
//! once. `LinearSession::handle_line` turns a typed line into messages; `LinearSession::output` reads the model and
//! returns the output that follows. Pure: `tui::linear` prints, reads and runs effects.

mod answer;
mod command;
mod confirm;
mod dialogue;
mod equivalents;
mod export;
mod field;
mod help;
mod line_handler;
mod outcome;
mod output;
mod overlay;
mod picker;
mod ports;
mod question_id;
mod questions;
mod review;
mod run_command;
mod session;
mod setup;
mod wait_reason;

/// The filter for every text that is printed verbatim.
pub use crate::text::sanitize::visible;
pub use command::{COMMANDS, Command, CommandName, read};
pub use equivalents::{LinearEquivalent, keymap, linear_equivalent};
pub use output::OutputItem;
pub use session::{LinearSession, UNLIMITED_SIZE};
pub use wait_reason::{NOTICE_INTERVAL, WaitReason, next_notice, wait_reason};
