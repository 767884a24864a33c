//! What a command needs before it can run: error type, language, theme, log, and the account with its client. It stands below
//! the command line and prints nothing of its own.

pub mod account;
pub mod accounts;
pub mod demo;
pub mod environment;
pub mod error;
pub mod harden;
pub mod keymap;
pub mod language;
pub mod logging;
pub mod theme;
