//! Records of calls for the request pane, the inspector and the log. A record holds no secret at any time.

mod log;
mod record;
mod redact;
mod span;

pub(super) use log::log_retry;
pub use record::{AuthScheme, CallRecord, Excerpt, HeaderRecord, MAX_EXCERPT_BYTES, ResponseRecord};
pub use span::Observer;
pub(super) use span::{CallSpan, CallStart, CallTracer, TracedRequest, dry_run_record};
