//! Journeys over `update`: messages in, model and effects out, no terminal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod beginning;
mod buying;
mod calls;
mod change_log;
mod confirming;
mod exporting;
mod form;
mod history;
mod lists;
mod mouse;
mod palette;
mod pickers;
mod plain;
mod ports;
mod properties;
mod refusals;
mod setup;
mod sizes;
