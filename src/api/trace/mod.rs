//! What went over the wire, for the request pane, the inspector and the log. A record holds no secret, from its start on.

mod log;
mod record;
mod redact;
mod span;

pub(super) use log::log_retry;
pub use record::{AuthScheme, CallRecord, Excerpt, HeaderRecord, MAX_EXCERPT_BYTES, ResponseRecord};
pub use span::Observer;
pub(super) use span::{CallSpan, CallStart, CallTracer, TracedRequest, dry_run_record};
