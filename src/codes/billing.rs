//! The error codes of billing (`platform.md` sections 4, 6, 8 and 9).

use super::code_row::{CodeRow, Meaning, find};
use crate::i18n::phrase;

const REPORT: &str = phrase!("This is a fault of the program: report it.");
const OTHER_SITE: &str = phrase!("The account belongs to another site of the vendor than this billing address.");
const SITE: &str = phrase!("Use the billing address of the account's own site: China, International or Europe.");
const RIGHT: &str = phrase!("Ask the account's administrator for the right to billing.");
const DISCOUNT: &str = phrase!("The discount or coupon does not go together with the order.");
const PAY_WITHOUT: &str = phrase!("Pay without it, or choose another one in the console.");
const NO_PRODUCT: &str = phrase!("Billing knows no product for this combination.");
const NO_PRICE: &str = phrase!("Go on without a price, or look it up in the price calculator.");
const BUDGET: &str = phrase!("Ask whoever keeps the budget, or order less.");
const INSIDE_SUCCESS: &str = phrase!("Billing answered with the status of a success, but did not do what was asked.");
const CONSOLE: &str = phrase!("Look in the console what became of the order.");

/// The meaning of each number. `CBC.0000` is a success and has no row.
pub(super) const ROWS: &[CodeRow] = &[
    (100, phrase!("Billing does not accept a value of the call."), REPORT),
    (101, phrase!("Billing does not accept a value of the call."), REPORT),
    (150, OTHER_SITE, SITE),
    (151, phrase!("The user has no right to billing."), RIGHT),
    (154, phrase!("Billing does not accept the token, or it has expired."), phrase!("Get a new token.")),
    (155, phrase!("Billing does not accept the credentials, or the user has no right."), RIGHT),
    (156, OTHER_SITE, SITE),
    (250, phrase!("Billing takes no more calls for now."), phrase!("Wait a minute.")),
    (999, phrase!("Billing failed for a reason of its own."), phrase!("Try later.")),
    (3002, INSIDE_SUCCESS, CONSOLE),
    (3006, INSIDE_SUCCESS, CONSOLE),
    (6006, NO_PRODUCT, NO_PRICE),
    (
        30_000_010,
        phrase!("Billing does not know the order."),
        phrase!("Check the order id and that the account is the one that ordered."),
    ),
    (30_050_007, INSIDE_SUCCESS, CONSOLE),
    (99_000_088, phrase!("The payment is in progress."), phrase!("Do not pay again; wait and look at the order.")),
    (99_000_089, phrase!("The order is part of a combined order."), phrase!("Use the number of the combined order.")),
    (
        99_003_106,
        phrase!("The state of the order has changed."),
        phrase!("Look at the order before anything else: it may be paid already."),
    ),
    (99_003_108, DISCOUNT, PAY_WITHOUT),
    (99_003_110, phrase!("The time to pay the order has passed."), phrase!("Place a new order.")),
    (99_003_112, DISCOUNT, PAY_WITHOUT),
    (99_003_116, DISCOUNT, PAY_WITHOUT),
    (99_003_117, DISCOUNT, PAY_WITHOUT),
    (
        99_003_141,
        phrase!("Quota, capacity or specification changed since the order was placed."),
        phrase!("Cancel the order and place a new one."),
    ),
    (99_003_147, DISCOUNT, PAY_WITHOUT),
    (99_003_155, phrase!("The budget of the enterprise project does not suffice."), BUDGET),
    (99_003_156, DISCOUNT, PAY_WITHOUT),
    (99_003_162, phrase!("It is too late for this."), phrase!("Look at the order; if it has lapsed, place a new one.")),
    (99_003_198, phrase!("The budget of the organisation does not suffice."), BUDGET),
    (99_005_003, phrase!("The balance is too low."), phrase!("Top up the account, then pay the order.")),
    (99_005_010, phrase!("The state of the order does not allow that it is cancelled."), phrase!("Look at the order.")),
    (99_006_006, NO_PRODUCT, NO_PRICE),
    (
        99_006_055,
        phrase!("The price asked for is above the permitted maximum."),
        phrase!("Ask for fewer servers at once."),
    ),
    (99_006_066, phrase!("Billing could not find out the price."), phrase!("Try later, or go on without a price.")),
    (99_006_073, phrase!("Billing does not know the project."), phrase!("Check the project id.")),
    (99_008_040, phrase!("The order was paid or tried too often."), phrase!("Wait a while, then look at the order.")),
    (
        99_008_056,
        phrase!("The number of orders for one day is reached."),
        phrase!("Order tomorrow, or contact the vendor's support."),
    ),
];

/// Looks up the meaning of a billing code by its number. `None` if no document explains it.
pub(super) fn meaning(number: u32) -> Option<Meaning> {
    find(ROWS, number)
}
