//! Every page as a person sees it, at the sizes that are promised. The text of each page is a file of its own
//! (`page`), without what is around it: header, footer and request pane are in `chrome`. What colours and
//! attributes mean is in `roles`; that every theme shows the same roles, in `themes`. Small screens are in `small`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

#[path = "../common/snapshots.rs"]
mod snapshots;

mod beginning;
mod calls;
mod chinese;
mod chrome;
mod edits;
mod page;
mod pages;
mod pickers;
mod regions;
mod roles;
mod screen;
mod setup;
mod small;
mod themes;
