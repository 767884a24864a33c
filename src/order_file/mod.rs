//! What an order file may hold: the comments in it, the template that begins one, and the JSON
//! Schema that editors check it with. Both are made from the table of the form and the limits of
//! `order`. Nothing here reads or writes a file.

mod comments;
mod schema;
mod spans;
mod template;
mod values;

pub use comments::without_comments;
pub use schema::{NOT_IN_SCHEMA, schema};
pub use spans::MemberSpans;
pub use template::template;
