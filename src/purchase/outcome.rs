//! What can become of an order that was sent, with what a person needs to act on it. All texts are
//! one line, bounded and free of hidden characters.

/// The verdict on one purchase call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The order was placed; with automatic payment it is paid for.
    Accepted(Receipt),
    /// The cloud said no, in the shape in which only the cloud says it: nothing was bought.
    Refused(Refusal),
    /// Not a byte of the order left this machine.
    NotSent(NotSent),
    /// Anything else. Never send again; find out by reading.
    Unknown(Unknown),
}

/// What the cloud gave for the order (`cph.md` 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Names the call for support and in the list of jobs.
    pub request_id: Option<String>,
    /// 1 to 64 printable ASCII characters.
    pub order_id: String,
    pub product_id: Option<String>,
}

/// Why the cloud said no. `field_of` and `advice` tell more about the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status, which says less than the code.
    pub status: u16,
    /// Such as `CPS.0024` or `APIGW.0301`, as it came.
    pub code: String,
    pub message: String,
    pub request_id: Option<String>,
}

/// Why the order was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    pub why: String,
}

/// Why nobody can tell yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// What was seen: a part of a sentence, without capital and full stop.
    pub why: String,
    pub status: Option<u16>,
    /// With it the jobs of the call can be looked up.
    pub request_id: Option<String>,
    /// Whether a success was seen, though not a whole and clear one.
    pub probably_placed: bool,
}
