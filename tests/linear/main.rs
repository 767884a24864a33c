//! Linear mode: the same orders as on the screen, every page and key in words, and the real binary with
//! its answers from a pipe and from a terminal.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on may panic, in its helpers as well"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../terminal/harness.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod harness;
#[path = "../terminal/launch.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod launch;
#[path = "../terminal/simulator_process.rs"]
#[allow(dead_code, reason = "another suite uses the rest")]
mod simulator_process;

mod defaults;

mod confirmation;
mod equivalents;
mod linear_driver;
mod outcomes;
mod piped;
mod pty;
mod random_lines;
mod screen_parity;
mod transcript;
