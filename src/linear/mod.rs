//! The form as questions and answers, line by line: for screen readers, for terminals that can do
//! nothing but print, and for answers that come through a pipe.
//!
//! It is another face of the same program: it drives the same `app::Model` with the same messages as
//! the screen, so that every rule, guard and sentence is there once. `LinearSession::handle_line` turns a typed line
//! into messages; `LinearSession::output` reads the model and tells what is to be printed next. Pure: whoever
//! prints, reads and runs effects is `tui::linear`.

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

/// What every text goes through that is printed as it is.
pub use crate::text::sanitize::visible;
pub use command::{COMMANDS, Command, CommandName, read};
pub use equivalents::{LinearEquivalent, keymap, linear_equivalent};
pub use output::OutputItem;
pub use session::LinearSession;
pub use wait_reason::{NOTICE_INTERVAL, WaitReason, next_notice, wait_reason};
