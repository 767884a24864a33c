//! The program as a person meets it: the real binary in a pseudo-terminal, its screen read back through a terminal
//! emulator. `CPH_WIZARD_BIN` names another binary, such as the release build. Nothing here sleeps or
//! measures time, but for `stress`, whose subject is the moment itself.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a test that cannot go on may panic, in its helpers as well")]

#[path = "../hostile/corpus.rs"]
mod corpus;
mod crash_and_signals;
mod drafts;
mod export;
mod first_start;
mod form_steps;
mod hangup;
mod harness;
mod hostile_cloud;
mod launch;
mod misplaced_secrets;
mod mouse;
mod multiplexers;
mod paste;
mod purchase;
mod rendering;
mod resource_limits;
mod scenes;
mod secret_canaries;
mod secrets;
mod setup;
mod setup_steps;
mod simulate;
mod simulator_process;
mod sizes;
mod slow_input;
mod startup_errors;
mod stray_keys;
mod stress;
mod term_types;
mod themes;
