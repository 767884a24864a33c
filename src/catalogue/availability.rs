//! Availability of a server flavor, combined from its offerings by zone. An order goes to whatever zone the cloud picks
//! (`cph.md` 8b; version 1 of the purchase names none).

use super::lists::Catalogue;

/// The sale status of a server flavor over all zones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// No offering is listed, or none has a sale status.
    NotStated,
    Available,
    /// Sold out in these zones, and not in others.
    SoldOutIn(Vec<String>),
    /// Sold out in every zone that the project may use.
    SoldOut,
}

impl Catalogue {
    /// Combines the offerings of a server flavor into one status. Rows with neither `available` nor `sellout` never
    /// make it sold out.
    #[must_use]
    pub fn availability(&self, server_flavor: &str) -> Availability {
        let rows = self.offerings.iter().flatten().filter(|row| row.server_flavor == server_flavor);
        let (sold_out, others): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_sold_out == Some(true));
        let mut zones: Vec<String> = sold_out.iter().map(|row| row.zone.clone()).collect();
        zones.sort_unstable();
        zones.dedup();
        match (zones.is_empty(), others.is_empty()) {
            (true, true) => Availability::NotStated,
            (true, false) if others.iter().all(|row| row.is_sold_out.is_none()) => Availability::NotStated,
            (true, false) => Availability::Available,
            (false, false) => Availability::SoldOutIn(zones),
            (false, true) => Availability::SoldOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Offering;

    fn sale(rows: &[(&str, &str, Option<bool>)]) -> Availability {
        let rows = rows.iter().map(|(zone, server_flavor, is_sold_out)| Offering {
            zone: (*zone).into(),
            server_flavor: (*server_flavor).into(),
            is_sold_out: *is_sold_out,
        });
        Catalogue { offerings: Some(rows.collect()), ..Catalogue::default() }.availability("s")
    }

    #[test]
    fn only_a_flavor_without_a_zone_left_is_sold_out() {
        let (out, there) = (Some(true), Some(false));
        assert_eq!(sale(&[("a", "s", out), ("b", "s", out), ("a", "t", there)]), Availability::SoldOut);
        assert_eq!(sale(&[("b", "s", out), ("a", "s", there)]), Availability::SoldOutIn(vec!["b".into()]));
        assert_eq!(sale(&[("a", "s", out), ("b", "s", None)]), Availability::SoldOutIn(vec!["a".into()]));
        assert_eq!(sale(&[("a", "s", there), ("a", "t", out)]), Availability::Available);
    }

    #[test]
    fn what_the_cloud_does_not_say_is_not_known() {
        assert_eq!(sale(&[]), Availability::NotStated);
        assert_eq!(sale(&[("a", "t", Some(true))]), Availability::NotStated);
        assert_eq!(sale(&[("a", "s", None)]), Availability::NotStated);
        assert_eq!(Catalogue::default().availability("s"), Availability::NotStated);
    }
}
