//! Random bytes, and mutated valid inputs, into everything that reads what comes from outside: no input makes a parser
//! panic, and what a parser makes of it keeps its promises.
//!
//! A million inputs in all; `CPH_WIZARD_NOISE` sets another number for each parser. Every run says its seed, and
//! `CPH_WIZARD_SEED` plays it again. A failure prints the seed, the number of the input and the input itself.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod generators;
mod journal;
mod order_files;
mod purchase_answers;
mod runner;
mod settings;
mod texts;
