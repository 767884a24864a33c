//! The contents of an order file: its comments, the template to start one from, and the JSON Schema that editors check
//! it with. Template and schema are generated from the form's field table and the limits of `order`. Nothing here reads
//! or writes a file.

mod comments;
mod schema;
mod spans;
mod template;
mod values;

pub use comments::without_comments;
pub use schema::{NOT_IN_SCHEMA, schema};
pub use spans::MemberSpans;
pub use template::template;
