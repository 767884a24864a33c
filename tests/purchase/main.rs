//! One confirmation, at most one order: the program is killed at every named point and at random
//! moments, and the journal is held against the simulator's ledger and wire log.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod archive;
mod buyer;
mod files;
mod generated;
mod kills;
mod oracle;
mod sharing;
mod truth;
