//! A real account, proven without one: every kind of credentials times every operation against the simulator over
//! TLS, wrong ones and those that run out, the way through networks and proxies, and hostile servers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod clocks;
mod expiry;
mod front;
mod generations;
mod hostile;
mod lists;
mod matrix;
mod network;
mod plain_words;
mod projects;
mod stage;
mod wrong;
