//! The effect of an order in numbers and in one line: servers, phones, period and the time of payment. Prices are not
//! known.

use crate::catalogue::Catalogue;
use crate::i18n::tr;
use crate::order::{Draft, Number, Offers, PeriodUnit};

/// The effect of an order in numbers; `None` where an answer or a list is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderImpact {
    pub servers: Option<i64>,
    pub phones_per_server: Option<u32>,
    pub period: Option<i64>,
    pub unit: PeriodUnit,
    pub pays_now: bool,
}

impl OrderImpact {
    #[must_use]
    pub fn new(draft: &Draft, catalogue: &Catalogue) -> Self {
        Self {
            servers: Number::read(&draft.count).whole().filter(|n| crate::order::COUNT.holds(*n)),
            phones_per_server: catalogue.phones_per_server(&draft.server_flavor, &draft.phone_flavor),
            period: Number::read(&draft.period_number).whole().filter(|n| draft.period_unit.range().holds(*n)),
            unit: draft.period_unit,
            pays_now: draft.auto_pay,
        }
    }

    /// Returns the number of servers as text: `3 servers`, `1 server`, `? servers`.
    #[must_use]
    pub fn servers_text(&self) -> String {
        match self.servers {
            Some(n) => tr!("{n} server" | "{n} servers" % n),
            None => tr!("? servers"),
        }
    }

    /// Returns the total number of phones, or `None` unless both factors are known.
    #[must_use]
    pub fn phones(&self) -> Option<i64> {
        Some(self.servers? * i64::from(self.phones_per_server?))
    }

    /// Returns `3 servers` and `180 phones`; without the phones if their number is not known.
    #[must_use]
    pub fn counted_texts(&self) -> Vec<String> {
        let phones = self.phones().map(|number| tr!("{number} phones", number));
        [self.servers_text()].into_iter().chain(phones).collect()
    }

    /// Returns `3 servers x 60 phones = 180`, with a question mark for each unknown factor.
    #[must_use]
    pub fn product_text(&self) -> String {
        let per = self.phones_per_server.map_or_else(|| "?".into(), |n| n.to_string());
        let all = self.phones().map_or_else(|| "?".into(), |n| n.to_string());
        tr!("{servers} x {phones} phones = {all}", servers = self.servers_text(), phones = per, all)
    }

    /// Returns the period as text: `1 month`, `? years`.
    #[must_use]
    pub fn period_text(&self) -> String {
        match self.period {
            Some(n) => format!("{n} {}", self.unit.word(n)),
            None => format!("? {}", self.unit.word(0)),
        }
    }

    /// Returns a summary in one line: `Place order: 3 servers (180 phones), 1 month, not paid yet`.
    #[must_use]
    pub fn summary(&self) -> String {
        let phones = self.phones().map_or_else(|| tr!("phones not known"), |number| tr!("{number} phones", number));
        let paid = if self.pays_now { tr!("PAYS NOW") } else { tr!("not paid yet") };
        tr!(
            "Place order: {servers} ({phones}), {period}, {paid}",
            servers = self.servers_text(),
            phones,
            period = self.period_text(),
            paid
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stake_says_what_it_knows_and_asks_for_what_it_does_not() {
        let draft = Draft { count: "3".into(), ..Draft::default() };
        let mut impact = OrderImpact::new(&draft, &Catalogue::default());
        assert_eq!(impact.product_text(), "3 servers x ? phones = ?");
        impact.phones_per_server = Some(60);
        assert_eq!(impact.product_text(), "3 servers x 60 phones = 180");
        assert_eq!(impact.summary(), "Place order: 3 servers (180 phones), 1 month, not paid yet");
        let wrong = Draft { count: "11".into(), period_number: "0".into(), ..Draft::default() };
        assert_eq!(
            OrderImpact::new(&wrong, &Catalogue::default()).summary(),
            "Place order: ? servers (phones not known), ? months, not paid yet"
        );
    }
}
