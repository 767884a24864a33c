//! What is known about the payment of an order, as the member `payment` of JSON and as a sentence. Amounts, deadlines
//! and links are `null` until this program reads them from the Billing Center.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::i18n::tr;
use crate::purchase::intents::StateName;

/// The time after which an unpaid order expires as a rule.
const UNPAID_LIFETIME: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An order, as far as its payment depends on it.
#[derive(Debug, Clone, Copy)]
pub struct PaidOrder {
    pub state: StateName,
    pub pays_now: bool,
    /// The time of its confirmation.
    pub at: Timestamp,
}

/// The state of the payment, as far as it is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PaymentState {
    /// The order was placed to be paid later, not long ago. It may have been paid in the console since.
    Unpaid,
    Unknown,
}

impl PaidOrder {
    /// Returns the state of the payment; `None` if there is no order to pay.
    fn payment(self, now: Timestamp) -> Option<PaymentState> {
        match self.state {
            StateName::Accepted if !self.pays_now && now.duration_since(self.at) < UNPAID_LIFETIME => {
                Some(PaymentState::Unpaid)
            }
            // An automatic payment can fail, and an order that was found may have been paid or not.
            StateName::Accepted
            | StateName::Found
            | StateName::Conflict
            | StateName::Intent
            | StateName::Sending
            | StateName::Unknown => Some(PaymentState::Unknown),
            StateName::Rejected | StateName::NotSent | StateName::NotFound | StateName::NotPlaced => None,
        }
    }

    /// Returns whether the order waits for its payment, as far as this program knows.
    pub fn is_unpaid(self, now: Timestamp) -> bool {
        self.payment(now) == Some(PaymentState::Unpaid)
    }

    /// Returns the member `payment`, which is `null` if there is no order to pay.
    pub fn json(self, now: Timestamp) -> Value {
        let Some(state) = self.payment(now) else { return Value::Null };
        let state = match state {
            PaymentState::Unpaid => "unpaid",
            PaymentState::Unknown => "unknown",
        };
        json!({ "state": state, "amount_due": null, "currency": null, "pay_before": null, "console": null })
    }
}

/// Puts the member `payment` into the JSON of an order.
pub fn put(order: &mut Value, paid: PaidOrder, now: Timestamp) {
    if let Value::Object(members) = order {
        members.insert("payment".into(), paid.json(now));
    }
}

/// Returns how to pay an order that was just placed, and until when.
pub fn how_to_pay() -> String {
    tr!(
        "This order is not paid yet. Pay for it in the console: Billing Center, Orders, Unpaid Orders. Nothing is built before that; an unpaid order usually expires after 7 days."
    )
}

/// Returns how to pay an order of the journal, which does not know of payments in the console.
pub fn how_to_pay_later() -> String {
    tr!(
        "This order was placed without payment. If it is still unpaid, pay for it in the console: Billing Center, Orders, Unpaid Orders. Nothing is built before that; an unpaid order usually expires after 7 days."
    )
}

/// Returns how to pay this many listed orders of the journal.
pub fn how_to_pay_listed(number: usize) -> String {
    tr!(
        "{n} order was placed without payment. If it is still unpaid, pay for it in the console: Billing Center, Orders, Unpaid Orders. Nothing is built before that; an unpaid order usually expires after 7 days."
            | "{n} orders were placed without payment. If they are still unpaid, pay for them in the console: Billing Center, Orders, Unpaid Orders. Nothing is built before that; an unpaid order usually expires after 7 days."
                % number
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_new_order_that_is_paid_later_is_surely_unpaid() {
        let at: Timestamp = "2026-03-01T08:00:00Z".parse().unwrap();
        let (soon, late) = (at + SignedDuration::from_hours(167), at + SignedDuration::from_hours(168));
        for state in StateName::ALL {
            for (pays_now, now) in [(false, soon), (false, late), (true, soon)] {
                let payment = PaidOrder { state, pays_now, at }.json(now);
                let expected = match state {
                    StateName::Accepted if !pays_now && now == soon => json!("unpaid"),
                    StateName::Rejected | StateName::NotSent | StateName::NotFound | StateName::NotPlaced => {
                        json!(null)
                    }
                    _ => json!("unknown"),
                };
                assert_eq!(payment["state"], expected, "{state:?} {pays_now} {now}");
            }
        }
        let unpaid = PaidOrder { state: StateName::Accepted, pays_now: false, at }.json(soon);
        let members: Vec<&String> = unpaid.as_object().unwrap().keys().collect();
        assert_eq!(members, ["state", "amount_due", "currency", "pay_before", "console"]);
    }
}
