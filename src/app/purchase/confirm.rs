//! The page that asks for a confirmation, and the one that waits for the outcome.

use std::collections::BTreeSet;

use crate::form::{Edit, OrderImpact, SheetPart, SheetRow, TextCursor};
use crate::i18n::tr;
use crate::order::{Body, Order, PeriodUnit};
use crate::purchase::intents::Acknowledged;

use crate::app::keys::context::Context;
use crate::app::load_error::Millis;
use crate::app::purchase::order_warning::{MANY_SERVERS, OrderWarning};

/// Time without input before the confirmation accepts a key, in milliseconds.
const ARM_DELAY: Millis = 500;

/// Action that the user must take to confirm. It takes more effort when more is at risk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Challenge {
    Key,
    /// Text to type, as [`required_words`] returns it.
    Word {
        word: String,
        typed: String,
        cursor: TextCursor,
    },
}

/// Returns whether the server name must be typed to confirm an order: it pays now, has a period in years, or is for
/// more than 3 servers.
fn needs_typed_confirmation(impact: &OrderImpact) -> bool {
    impact.pays_now || impact.unit == PeriodUnit::Year || impact.servers.is_none_or(|n| n > MANY_SERVERS)
}

/// Word to type to place an order that may repeat an earlier one.
const SECOND_ORDER_WORD: &str = "SECOND";

/// Returns the text to type to confirm an order: the server name if much is at risk, `SECOND` if the order may repeat
/// an earlier one, both if both. `None` if neither. The screen, linear mode and `buy` share this rule.
#[must_use]
pub fn required_words(impact: &OrderImpact, server_name: &str, may_repeat: bool) -> Option<String> {
    match (needs_typed_confirmation(impact), may_repeat) {
        (false, false) => None,
        (true, false) => Some(server_name.to_owned()),
        (false, true) => Some(SECOND_ORDER_WORD.to_owned()),
        (true, true) => Some(format!("{server_name} {SECOND_ORDER_WORD}")),
    }
}

/// The page that asks the user to confirm an order: the order sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    pub order: Order,
    pub body: Body,
    pub server_name: String,
    pub impact: OrderImpact,
    /// The rows of the sheet about the order.
    pub rows: Vec<SheetRow>,
    /// The parts that differ from what the form started from.
    pub(in crate::app) changed: Vec<SheetPart>,
    pub warnings: Vec<OrderWarning>,
    /// Earlier orders that the user is asked about.
    pub(in crate::app) acknowledged: Acknowledged,
    /// Servers of this name that were listed already.
    pub(in crate::app) known_servers: BTreeSet<String>,
    pub challenge: Challenge,
    /// Time at which the page was first on the screen.
    pub(in crate::app) painted: Option<Millis>,
    /// Time of the last input that came too early.
    pub(in crate::app) last_early_key: Millis,
    /// Number of rows that are scrolled away above.
    pub(in crate::app) top: usize,
    /// Set once the last row was on the screen. It stays set for this confirmation: what was shown may scroll away
    /// again, or be hidden by a smaller window.
    pub(in crate::app) was_shown_to_end: bool,
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

    /// Returns whether the last row of the sheet was on the screen.
    #[must_use]
    pub fn was_shown_to_end(&self) -> bool {
        self.was_shown_to_end
    }

    /// Returns the size and hash of the request.
    #[must_use]
    pub fn request_text(&self) -> String {
        let (bytes, hash) = (self.body.bytes().len(), self.body.short_hash());
        tr!("{bytes} bytes, SHA-256 {hash}", bytes, hash)
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

    #[test]
    fn a_high_impact_and_a_possible_duplicate_ask_for_both_words() {
        let impact = |auto_pay| OrderImpact::new(&Draft { auto_pay, ..Draft::default() }, &Catalogue::default());
        assert_eq!(required_words(&impact(false), "web-01", false), None);
        assert_eq!(required_words(&impact(true), "web-01", false).as_deref(), Some("web-01"));
        assert_eq!(required_words(&impact(false), "web-01", true).as_deref(), Some("SECOND"));
        assert_eq!(required_words(&impact(true), "web-01", true).as_deref(), Some("web-01 SECOND"));
    }
}
