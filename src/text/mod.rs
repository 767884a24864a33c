//! Text for people: made safe to show, cut and compared. It knows nothing of orders, screens or files.

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
