//! The page that asks for a confirmation, and the one that waits for the outcome.

use std::collections::BTreeSet;

use crate::form::{Edit, OrderImpact, TextCursor};
use crate::order::{Body, Order, PeriodUnit};
use crate::purchase::intents::Acknowledged;

use crate::app::keys::context::Context;
use crate::app::load_error::Millis;

/// Time without input before the confirmation accepts a key, in milliseconds.
const ARM_DELAY: Millis = 500;

/// Action that the user must take to confirm. It takes more effort when more is at risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    Key,
    /// A word to type: the server name, or `SECOND_ORDER_WORD` while an order may exist already.
    Word {
        word: String,
        typed: String,
        cursor: TextCursor,
    },
}

/// Returns whether the server name must be typed to confirm an order: it pays now, has a period in years, or is for
/// more than 3 servers. The screen, linear mode and `buy` share this rule.
#[must_use]
pub fn needs_typed_confirmation(impact: &OrderImpact) -> bool {
    impact.pays_now || impact.unit == PeriodUnit::Year || impact.servers.is_none_or(|n| n > 3)
}

/// Word to type to place an order that may repeat an earlier one.
pub const SECOND_ORDER_WORD: &str = "SECOND";

/// Columns and rows of the smallest screen that always shows the whole order with the challenge below it. On a smaller
/// one no order is placed.
pub const MIN_SIZE_TO_ORDER: (u16, u16) = (30, 8);

/// Returns whether a screen is large enough to show all that an order does.
pub(in crate::app) fn has_room_to_order(width: u16, height: u16) -> bool {
    width >= MIN_SIZE_TO_ORDER.0 && height >= MIN_SIZE_TO_ORDER.1
}

/// The page that asks the user to confirm an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    pub order: Order,
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    /// Reasons why this order may have been placed already, in sentences.
    pub duplicates: Vec<String>,
    /// Earlier orders that these reasons are about.
    pub(in crate::app) acknowledged: Acknowledged,
    /// Servers of this name that were listed already.
    pub(in crate::app) known_servers: BTreeSet<String>,
    pub challenge: Challenge,
    /// Time at which the page was first on the screen.
    pub(in crate::app) painted: Option<Millis>,
    /// Time of the last input that came too early.
    pub(in crate::app) last_early_key: Millis,
}

impl Confirm {
    /// Returns the time from which input counts: 500 ms after the first paint or the last early input. `None` before
    /// the page was painted.
    #[must_use]
    pub fn arms_at(&self) -> Option<Millis> {
        self.painted.map(|painted| painted.max(self.last_early_key) + ARM_DELAY)
    }

    #[must_use]
    pub fn is_armed(&self, now: Millis) -> bool {
        self.arms_at().is_some_and(|at| at <= now)
    }

    /// Returns whether the challenge is met: the word is typed, or none is needed.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match &self.challenge {
            Challenge::Key => true,
            Challenge::Word { word, typed, .. } => typed == word,
        }
    }

    /// Applies an edit to the typed word.
    pub(in crate::app) fn edit(&mut self, edit: Edit) {
        if let Challenge::Word { typed, cursor, .. } = &mut self.challenge {
            cursor.edit(typed, edit);
        }
    }

    pub(in crate::app) fn context(&self) -> Context {
        match self.challenge {
            Challenge::Key => Context::Confirm,
            Challenge::Word { .. } => Context::ConfirmWord,
        }
    }
}

/// The page shown while an order is being sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    pub since: Millis,
    /// Set once the request is being sent or its response is awaited.
    pub is_sending: bool,
    /// Set when the user asked to quit once; the second time the program quits.
    pub leaving: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::order::Draft;

    #[test]
    fn money_now_a_year_or_four_servers_ask_for_the_server_name() {
        let low = Draft { count: "3".into(), period_number: "9".into(), ..Draft::default() };
        assert!(!needs_typed_confirmation(&OrderImpact::new(&low, &Catalogue::default())));
        for high in [
            Draft { count: "4".into(), ..low.clone() },
            Draft { auto_pay: true, ..low.clone() },
            Draft { period_unit: PeriodUnit::Year, period_number: "1".into(), ..low },
        ] {
            assert!(needs_typed_confirmation(&OrderImpact::new(&high, &Catalogue::default())), "{high:?}");
        }
    }
}
