//! The setup that commands share before they run: error type, language, theme, log, and the account with its client. It
//! is the layer below the command line; apart from the log it prints nothing.

pub mod account;
pub mod accounts;
pub mod client;
pub mod demo;
pub mod environment;
pub mod error;
pub mod harden;
pub mod keymap;
pub mod language;
pub mod logging;
pub mod theme;
