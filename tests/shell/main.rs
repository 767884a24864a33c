//! The commands for scripts as processes, against a simulator of their own: check, buy, catalogue, orders, and pipes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod buy;
mod ca_file;
mod catalogue;
mod check;
mod confirmation;
mod demo;
mod fixture;
mod limits;
mod orders;
mod pipes;
mod scenes;
mod signals;
