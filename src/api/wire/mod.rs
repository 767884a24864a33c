//! The shapes of the wire, read tolerantly (`cph.md` 2.5 and 18): extra members are passed over,
//! missing ones are `None`, numbers may come as text, and a row without what names it is skipped.

mod failure;
mod row;
mod rows;

pub(super) use failure::Failure;
pub(super) use row::{Row, as_i64, rows};
pub(super) use rows::{
    bandwidth, image, key_pair, offering, phone_flavor, server, server_detail, server_flavor, server_of_job,
};
