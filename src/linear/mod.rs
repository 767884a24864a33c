//! The form as questions and answers, line by line: for screen readers, for terminals that can do
//! nothing but print, and for answers that come through a pipe.
//!
//! It is another face of the same program: it drives the same `app::Model` with the same messages as
//! the screen, so that every rule, guard and sentence is there once. `Talk::take` turns a typed line
//! into messages; `Talk::say` reads the model and tells what is to be printed next. Pure: whoever
//! prints, reads and runs effects is `tui::linear`.

mod act;
mod answer;
mod buying;
mod command;
mod counterpart;
mod export;
mod field;
mod help;
mod outcome;
mod overlay;
mod pages;
mod picker;
mod ports;
mod review;
mod setup;
mod talk;
mod turn;
mod waiting;

/// What every text goes through that is printed as it is.
pub use crate::order::text::visible;
pub use command::{COMMANDS, Command, Word, read};
pub use counterpart::{Counterpart, counterpart, keymap};
pub use talk::{Said, Talk};
pub use waiting::{Awaited, PATIENCE, awaited, told_next};
