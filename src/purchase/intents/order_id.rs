//! The rule for order ids from any source: the response to a purchase, a list, or the user.

/// The maximum length of an order id, in bytes.
const LONGEST: usize = 64;

/// Returns whether a text can be an order id: 1 to 64 printable ASCII characters without spaces.
#[must_use]
pub fn is_order_id(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
