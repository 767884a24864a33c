//! A request to the simulated cloud, as far as it matters: method, path, query, headers and body.

use super::http::query::Query;

/// The largest body that is read, in bytes.
pub(super) const LARGEST_BODY: usize = 64 * 1024;

/// A request as far as it matters here.
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
    /// More than `LARGEST_BODY` bytes came.
    TooLarge,
    /// It stopped coming before its end.
    Unfinished,
}
