//! Warnings about what an order does: reasons to think twice that block nothing. Review, the order sheet, linear mode
//! and `buy` on a terminal show the same ones in the same words.

use std::fmt;

use crate::catalogue::Catalogue;
use crate::form::OrderImpact;
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId, Offers, PeriodUnit, ServerFlavorStatus};
use crate::text::sanitize::{brief, visible};

use crate::app::purchase::possible_duplicate::PossibleDuplicate;

/// Number of servers above which an order is large.
pub(in crate::app) const MANY_SERVERS: i64 = 3;

/// Factor from which on a larger number of servers is remarkable.
const MORE_SERVERS: i64 = 3;

/// Factor from which on a larger number of phones is remarkable.
const MORE_PHONES: i64 = 10;

/// Number of public ports that are named; the others are only counted.
const NAMED_PORTS: usize = 4;

/// The other side of a comparison with an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    Template(String),
    File(String),
    LastOrder,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Template(name) => tr!("template \"{name}\"", name = brief(name, 40)),
            Self::File(name) => tr!("file \"{name}\"", name = brief(name, 40)),
            Self::LastOrder => tr!("the last order"),
        })
    }
}

/// A warning about what an order does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderWarning {
    /// The order may have been placed already.
    Duplicate(PossibleDuplicate),
    /// The server flavor is sold out in every zone.
    SoldOut { flavor: String },
    /// The order is paid as soon as it is placed; `unlike` is not.
    PaysNow { unlike: Option<Comparison> },
    /// The term is a year or more. The other one has a term in months.
    LongTerm { term: OrderImpact, unlike: Option<(OrderImpact, Comparison)> },
    /// The order is for more than [`MANY_SERVERS`].
    ManyServers { order: OrderImpact },
    /// Several times as many servers as in `than`.
    MoreServers { servers: i64, before: i64, than: Comparison },
    /// Many times as many phones as in `than`.
    MorePhones { phones: i64, before: i64, than: Comparison },
    /// Ports that can be reached from the internet, each with its number and name.
    PublicPorts { ports: Vec<(String, String)> },
}

impl OrderWarning {
    /// Returns the field that the warning is about.
    #[must_use]
    pub fn field(&self) -> FieldId {
        match self {
            Self::Duplicate(_) => FieldId::ServerName,
            Self::SoldOut { .. } => FieldId::ServerFlavor,
            Self::PaysNow { .. } => FieldId::AutoPay,
            Self::LongTerm { .. } => FieldId::PeriodUnit,
            Self::ManyServers { .. } | Self::MoreServers { .. } => FieldId::Count,
            Self::MorePhones { .. } => FieldId::PhoneFlavor,
            Self::PublicPorts { .. } => FieldId::Ports,
        }
    }
}

impl fmt::Display for OrderWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Duplicate(duplicate) => duplicate.to_string(),
            Self::SoldOut { flavor } => {
                tr!("{flavor} is sold out in every zone: expect the order to be rejected", flavor = visible(flavor))
            }
            Self::PaysNow { unlike: None } => tr!("Pays now: the account is charged when the order is placed"),
            Self::PaysNow { unlike: Some(other) } => {
                tr!("Pays now, unlike {other}: the account is charged when the order is placed", other)
            }
            Self::LongTerm { term, unlike: None } => tr!("Long term: {term}", term = term.period_text()),
            Self::LongTerm { term, unlike: Some((before, other)) } => {
                let (term, before) = (term.period_text(), before.period_text());
                tr!("Long term: {term} ({before} in {other})", term, other, before)
            }
            Self::ManyServers { order } => match order.phones() {
                Some(phones) => {
                    tr!("Large order: {servers}, {phones} phones", servers = order.servers_text(), phones)
                }
                None => tr!("Large order: {servers}", servers = order.servers_text()),
            },
            Self::MoreServers { servers, before, than } => {
                let growth = growth_text(*servers, *before, than);
                tr!("{n} server: {growth}" | "{n} servers: {growth}" % *servers, growth)
            }
            Self::MorePhones { phones, before, than } => {
                let growth = growth_text(*phones, *before, than);
                tr!("{n} phone: {growth}" | "{n} phones: {growth}" % *phones, growth)
            }
            Self::PublicPorts { ports } => match ports.as_slice() {
                [(number, name)] => {
                    let (number, name) = (brief(number, 8), brief(name, 16));
                    tr!("Port {number} ({name}) will be reachable from the internet", number, name)
                }
                ports => tr!("Ports {ports} will be reachable from the internet", ports = ports_text(ports)),
            },
        })
    }
}

/// Returns `three times as many as template "farm"`.
fn growth_text(now: i64, before: i64, than: &Comparison) -> String {
    let times = times_text(now / before.max(1));
    if now % before.max(1) == 0 {
        tr!("{times} times as many as {other}", times, other = than)
    } else {
        tr!("more than {times} times as many as {other}", times, other = than)
    }
}

/// Returns a factor as a word up to ten, else in digits.
fn times_text(factor: i64) -> String {
    let word = match factor {
        3 => phrase!("three"),
        4 => phrase!("four"),
        5 => phrase!("five"),
        6 => phrase!("six"),
        7 => phrase!("seven"),
        8 => phrase!("eight"),
        9 => phrase!("nine"),
        10 => phrase!("ten"),
        other => return other.to_string(),
    };
    i18n::t(word).to_owned()
}

fn ports_text(ports: &[(String, String)]) -> String {
    let named =
        ports.iter().take(NAMED_PORTS).map(|(number, name)| format!("{} ({})", brief(number, 8), brief(name, 16)));
    let mut all: Vec<String> = named.collect();
    if ports.len() > NAMED_PORTS {
        all.push(tr!("and {number} more", number = ports.len() - NAMED_PORTS));
    }
    all.join(i18n::t(phrase!(", ")))
}

/// Returns the warnings about a draft, except for duplicates, the most important one first. The draft is compared with
/// `others`; of those that give rise to the same warning, the first one is named.
#[must_use]
pub fn order_warnings(draft: &Draft, catalogue: &Catalogue, others: &[(&Draft, Comparison)]) -> Vec<OrderWarning> {
    let is = OrderImpact::new(draft, catalogue);
    let others: Vec<(OrderImpact, &Comparison)> =
        others.iter().map(|(other, name)| (OrderImpact::new(other, catalogue), name)).collect();
    let mut found = Vec::new();
    if catalogue.server_flavor(&draft.server_flavor) == ServerFlavorStatus::SoldOut {
        found.push(OrderWarning::SoldOut { flavor: draft.server_flavor.clone() });
    }
    if is.pays_now {
        let unlike = others.iter().find(|(other, _)| !other.pays_now).map(|(_, name)| (*name).clone());
        found.push(OrderWarning::PaysNow { unlike });
    }
    if is.unit == PeriodUnit::Year {
        let unlike = others.iter().find(|(other, _)| other.unit == PeriodUnit::Month);
        found.push(OrderWarning::LongTerm { term: is, unlike: unlike.map(|(other, name)| (*other, (*name).clone())) });
    }
    let more = |now: Option<i64>, count: fn(&OrderImpact) -> Option<i64>, factor: i64| {
        others.iter().find_map(|(other, name)| {
            let (now, before) = (now?, count(other).filter(|before| *before > 0)?);
            (now >= before * factor).then(|| (now, before, (*name).clone()))
        })
    };
    if let Some((servers, before, than)) = more(is.servers, |other| other.servers, MORE_SERVERS) {
        found.push(OrderWarning::MoreServers { servers, before, than });
    } else {
        if is.servers.is_some_and(|servers| servers > MANY_SERVERS) {
            found.push(OrderWarning::ManyServers { order: is });
        }
        if let Some((phones, before, than)) = more(is.phones(), OrderImpact::phones, MORE_PHONES) {
            found.push(OrderWarning::MorePhones { phones, before, than });
        }
    }
    let public = draft.ports.iter().filter(|port| port.public && !port.number.is_empty());
    let ports: Vec<(String, String)> = public.map(|port| (port.number.clone(), port.name.clone())).collect();
    if !ports.is_empty() {
        found.push(OrderWarning::PublicPorts { ports });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Listing, Offering, PhoneFlavor, ServerFlavor};
    use crate::order::PortDraft;

    fn with(change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft = Draft::default();
        change(&mut draft);
        draft
    }

    fn texts(draft: &Draft, catalogue: &Catalogue, others: &[(&Draft, Comparison)]) -> Vec<String> {
        order_warnings(draft, catalogue, others).iter().map(ToString::to_string).collect()
    }

    fn port(name: &str, number: &str, public: bool) -> PortDraft {
        PortDraft { name: name.into(), number: number.into(), public }
    }

    #[test]
    fn each_absolute_warning_needs_no_template() {
        let ports = |count: usize| {
            with(|d| d.ports = (0..count).map(|n| port("web", &(20_000 + n).to_string(), true)).collect())
        };
        for (draft, expected) in [
            (Draft::default(), None),
            (with(|d| d.count = "3".into()), None),
            (with(|d| d.count = "4".into()), Some("Large order: 4 servers")),
            (with(|d| d.count = "50".into()), None),
            (with(|d| d.period_number = "9".into()), None),
            (with(|d| d.period_unit = PeriodUnit::Year), Some("Long term: 1 year")),
            (with(|d| d.auto_pay = true), Some("Pays now: the account is charged when the order is placed")),
            (with(|d| d.ports = vec![port("web", "20000", false)]), None),
            (ports(1), Some("Port 20000 (web) will be reachable from the internet")),
            (ports(2), Some("Ports 20000 (web), 20001 (web) will be reachable from the internet")),
            (
                ports(6),
                Some(
                    "Ports 20000 (web), 20001 (web), 20002 (web), 20003 (web), and 2 more will be reachable from the \
                     internet",
                ),
            ),
        ] {
            assert_eq!(
                texts(&draft, &Catalogue::default(), &[]),
                expected.into_iter().collect::<Vec<_>>(),
                "{draft:?}"
            );
        }
    }

    #[test]
    fn each_jump_against_a_template_below_and_at_its_mark() {
        let counts = |from: &str, to: &str| (with(|d| d.count = from.into()), with(|d| d.count = to.into()));
        let (year, paid) = (with(|d| d.period_unit = PeriodUnit::Year), with(|d| d.auto_pay = true));
        for ((before, now), expected) in [
            (counts("1", "2"), None),
            (counts("1", "3"), Some("3 servers: three times as many as template \"farm\"")),
            (counts("2", "5"), Some("Large order: 5 servers")),
            (counts("2", "9"), Some("9 servers: more than four times as many as template \"farm\"")),
            (counts("1", "10"), Some("10 servers: ten times as many as template \"farm\"")),
            (counts("3", "1"), None),
            (counts("", "3"), None),
            ((Draft::default(), year.clone()), Some("Long term: 1 year (1 month in template \"farm\")")),
            ((year.clone(), year), Some("Long term: 1 year")),
            (
                (Draft::default(), paid.clone()),
                Some("Pays now, unlike template \"farm\": the account is charged when the order is placed"),
            ),
            ((paid.clone(), paid), Some("Pays now: the account is charged when the order is placed")),
        ] {
            let found = texts(&now, &Catalogue::default(), &[(&before, Comparison::Template("farm".into()))]);
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{before:?} {now:?}");
        }
    }

    #[test]
    fn ten_times_the_phones_are_a_jump_whatever_they_come_from() {
        let flavor = |name: &str, phones| PhoneFlavor {
            server_flavor: "s".into(),
            name: name.into(),
            phones_per_server: Some(phones),
            ..PhoneFlavor::default()
        };
        let mut catalogue = Catalogue::default();
        catalogue.put(Listing::PhoneFlavors(vec![flavor("few", 6), flavor("many", 60), flavor("some", 59)]));
        let of = |phone: &str, count: &str| {
            with(|d| {
                d.server_flavor = "s".into();
                d.phone_flavor = phone.into();
                d.count = count.into();
            })
        };
        let last = |before: &Draft, now: &Draft| texts(now, &catalogue, &[(before, Comparison::LastOrder)]);
        assert_eq!(last(&of("few", "1"), &of("many", "1")), ["60 phones: ten times as many as the last order"]);
        assert_eq!(last(&of("few", "1"), &of("some", "1")), Vec::<String>::new());
        let large = ["Large order: 4 servers, 240 phones", "240 phones: 20 times as many as the last order"];
        assert_eq!(last(&of("few", "2"), &of("many", "4")), large);
    }

    #[test]
    fn the_first_of_several_comparisons_is_named_and_a_flavor_that_is_sold_out() {
        let (one, now) = (with(|d| d.count = "1".into()), with(|d| d.count = "3".into()));
        let others = [(&one, Comparison::File("order.json".into())), (&one, Comparison::LastOrder)];
        assert_eq!(
            texts(&now, &Catalogue::default(), &others),
            ["3 servers: three times as many as file \"order.json\""]
        );
        let mut catalogue = Catalogue::default();
        let server = ServerFlavor { name: "s".into(), ..ServerFlavor::default() };
        catalogue.put(Listing::ServerFlavors(vec![server]));
        let phone = PhoneFlavor { server_flavor: "s".into(), name: "p".into(), ..PhoneFlavor::default() };
        catalogue.put(Listing::PhoneFlavors(vec![phone]));
        let sold_out = |zone: &str, is_sold_out| Offering {
            zone: zone.into(),
            server_flavor: "s".into(),
            is_sold_out: Some(is_sold_out),
        };
        catalogue.put(Listing::Offerings(vec![sold_out("a", true), sold_out("b", true)]));
        let draft = with(|d| d.server_flavor = "s".into());
        assert_eq!(texts(&draft, &catalogue, &[]), ["s is sold out in every zone: expect the order to be rejected"]);
        catalogue.put(Listing::Offerings(vec![sold_out("a", true), sold_out("b", false)]));
        assert_eq!(texts(&draft, &catalogue, &[]), Vec::<String>::new());
    }
}
