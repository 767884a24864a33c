//! The shapes of the wire, read tolerantly (`cph.md` 2.5 and 18): extra members are passed over,
//! missing ones are `None`, numbers may come as text, and a row without what names it is skipped.

mod decode;
mod error_body;
mod json_row;

pub(super) use decode::{
    bandwidth, image, key_pair, offering, phone_flavor, server, server_detail, server_flavor, server_of_job,
};
pub(super) use error_body::ErrorBody;
pub(super) use json_row::{JsonRow, as_i64, rows};
