//! The differences between two drafts as text, and the risky ones among them: those that cost much or open a port to
//! the internet.

use crate::catalogue::Catalogue;
use crate::i18n::{self, phrase, tr};
use crate::order::{COUNT, Draft, FieldId, PeriodUnit, PortDraft};
use crate::text::sanitize::brief;

use super::copy_field::{is_missing, is_same_answer};
use super::field_table::FIELDS;
use super::order_impact::OrderImpact;
use super::value_text::value_text;

/// A field whose answer has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: FieldId,
    pub was: String,
    pub is: String,
}

/// The kind of a risky difference, which is shown with emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RiskKind {
    /// At least five times as many servers, or as many as one order can have.
    Count,
    /// The period unit changed from months to years.
    Year,
    /// A port that the internet can reach now and could not before.
    Public,
    PaysNow,
    /// At least ten times as many phones.
    Phones,
}

/// A difference that costs much or opens a port to the internet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskyChange {
    pub kind: RiskKind,
    /// The field in which the difference was made.
    pub field: FieldId,
    pub words: String,
}

/// Returns every difference among the fields that the new draft shows, in the order of the form. A field that the
/// earlier draft left unanswered is not a difference.
#[must_use]
pub fn field_changes(before: &Draft, now: &Draft, catalogue: &Catalogue) -> Vec<FieldChange> {
    let differs = |id: FieldId| !is_missing(id, before) && !is_same_answer(id, before, now);
    let shown = FIELDS.iter().filter(|row| (row.shown)(now));
    shown
        .filter(|row| differs(row.id))
        .map(|row| {
            let is = match row.id {
                FieldId::Ports if before.ports.len().max(now.ports.len()) > 2 => {
                    ports_change(&before.ports, &now.ports)
                }
                id => value_text(id, now, catalogue),
            };
            let was = if (row.shown)(before) { value_text(row.id, before, catalogue) } else { tr!("not asked for") };
            FieldChange { field: row.id, was: or_empty(was), is: or_empty(is) }
        })
        .collect()
}

fn or_empty(text: String) -> String {
    if text.is_empty() { tr!("empty") } else { text }
}

/// Number of changed ports that are named; the others are only counted.
const NAMED: usize = 4;

/// Returns the ports that were added, removed and changed, e.g. `+api:20001, -web:20000, game:20002 public`.
fn ports_change(before: &[PortDraft], now: &[PortDraft]) -> String {
    let text = |port: &PortDraft| {
        let (name, number) = (brief(&port.name, 16), brief(&port.number, 8));
        if port.public { tr!("{name}:{number} public", name, number) } else { format!("{name}:{number}") }
    };
    let named = |name: &str, rows: &[PortDraft]| rows.iter().any(|row| row.name == name);
    let gone = before.iter().filter(|row| !named(&row.name, now)).map(|row| format!("-{}", text(row)));
    let new = now.iter().filter(|row| !before.contains(row)).map(|row| {
        let mark = if named(&row.name, before) { "" } else { "+" };
        format!("{mark}{}", text(row))
    });
    let mut all: Vec<String> = new.chain(gone).collect();
    match all.len() {
        0 => return tr!("the same in another order"),
        n if n > NAMED => {
            all.truncate(NAMED);
            all.push(tr!("and {number} more", number = n - NAMED));
        }
        _ => {}
    }
    all.join(i18n::t(phrase!(", ")))
}

/// Returns the risky differences between two drafts.
#[must_use]
pub fn risky_changes(before: &Draft, now: &Draft, catalogue: &Catalogue) -> Vec<RiskyChange> {
    let (was, is) = (OrderImpact::new(before, catalogue), OrderImpact::new(now, catalogue));
    let mut found = Vec::new();
    let mut add = |kind, field, words: String| found.push(RiskyChange { kind, field, words });
    if let (Some(from), Some(to)) = (was.servers, is.servers)
        && to > from
        && (to >= from * 5 || to == COUNT.most)
    {
        add(RiskKind::Count, FieldId::Count, tr!("Count grows from {from} to {to}", from, to));
    }
    if let (Some(from), Some(to)) = (was.phones(), is.phones())
        && from > 0
        && to >= from * 10
    {
        add(RiskKind::Phones, FieldId::PhoneFlavor, tr!("Phones grow from {from} to {to}", from, to));
    }
    if (before.period_unit, now.period_unit) == (PeriodUnit::Month, PeriodUnit::Year) {
        let words = tr!("Month became year: {from} -> {to}", from = was.period_text(), to = is.period_text());
        add(RiskKind::Year, FieldId::PeriodUnit, words);
    }
    if now.auto_pay && !before.auto_pay {
        let words = tr!("Pay now is chosen: the account is charged with the order");
        add(RiskKind::PaysNow, FieldId::AutoPay, words);
    }
    if let Some(words) = public_words(&before.ports, &now.ports) {
        add(RiskKind::Public, FieldId::Ports, words);
    }
    found
}

/// Returns a sentence about the ports that the internet can reach now and could not before; `None` if there are none.
fn public_words(before: &[PortDraft], now: &[PortDraft]) -> Option<String> {
    let was_public = |port: &PortDraft| before.iter().any(|row| row.public && row.number == port.number);
    let opened: Vec<&PortDraft> = now.iter().filter(|port| port.public && !was_public(port)).collect();
    match opened[..] {
        [] => None,
        [port] => {
            let (name, number) = (brief(&port.name, 16), brief(&port.number, 8));
            Some(tr!("Port {name} {number} is public now: the internet can reach it", name, number))
        }
        _ => Some(tr!("{number} ports are public now: the internet can reach them", number = opened.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Listing, PhoneFlavor};

    fn port(name: &str, number: &str, public: bool) -> PortDraft {
        PortDraft { name: name.into(), number: number.into(), public }
    }

    fn with(change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft = Draft::default();
        change(&mut draft);
        draft
    }

    #[test]
    fn each_jump_below_at_and_above_its_mark() {
        let counts = |from: &str, to: &str| (with(|d| d.count = from.into()), with(|d| d.count = to.into()));
        let ports = |from: Vec<PortDraft>, to: Vec<PortDraft>| (with(|d| d.ports = from), with(|d| d.ports = to));
        let (private, public) = (port("web", "20000", false), port("web", "20000", true));
        let year = with(|d| d.period_unit = PeriodUnit::Year);
        let paid = with(|d| d.auto_pay = true);
        let plain = Draft::default;
        for ((before, now), expected) in [
            (counts("1", "4"), None),
            (counts("1", "5"), Some("Count grows from 1 to 5")),
            (counts("2", "9"), None),
            (counts("2", "10"), Some("Count grows from 2 to 10")),
            (counts("9", "10"), Some("Count grows from 9 to 10")),
            (counts("10", "10"), None),
            (counts("10", "1"), None),
            (counts("1", "50"), None),
            (counts("", "10"), None),
            ((plain(), year.clone()), Some("Month became year: 1 month -> 1 year")),
            ((year.clone(), plain()), None),
            ((year.clone(), year), None),
            ((plain(), paid.clone()), Some("Pay now is chosen: the account is charged with the order")),
            ((paid.clone(), plain()), None),
            ((paid.clone(), paid), None),
            (
                ports(vec![private.clone()], vec![public.clone()]),
                Some("Port web 20000 is public now: the internet can reach it"),
            ),
            (ports(vec![], vec![public.clone()]), Some("Port web 20000 is public now: the internet can reach it")),
            (ports(vec![], vec![private.clone()]), None),
            (ports(vec![public.clone()], vec![port("renamed", "20000", true)]), None),
            (ports(vec![public.clone()], vec![private]), None),
            (
                ports(vec![], vec![public, port("b", "20001", true)]),
                Some("2 ports are public now: the internet can reach them"),
            ),
        ] {
            let found: Vec<String> =
                risky_changes(&before, &now, &Catalogue::default()).into_iter().map(|jump| jump.words).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{before:?} {now:?}");
        }
    }

    #[test]
    fn ten_times_the_phones_are_a_jump_whatever_they_come_from() {
        let flavor = |name: &str, phones| PhoneFlavor {
            server_flavor: "s".into(),
            name: name.into(),
            status: Some(1),
            cpu_cores: None,
            memory_mb: None,
            disk_gb: None,
            resolution: None,
            phones_per_server: Some(phones),
            image_label: None,
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
        let words = |before: &Draft, now: &Draft| -> Vec<String> {
            risky_changes(before, now, &catalogue).into_iter().map(|jump| jump.words).collect()
        };
        assert_eq!(words(&of("few", "1"), &of("many", "1")), ["Phones grow from 6 to 60"]);
        assert_eq!(words(&of("few", "1"), &of("some", "1")), Vec::<String>::new());
        assert_eq!(words(&of("few", "2"), &of("many", "4")), ["Phones grow from 12 to 240"]);
    }

    #[test]
    fn every_difference_is_said_in_the_order_of_the_form() {
        let before = with(|d| {
            d.server_name = "web".into();
            d.key_pair = "team".into();
        });
        let now = with(|d| {
            d.server_name = "api".into();
            d.image_id = "i".into();
            d.count = "3".into();
            d.period_unit = PeriodUnit::Year;
            d.ports = vec![port("web", "20000", true)];
        });
        let said: Vec<String> = field_changes(&before, &now, &Catalogue::default())
            .into_iter()
            .map(|change| format!("{}: {} -> {}", change.field.label(), change.was, change.is))
            .collect();
        assert_eq!(
            said,
            [
                "Server name: web -> api",
                "Count: 1 -> 3",
                "Period unit: month -> year",
                "Ports: none -> web:20000 public",
                "Key pair: team -> none: no ADB login",
            ],
            "the image was open before"
        );
        assert_eq!(field_changes(&now, &now, &Catalogue::default()), []);
    }

    #[test]
    fn a_long_table_of_ports_names_what_came_went_and_changed() {
        let rows = |names: &[&str]| -> Vec<PortDraft> { names.iter().map(|name| port(name, "20000", false)).collect() };
        let before = rows(&["a", "b", "c"]);
        let mut now = rows(&["b", "c", "d"]);
        now[0].public = true;
        assert_eq!(ports_change(&before, &now), "b:20000 public, +d:20000, -a:20000");
        now = rows(&["c", "b", "a"]);
        assert_eq!(ports_change(&before, &now), "the same in another order");
        now = rows(&["d", "e", "f"]);
        assert_eq!(ports_change(&before, &now), "+d:20000, +e:20000, +f:20000, -a:20000, and 2 more");
    }
}
