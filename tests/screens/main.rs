//! Every page as a person sees it, at the sizes that are promised. The text of each page is a file of its own
//! (`page_snapshot`), without what is around it: header, footer and request pane are in `header_footer`. What colours and
//! attributes mean is in `style_roles`; that every theme shows the same roles, in `themes`. Small screens are in `small_sizes`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../common/mod.rs"]
mod common;

#[path = "../common/stale_snapshots.rs"]
mod stale_snapshots;

mod beginning;
mod calls;
mod chinese;
mod edits;
mod header_footer;
mod lists;

mod order_sheet;
mod outcomes;
mod page_snapshot;
mod pages;
mod pickers;
mod regions;
mod screen;
mod setup;
mod small_sizes;
mod style_roles;
mod themes;
