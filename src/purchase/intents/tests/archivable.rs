//! The orders that nothing needs any more.

use super::fixtures::{
    accepted, at, begun, concluded, conflict, found, history, id, intent, not_sent, read_from, records_lost, refused,
    resolved, sending, unknown,
};
use crate::purchase::intents::{JournalEntry, ListSource};

const DAY: i64 = 24 * 3600;

/// Adds as many newer orders to the entries as always stay in the journal.
fn with_newer(mut entries: Vec<JournalEntry>, second: i64, clock_ahead: Option<i64>) -> Vec<JournalEntry> {
    for number in 1000..1050 {
        let mut newer = intent(number, second);
        newer.clock_ahead = clock_ahead;
        entries.extend([
            JournalEntry::Intent(Box::new(newer)),
            JournalEntry::Outcome { id: id(number), at: at(second), outcome: not_sent() },
        ]);
    }
    entries
}

fn goes(entries: Vec<JournalEntry>, now: i64) -> bool {
    goes_with(entries, now, now, Some(0))
}

fn goes_with(entries: Vec<JournalEntry>, newer: i64, now: i64, clock_ahead: Option<i64>) -> bool {
    history(&with_newer(entries, newer, clock_ahead)).archivable(at(now)).contains(&id(1))
}

fn concluded_as(outcome: crate::purchase::Outcome) -> Vec<JournalEntry> {
    vec![begun(1, 0), sending(1, 1), concluded(1, 2, outcome)]
}

#[test]
fn settled_orders_go_thirty_days_after_their_last_record() {
    let checked = |readings: i64| {
        let mut entries = concluded_as(refused());
        entries.extend((1..=readings).map(|n| read_from(ListSource::ServerList, 1, n * 100, true, &[])));
        entries
    };
    let and = |more: Vec<JournalEntry>| [concluded_as(unknown()), more].concat();
    let table = [
        ("ACCEPTED", concluded_as(accepted("CS1")), true),
        ("NOT_SENT", vec![begun(1, 0), concluded(1, 2, not_sent())], true),
        ("UNKNOWN", concluded_as(unknown()), false),
        ("FOUND", and(vec![read_from(ListSource::ServerList, 1, 100, true, &["CS1"]), found(1, 100, "CS1")]), true),
        ("CONFLICT", and(vec![conflict(1, 100, &["CS1", "CS2"])]), false),
        ("NOT_PLACED", and(vec![resolved(1, 1000, &[])]), true),
        ("FOUND by a user", and(vec![resolved(1, 1000, &["CS1"])]), true),
        ("REJECTED, not checked", checked(0), false),
        ("REJECTED, checked once", checked(1), false),
        ("REJECTED, checked", checked(2), true),
    ];
    for (case, entries, is_settled) in table {
        let last = entries.iter().map(JournalEntry::at).max().unwrap().duration_since(at(0)).as_secs();
        assert_eq!(goes(entries.clone(), last + 30 * DAY), is_settled, "{case}");
        assert!(!goes(entries, last + 30 * DAY - 1), "{case}, too young");
    }
}

#[test]
fn age_is_measured_by_the_smaller_clock_and_never_without_the_servers() {
    let order = || concluded_as(accepted("CS1"));
    let (old, young) = (2 + 30 * DAY, 29 * DAY);
    assert!(goes_with(order(), old, old, Some(0)));
    // This machine's clock is right; the newest server time is too old.
    assert!(!goes_with(order(), young, old, Some(0)));
    // This machine's clock was set ahead and says so.
    assert!(!goes_with(order(), old, old, Some(DAY)));
    // This machine's clock went back.
    assert!(!goes_with(order(), old, young, Some(0)));
    // Only the order itself was measured.
    assert!(!goes_with(order(), old, old, None));
    assert!(history(&order()).archivable(at(old)).is_empty(), "the newest 50 stay");
}

#[test]
fn nothing_goes_while_records_may_be_missing() {
    let mut entries = with_newer(concluded_as(accepted("CS1")), 31 * DAY, Some(0));
    assert!(history(&entries).archivable(at(31 * DAY)).contains(&id(1)));
    entries.push(records_lost(31 * DAY, Some(9), 8));
    assert!(history(&entries).archivable(at(31 * DAY)).is_empty());
}

#[test]
fn an_order_stays_while_its_servers_could_be_taken_for_those_of_another() {
    let named = |number: u64, name: &str, outcome| {
        let mut other = intent(number, 10);
        other.server_name = name.into();
        vec![
            JournalEntry::Intent(Box::new(other)),
            sending(number, 11),
            JournalEntry::Outcome { id: id(number), at: at(12), outcome },
        ]
    };
    let stays =
        |name: &str, outcome| !goes([concluded_as(accepted("CS1")), named(2, name, outcome)].concat(), 31 * DAY);
    for name in ["fähre-1", "FäHRE_1", "fähre", "fähre-1-0001"] {
        assert!(stays(name, unknown()), "{name}");
        assert!(!stays(name, accepted("CS2")), "{name}");
    }
    for name in ["fähre-10", "fäh", "farm"] {
        assert!(!stays(name, unknown()), "{name}");
    }
}
