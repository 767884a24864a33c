//! The record that may follow in each state: the whole table, and the rules between intents.

use super::fixtures::*;
use crate::purchase::intents::{Intents, InvalidTransition, JournalEntry};

/// Returns each state by name, with a history that ends in it.
fn states() -> Vec<(&'static str, Vec<JournalEntry>)> {
    let doubtful_and = |more: Vec<JournalEntry>| [doubtful(), more].concat();
    let lost = [in_vain(), vec![not_found(1, 1501, 6, 1270)]].concat();
    let sent = |outcome| vec![begun(1, 0), sending(1, 1), concluded(1, 2, outcome)];
    vec![
        ("INTENT", vec![begun(1, 0)]),
        ("SENDING", vec![begun(1, 0), sending(1, 1)]),
        ("ACCEPTED", sent(accepted("A"))),
        ("REJECTED", sent(refused())),
        ("NOT_SENT", sent(not_sent())),
        ("NOT_SENT", vec![begun(1, 0), interrupted(1, 1)]),
        ("UNKNOWN", doubtful_and(in_vain())),
        ("FOUND", doubtful_and(vec![found(1, 160, "A")])),
        ("NOT_FOUND", doubtful_and(lost)),
        ("CONFLICT", doubtful_and(vec![conflict(1, 160, &["A", "B"])])),
        ("NOT_PLACED", doubtful_and(vec![resolved(1, 901, &[])])),
    ]
}

#[test]
fn the_table_of_what_may_follow_is_this_one() {
    // Columns: SENDING, ACCEPTED, REJECTED, NOT_SENT, UNKNOWN, INTERRUPTED, SWEPT, FOUND, NOT_FOUND, CONFLICT, and a user's
    // word that A and B were placed, or nothing. A dot: impossible.
    let table = [
        "SENDING . . NOT_SENT . NOT_SENT . . . . . .",
        ". ACCEPTED REJECTED NOT_SENT UNKNOWN UNKNOWN . . . . . .",
        ". . . . . . ACCEPTED . . CONFLICT . .",
        ". . . . . . REJECTED . . CONFLICT . .",
        ". . . . . . . . . . . .",
        ". . . . . . . . . . . .",
        ". . . . . . UNKNOWN FOUND NOT_FOUND CONFLICT FOUND NOT_PLACED",
        ". . . . . . FOUND . . CONFLICT . .",
        ". . . . . . NOT_FOUND FOUND . CONFLICT FOUND NOT_PLACED",
        ". . . . . . CONFLICT . . CONFLICT FOUND !",
        ". . . . . . NOT_PLACED FOUND . CONFLICT . .",
    ];
    for ((name, before), row) in states().into_iter().zip(table) {
        let next = [
            sending(1, 20),
            concluded(1, 20, accepted("A")),
            concluded(1, 20, refused()),
            concluded(1, 20, not_sent()),
            concluded(1, 20, unknown()),
            interrupted(1, 20),
            reading(1, 20, true, &[]),
            found(1, 20, "A"),
            not_found(1, 1502, 6, 1270),
            conflict(1, 20, &["A", "B"]),
            resolved(1, 1203, &["A", "B"]),
            resolved(1, 1203, &[]),
        ];
        let intents = history(&before);
        assert_eq!(intents.state(id(1)).unwrap().name(), name);
        for (entry, expected) in next.iter().zip(row.split(' ')) {
            let mut after = intents.clone();
            let result = after.apply(entry);
            if expected == "!" {
                let known = "A".to_owned();
                assert_eq!(result, Err(InvalidTransition::OrderNotNamed { id: id(1), known }));
            } else if expected == "." {
                let refusal = InvalidTransition::CannotFollow { id: id(1), state: name, entry: entry.name() };
                assert_eq!(result, Err(refusal), "{} after {before:?}", entry.name());
                assert_eq!(after, intents, "nothing changes");
            } else {
                assert_eq!(result, Ok(()), "{} after {name}", entry.name());
                assert_eq!(after.state(id(1)).unwrap().name(), expected);
                assert_eq!(after.purchase(id(1)).unwrap().records().len(), before.len() + 1);
            }
        }
    }
}

#[test]
fn one_intent_at_a_time_is_under_way() {
    for under_way in [vec![begun(1, 0)], vec![begun(1, 0), sending(1, 1)]] {
        let mut intents = history(&under_way);
        assert_eq!(intents.apply(&begun(2, 5)), Err(InvalidTransition::AnotherUnderWay { other: id(1) }));
        assert_eq!(intents.under_way().unwrap().intent().id, id(1));
    }
    let intents = history(&[doubtful(), vec![begun(2, 200), sending(2, 201)]].concat());
    assert_eq!(intents.sending().unwrap().intent().id, id(2));
    let unresolved: Vec<_> = intents.unresolved().map(|purchase| purchase.intent().id).collect();
    assert_eq!(unresolved, [id(2), id(1)]);
}

#[test]
fn an_intent_is_new_whole_and_without_secrets() {
    let mut intents = history(&doubtful());
    assert_eq!(intents.apply(&begun(1, 9)), Err(InvalidTransition::Repeated { id: id(1) }));
    assert_eq!(intents.apply(&sending(9, 9)), Err(InvalidTransition::NoSuchIntent { id: id(9) }));
    let mut changed = intent(2, 9);
    changed.body.push(' ');
    assert_eq!(
        intents.apply(&JournalEntry::Intent(Box::new(changed))),
        Err(InvalidTransition::BodyAndHashDiffer { id: id(2) })
    );
    for endpoint in ["", "key:secret@host", "host/v1?X-Auth-Token=abc", "https://host", "host "] {
        let told = JournalEntry::Intent(Box::new(crate::purchase::intents::Intent {
            endpoint: endpoint.into(),
            ..intent(2, 9)
        }));
        assert_eq!(intents.apply(&told), Err(InvalidTransition::NotAHost { id: id(2) }), "{endpoint}");
    }
    assert_eq!(intents.len(), 1);
}

#[test]
fn a_history_with_everything_in_it_is_possible_and_told_newest_first() {
    let intents = history(&everything());
    let states: Vec<_> = intents.newest_first().map(|purchase| purchase.state().name()).collect();
    let expected =
        ["SENDING", "NOT_PLACED", "FOUND", "FOUND", "NOT_SENT", "NOT_SENT", "CONFLICT", "REJECTED", "ACCEPTED"];
    assert_eq!(states[..9], expected);
    // The lost record may have been about an order that nothing was seen of until then.
    assert_eq!(states[9], "UNKNOWN");
    assert_eq!(intents.quarantined_files().iter().collect::<Vec<_>>(), ["journal.torn-1"]);
    assert!(!intents.is_empty() && Intents::default().is_empty());
    assert!(everything().iter().all(|entry| entry.at() >= at(0)));
}
