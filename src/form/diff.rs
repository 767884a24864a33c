//! The differences between two drafts as text.

use crate::catalogue::Catalogue;
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId, PortDraft};
use crate::text::sanitize::brief;

use super::copy_field::{is_missing, is_same_answer};
use super::field_table::FIELDS;
use super::value_text::value_text;

/// A field whose answer has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    pub field: FieldId,
    pub was: String,
    pub is: String,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::PeriodUnit;

    fn port(name: &str, number: &str, public: bool) -> PortDraft {
        PortDraft { name: name.into(), number: number.into(), public }
    }

    fn with(change: impl FnOnce(&mut Draft)) -> Draft {
        let mut draft = Draft::default();
        change(&mut draft);
        draft
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
