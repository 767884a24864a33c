//! A request to the simulated cloud, reduced to method, path, query, headers and body.

use super::http::query::Query;

/// The largest accepted body, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;

/// A received request, independent of the web framework.
pub(super) struct Request<'wire> {
    pub(super) method: &'wire str,
    pub(super) path: &'wire str,
    pub(super) query: Query,
    /// All headers, with their names in lower case.
    pub(super) headers: &'wire [(String, String)],
    pub(super) body: Body<'wire>,
}

/// The body of a request.
#[derive(Debug, Clone, Copy)]
pub(super) enum Body<'wire> {
    Whole(&'wire [u8]),
    /// More than `LARGEST_BODY` bytes arrived.
    TooLarge,
    /// The body ended early, or did not arrive in time.
    Unfinished,
}
