//! The command line as a process: what `profile` writes, says and refuses, what `profile doctor` finds, and the
//! commands about order files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/stale_snapshots.rs"]
mod stale_snapshots;

mod completions;
mod doctor;
mod exports;
mod files;
mod language;
mod log;
mod man;
mod profile;
mod profile_errors;
mod simulator_process;
mod test_home;
