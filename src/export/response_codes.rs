//! The HTTP statuses and error codes by which an exported program tells a rejection from an unknown outcome.

use crate::codes::DOUBTFUL_PHONE_CODES;

/// Statuses with which the API rejects an order: `purchase::classify` has the same ones.
const REJECTING: [u16; 9] = [400, 401, 403, 404, 405, 413, 415, 422, 429];

/// The statuses of a rejection, in the way of a language.
pub(super) fn rejecting(between: &str) -> String {
    REJECTING.map(|status| status.to_string()).join(between)
}

/// The codes that leave open what became of the order, each in the way of a language.
pub(super) fn doubtful(one: impl Fn(u32) -> String, between: &str) -> String {
    DOUBTFUL_PHONE_CODES.map(one).join(between)
}
