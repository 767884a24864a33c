//! Journeys over `update`: messages in, model and effects out, no terminal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod changelog;
mod confirmation;
mod export;
mod form;
mod inputs;
mod inspector;
mod lists;
mod mouse;
mod order_sheet;
mod outcomes;
mod palette;
mod pickers;
mod plain_text;
mod ports;
mod properties;
mod purchase;
mod rejections;
mod setup;
mod sizes;
mod start;
mod undo;
