//! The HTTP statuses and error codes by which an exported program tells a rejection from an unknown outcome.

use crate::codes::DOUBTFUL_PHONE_CODES;

/// Statuses with which the API rejects an order, the same as in `purchase::classify`.
const REJECTING: [u16; 9] = [400, 401, 403, 404, 405, 413, 415, 422, 429];

/// Returns the statuses of a rejection, joined by `between`.
pub(super) fn rejecting(between: &str) -> String {
    REJECTING.map(|status| status.to_string()).join(between)
}

/// Returns the error codes that leave the outcome of the order open, each formatted by `one`, joined by `between`.
pub(super) fn doubtful(one: impl Fn(u32) -> String, between: &str) -> String {
    DOUBTFUL_PHONE_CODES.map(one).join(between)
}
