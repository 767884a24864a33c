//! Linear mode: the same orders as on the screen, every page and key in words, and the real binary with
//! its answers from a pipe and from a terminal.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on may panic, in its helpers as well"
)]

#[path = "../terminal/cloud.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod cloud;
#[path = "../common/mod.rs"]
mod common;
#[path = "../terminal/harness.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod harness;
#[path = "../terminal/start.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod start;

mod chance;
mod counterparts;
mod piped;
mod same;
mod talker;
mod transcript;
mod typed;
