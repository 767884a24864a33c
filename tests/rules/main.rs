//! The rules of an order against everything that has a say in them: the document's limits one by one, the simulator's
//! own rules in both directions, the document's example, bodies read back, the table of the form and the pickers.

#![expect(clippy::expect_used, reason = "a test that cannot go on may panic, in its helpers as well")]

#[path = "../common/stale_snapshots.rs"]
mod stale_snapshots;

mod example;
mod field_table;
mod files;
mod fixture;
mod limits;
mod parsing;
mod picker_lists;
mod properties;
mod sentences;
mod warnings;
