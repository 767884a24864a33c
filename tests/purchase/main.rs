//! One confirmation, at most one order: the program is killed at every named point and at random
//! moments, and the journal is held against the simulator's ledger and wire log.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod archive;
mod fixture;
mod generated_journal;
mod invariants;
mod kills;
mod moved_files;
mod reconciliation;
mod shared_journal;
