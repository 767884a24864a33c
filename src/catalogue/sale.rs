//! Where a server flavor is sold: what the offerings by zone come to for an order, which goes to
//! whatever zone the cloud picks (`cph.md` 8b; version 1 of the purchase names none).

use super::Catalogue;

/// How a server flavor is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sale {
    /// The cloud does not say.
    NotStated,
    Available,
    /// Sold out in these zones, and not in others.
    SoldOutIn(Vec<String>),
    /// Sold out in every zone that the project may use.
    SoldOut,
}

impl Catalogue {
    /// How a server flavor is sold. Rows that say neither way are no reason to call it sold out.
    #[must_use]
    pub fn sale(&self, server_flavor: &str) -> Sale {
        let rows = self.offerings.iter().flatten().filter(|row| row.server_flavor == server_flavor);
        let (sold_out, others): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_sold_out == Some(true));
        let mut zones: Vec<String> = sold_out.iter().map(|row| row.zone.clone()).collect();
        zones.sort_unstable();
        zones.dedup();
        match (zones.is_empty(), others.is_empty()) {
            (true, true) => Sale::NotStated,
            (true, false) if others.iter().all(|row| row.is_sold_out.is_none()) => Sale::NotStated,
            (true, false) => Sale::Available,
            (false, false) => Sale::SoldOutIn(zones),
            (false, true) => Sale::SoldOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Offering;

    fn sale(rows: &[(&str, &str, Option<bool>)]) -> Sale {
        let rows = rows.iter().map(|(zone, server_flavor, is_sold_out)| Offering {
            zone: (*zone).into(),
            server_flavor: (*server_flavor).into(),
            is_sold_out: *is_sold_out,
        });
        Catalogue { offerings: Some(rows.collect()), ..Catalogue::default() }.sale("s")
    }

    #[test]
    fn only_a_flavor_without_a_zone_left_is_sold_out() {
        let (out, there) = (Some(true), Some(false));
        assert_eq!(sale(&[("a", "s", out), ("b", "s", out), ("a", "t", there)]), Sale::SoldOut);
        assert_eq!(sale(&[("b", "s", out), ("a", "s", there)]), Sale::SoldOutIn(vec!["b".into()]));
        assert_eq!(sale(&[("a", "s", out), ("b", "s", None)]), Sale::SoldOutIn(vec!["a".into()]));
        assert_eq!(sale(&[("a", "s", there), ("a", "t", out)]), Sale::Available);
    }

    #[test]
    fn what_the_cloud_does_not_say_is_not_known() {
        assert_eq!(sale(&[]), Sale::NotStated);
        assert_eq!(sale(&[("a", "t", Some(true))]), Sale::NotStated);
        assert_eq!(sale(&[("a", "s", None)]), Sale::NotStated);
        assert_eq!(Catalogue::default().sale("s"), Sale::NotStated);
    }
}
