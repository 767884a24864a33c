//! Texts from outside that do something to a terminal or to a reader: in every place where such a text is shown, on the
//! screen and in what commands print, they are written out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod commands;
mod corpus;
mod screens;
