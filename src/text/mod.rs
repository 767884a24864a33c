//! Text for display: sanitized, measured, cut, wrapped and compared. It depends neither on orders nor on screens or
//! files.

pub mod path;
pub mod position;
pub mod relative_time;
pub mod sanitize;
pub mod shared_error;
pub mod suggest;
pub mod truncate;
pub mod untrusted;
pub mod width;
pub mod wrap;
