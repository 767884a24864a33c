//! JSON formats of the service, read tolerantly (`cph.md` 2.5 and 18): extra members are ignored, missing ones are
//! `None`, numbers may come as text, and a row without its identifying member is skipped.

mod decode;
mod error_body;
mod json_row;

pub(super) use decode::{
    bandwidth, image, key_pair, offering, phone_flavor, server, server_detail, server_flavor, server_of_job,
};
pub(super) use error_body::ErrorBody;
pub(super) use json_row::{JsonRow, as_i64, rows};
