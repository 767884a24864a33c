//! The page that asks for a confirmation, and the one that waits for the outcome.

use std::collections::BTreeSet;

use crate::form::{Edit, OrderImpact, TextCursor};
use crate::order::{Body, Order, PeriodUnit};
use crate::purchase::intents::Acknowledged;

use crate::app::keys::context::Context;
use crate::app::load_error::Millis;

/// How long nothing may be typed before the confirmation takes a key.
const ARM_DELAY: Millis = 500;

/// What a person must do to confirm; it grows with the stake.
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

/// Returns whether the server name must be typed to confirm an order: it pays now, runs for years, or is for more than
/// 3 servers. The screen, linear mode and `buy` ask by this one rule.
#[must_use]
pub fn needs_typed_confirmation(impact: &OrderImpact) -> bool {
    impact.pays_now || impact.unit == PeriodUnit::Year || impact.servers.is_none_or(|n| n > 3)
}

/// What must be typed to order while the outcome of an order is not known.
pub const SECOND_ORDER_WORD: &str = "SECOND";

/// Columns and rows of the smallest screen on which the deed is whole in every case, with what is asked for
/// below it. On a smaller one nothing is ordered.
pub const MIN_SIZE_TO_ORDER: (u16, u16) = (30, 8);

/// Returns whether a screen shows all that an order does.
pub(in crate::app) fn has_room_to_order(width: u16, height: u16) -> bool {
    width >= MIN_SIZE_TO_ORDER.0 && height >= MIN_SIZE_TO_ORDER.1
}

/// The question before the order is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    pub order: Order,
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    /// Why this may be an order that was placed already, in sentences.
    pub duplicates: Vec<String>,
    /// The earlier orders behind them.
    pub(in crate::app) acknowledged: Acknowledged,
    /// The servers of this name that were listed already.
    pub(in crate::app) known_servers: BTreeSet<String>,
    pub challenge: Challenge,
    /// When it was first on the screen.
    pub(in crate::app) painted: Option<Millis>,
    /// The last key that came too early.
    pub(in crate::app) last_early_key: Millis,
}

impl Confirm {
    /// From when on keys count; `None` before it was painted.
    #[must_use]
    pub fn arms_at(&self) -> Option<Millis> {
        self.painted.map(|painted| painted.max(self.last_early_key) + ARM_DELAY)
    }

    #[must_use]
    pub fn is_armed(&self, now: Millis) -> bool {
        self.arms_at().is_some_and(|at| at <= now)
    }

    /// Whether all that was asked for is there.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        match &self.challenge {
            Challenge::Key => true,
            Challenge::Word { word, typed, .. } => typed == word,
        }
    }

    /// Edits the word that is typed.
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

/// The order is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    pub since: Millis,
    /// The request is being sent, or its answer awaited.
    pub is_sending: bool,
    /// The person asked to leave once; the next time it is done.
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
