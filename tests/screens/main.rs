//! Every page as a person sees it, text and styles, at the sizes that are promised.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

mod beginning;
mod calls;
mod chinese;
mod edits;
mod pages;
mod pickers;
mod setup;
mod styled;
mod themes;
