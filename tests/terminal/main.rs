//! The program as a person meets it: the real binary in a pseudo-terminal, its screen read back through a terminal
//! emulator. `CPH_WIZARD_BIN` names another binary, such as the release build. Nothing here sleeps or
//! measures time, but for the storms, whose subject is the moment itself.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test that cannot go on may panic, in its helpers as well")]

mod asking;
mod canary;
mod cloud;
mod command;
#[path = "../hostile/corpus.rs"]
mod corpus;
mod drafts;
mod exporting;
mod first_start;
mod hangup;
mod harness;
mod hostile;
mod journey;
mod leaving;
mod limits;
mod line;
mod looks;
mod misplaced;
mod mouse;
mod multiplexers;
mod pastes;
mod purchase;
mod scenes;
mod secrets;
mod setup;
mod simulate;
mod sizes;
mod start;
mod storms;
mod stray_keys;
mod terms;
mod themes;
