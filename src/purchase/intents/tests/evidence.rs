//! The evidence of readings, and what a lost record puts in doubt.

use super::fixtures::*;
use crate::purchase::intents::{
    Evidence, Intent, IntentCredentials, InvalidTransition, JournalEntry, ListSource, Sending,
};

fn doubtful_and(more: &[JournalEntry]) -> Vec<JournalEntry> {
    [doubtful(), more.to_vec()].concat()
}

#[test]
fn a_negative_takes_five_complete_readings_and_twenty_minutes() {
    let negative = |readings: &[JournalEntry]| {
        let mut intents = history(&doubtful_and(readings));
        let Evidence { readings, quiet_seconds, .. } = intents.purchase(id(1)).unwrap().evidence();
        intents.apply(&not_found(1, 1300, readings, quiet_seconds))
    };
    assert_eq!(negative(&in_vain()), Ok(()));
    assert_eq!(negative(&in_vain()[1..]), Ok(()), "five are enough");
    let lacks = |readings, quiet_seconds| {
        Err(InvalidTransition::NotEnoughEvidence { id: id(1), readings, quiet_seconds, horizon_seconds: 1200 })
    };
    assert_eq!(negative(&in_vain()[2..]), lacks(4, 730));
    assert_eq!(negative(&in_vain()[..5]), lacks(5, 840), "the last reading is too early");
    assert_eq!(negative(&[]), lacks(0, 0));
    let incomplete: Vec<JournalEntry> = (0..9).map(|n| reading(1, 200 * n, false, &[])).collect();
    let at_once: Vec<JournalEntry> = (0..9).map(|n| reading(1, 2000 + n, true, &[])).collect();
    assert_eq!(negative(&at_once), lacks(1, 0), "readings within a minute are one");
    let of_servers: Vec<JournalEntry> =
        (1..9).map(|n| read_from(ListSource::ServerList, 1, 200 * n, true, &[])).collect();
    assert_eq!(negative(&of_servers), lacks(0, 0), "the server list shows no unpaid order");
    assert_eq!(negative(&incomplete), lacks(0, 0));
    let before_it_was_sent: Vec<JournalEntry> = (0..9).map(|_| reading(1, 0, true, &[])).collect();
    assert_eq!(negative(&before_it_was_sent), lacks(0, 0));
}

#[test]
fn with_a_token_the_horizon_is_thirty_minutes() {
    let told = JournalEntry::Intent(Box::new(Intent { credentials: IntentCredentials::Token, ..intent(1, 0) }));
    let mut entries = doubtful_and(&in_vain());
    entries[0] = told;
    let mut intents = history(&entries);
    assert!(matches!(intents.apply(&not_found(1, 1500, 6, 1270)), Err(InvalidTransition::NotEnoughEvidence { .. })));
    intents.apply(&reading(1, 1960, true, &[])).unwrap();
    assert!(matches!(intents.apply(&not_found(1, 1961, 7, 1340)), Err(InvalidTransition::NotEnoughEvidence { .. })));
    intents.apply(&reading(1, 2020, true, &[])).unwrap();
    intents.apply(&not_found(1, 2021, 8, 1800)).unwrap();
}

#[test]
fn the_figures_of_a_negative_are_those_of_the_journal() {
    let intents = history(&doubtful_and(&in_vain()));
    for (readings, quiet) in [(5, 1270), (7, 1270), (6, 1269), (6, 1271)] {
        let result = intents.clone().apply(&not_found(1, 1500, readings, quiet));
        assert_eq!(result, Err(InvalidTransition::OtherEvidence { id: id(1) }));
    }
}

#[test]
fn what_was_seen_once_is_never_not_found() {
    let mut intents = history(&doubtful_and(&[reading(1, 155, false, &["A"])]));
    for reading in in_vain() {
        intents.apply(&reading).unwrap();
    }
    assert_eq!(intents.apply(&not_found(1, 1500, 6, 1270)), Err(InvalidTransition::WasSeen { id: id(1) }));
    let other = Err(InvalidTransition::AnotherOrder { id: id(1), known: "A".into(), other: "B".into() });
    assert_eq!(intents.apply(&found(1, 1300, "B")), other);
    intents.apply(&found(1, 1300, "A")).unwrap();
}

#[test]
fn a_negative_is_taken_back_by_a_later_reading() {
    let entries = doubtful_and(&[in_vain(), vec![not_found(1, 1501, 6, 1270)]].concat());
    let mut intents = history(&entries);
    intents.apply(&reading(1, 9000, true, &["A"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "UNKNOWN");
    intents.apply(&found(1, 9001, "A")).unwrap();
}

#[test]
fn two_orders_for_one_intent_are_a_conflict_at_once() {
    let one_known =
        [doubtful_and(&[found(1, 160, "A")]), vec![begun(1, 0), sending(1, 1), concluded(1, 2, accepted("A"))]];
    for before in one_known {
        let mut intents = history(&before);
        intents.apply(&reading(1, 170, true, &["A"])).unwrap();
        assert_ne!(intents.state(id(1)).unwrap().name(), "CONFLICT");
        for not_all in [&["A"][..], &["B", "C"], &[]] {
            assert_eq!(intents.apply(&conflict(1, 171, not_all)), Err(InvalidTransition::NoConflict { id: id(1) }));
        }
        intents.apply(&reading(1, 172, false, &["B"])).unwrap();
        assert_eq!(intents.state(id(1)).unwrap().name(), "CONFLICT");
        intents.apply(&conflict(1, 173, &["A", "B"])).unwrap();
        assert_eq!(*intents.purchase(id(1)).unwrap().order_ids(), orders(&["A", "B"]));
    }
}

#[test]
fn what_is_no_order_id_is_no_order() {
    let mut intents = history(&doubtful());
    let empty = Err(InvalidTransition::NoOrderId { id: id(1) });
    assert_eq!(intents.apply(&found(1, 160, "")), empty);
    assert_eq!(intents.apply(&reading(1, 160, true, &[""])), empty);
    assert_eq!(intents.apply(&conflict(1, 160, &["", "A"])), empty);
    let mut intents = history(&[begun(1, 0), sending(1, 1)]);
    assert_eq!(intents.apply(&concluded(1, 2, accepted(""))), empty);
}

#[test]
fn a_lost_record_puts_in_doubt_what_rests_on_nothing_seen() {
    let lost = [doubtful_and(&in_vain()), vec![not_found(1, 1501, 6, 1270)]].concat();
    let sent = |outcome| vec![begun(1, 0), sending(1, 1), concluded(1, 2, outcome)];
    let table = [
        (vec![begun(1, 0)], "UNKNOWN"),
        (vec![begun(1, 0), sending(1, 1)], "UNKNOWN"),
        (vec![begun(1, 0), concluded(1, 1, not_sent())], "NOT_SENT"),
        (vec![begun(1, 0), interrupted(1, 1)], "NOT_SENT"),
        (sent(refused()), "REJECTED"),
        (sent(accepted("A")), "ACCEPTED"),
        (doubtful_and(&[found(1, 160, "A")]), "FOUND"),
        (lost, "UNKNOWN"),
    ];
    for (before, state) in table {
        let mut intents = history(&before);
        intents.apply(&quarantined(2000, 1)).unwrap();
        assert_eq!(intents.state(id(1)).unwrap().name(), state, "{before:?}");
        assert!(intents.apply(&sending(1, 20)).is_err(), "doubt is never sent again");
        assert!(!intents.purchase(id(1)).unwrap().evidence().is_enough());
    }
    // An older one cannot have been sent: a newer was confirmed since.
    let mut intents = history(&[begun(1, 0), concluded(1, 1, not_sent()), begun(2, 2), interrupted(2, 3)]);
    intents.apply(&quarantined(4, 1)).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "NOT_SENT");
}

/// Applies nine readings, five minutes apart, and the `NOT_FOUND` that follows from them, with the measured clock
/// differences of SENDING and of the readings.
fn negative_with(sent: Option<i64>, read: Option<i64>) -> Result<(), InvalidTransition> {
    let mut entries = doubtful();
    if let JournalEntry::Sending(Sending { clock_ahead, .. }) = &mut entries[1] {
        *clock_ahead = sent;
    }
    let mut intents = history(&entries);
    for number in 1..=9 {
        let mut entry = reading(1, 300 * number, true, &[]);
        if let JournalEntry::Reading { clock_ahead, .. } = &mut entry {
            *clock_ahead = read;
        }
        intents.apply(&entry).unwrap();
    }
    let Evidence { readings, quiet_seconds, .. } = intents.purchase(id(1)).unwrap().evidence();
    intents.apply(&not_found(1, 2701, readings, quiet_seconds))
}

#[test]
fn a_negative_takes_measured_clocks_that_agree() {
    for (sent, read) in [(Some(0), Some(0)), (Some(60), Some(60)), (Some(-60), Some(-60))] {
        assert_eq!(negative_with(sent, read), Ok(()), "{sent:?} {read:?}");
    }
    // A clock that was 8 h ahead at the search, or at the order; not measured; turned in between.
    for (sent, read) in
        [(Some(0), Some(28_800)), (Some(28_800), Some(0)), (None, Some(0)), (Some(0), None), (None, None)]
    {
        let result = negative_with(sent, read);
        assert!(
            matches!(result, Err(InvalidTransition::NotEnoughEvidence { readings: 0, .. })),
            "{sent:?} {read:?}: {result:?}"
        );
    }
}

#[test]
fn a_negative_of_the_first_version_proves_nothing() {
    let old = JournalEntry::NotFound {
        id: id(1),
        at: at(1202),
        clock_ahead: None,
        source: None,
        readings: 6,
        quiet_seconds: 1201,
    };
    let intents = history(&doubtful_and(&[in_vain(), vec![old]].concat()));
    assert_eq!(intents.state(id(1)).unwrap().name(), "UNKNOWN");
}

#[test]
fn an_order_after_a_rejection_is_a_conflict() {
    let rejected = || vec![begun(1, 0), sending(1, 1), concluded(1, 2, refused())];
    let mut intents = history(&rejected());
    assert!(intents.purchase(id(1)).unwrap().is_check_due());
    for (second, due) in [(3, true), (61, true), (62, true), (120, true), (122, false)] {
        intents.apply(&read_from(ListSource::ServerList, 1, second, true, &[])).unwrap();
        assert_eq!(intents.purchase(id(1)).unwrap().is_check_due(), due, "{second}");
    }
    assert_eq!(intents.state(id(1)).unwrap().name(), "REJECTED");
    let mut intents = history(&rejected());
    intents.apply(&read_from(ListSource::ServerList, 1, 61, true, &["A"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "CONFLICT");
    intents.apply(&conflict(1, 62, &["A"])).unwrap();
    intents.apply(&resolved(1, 63, &["A"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "FOUND");
}

#[test]
fn a_user_names_every_order_and_waits_before_saying_that_there_is_none() {
    let mut intents = history(&doubtful());
    assert_eq!(intents.apply(&resolved(1, 900, &[])), Err(InvalidTransition::TooEarlyForNotPlaced { id: id(1) }));
    assert_eq!(intents.apply(&resolved(1, 900, &["a b"])), Err(InvalidTransition::NoOrderId { id: id(1) }));
    intents.apply(&resolved(1, 901, &[])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "NOT_PLACED");
    // A later reading overrules it.
    intents.apply(&read_from(ListSource::ServerList, 1, 950, true, &["A"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "UNKNOWN");
    intents.apply(&found(1, 951, "A")).unwrap();

    let mut intents = history(&doubtful_and(&[conflict(1, 160, &["A", "B"])]));
    for ids in [&["A"][..], &["B", "C"], &[]] {
        assert!(
            matches!(intents.apply(&resolved(1, 2000, ids)), Err(InvalidTransition::OrderNotNamed { .. })),
            "{ids:?}"
        );
    }
    intents.apply(&resolved(1, 2000, &["A", "B"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "FOUND");
    // Both are known: seeing them again is no news, a third one is.
    intents.apply(&reading(1, 2001, true, &["A"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "FOUND");
    intents.apply(&reading(1, 2002, true, &["C"])).unwrap();
    assert_eq!(intents.state(id(1)).unwrap().name(), "CONFLICT");
}

#[test]
fn the_clock_cannot_shorten_the_wait_before_not_placed() {
    let mut entries = doubtful();
    entries.truncate(2);
    entries.push(interrupted(1, 3));
    let mut intents = history(&entries);
    // The local clock was turned ahead by an hour: a minute passed at the servers.
    let early = JournalEntry::Resolved { id: id(1), at: at(3661), clock_ahead: Some(3600), order_ids: orders(&[]) };
    assert_eq!(intents.apply(&early), Err(InvalidTransition::TooEarlyForNotPlaced { id: id(1) }));
}

#[test]
fn the_quiet_time_begins_with_the_first_reading_that_counts() {
    // The machine slept for an hour between SENDING and the connection's next byte.
    let readings: Vec<JournalEntry> = (0..9).map(|number| reading(1, 3600 + 100 * number, true, &[])).collect();
    let mut intents = history(&doubtful_and(&readings));
    let Evidence { readings, quiet_seconds, .. } = intents.purchase(id(1)).unwrap().evidence();
    assert_eq!((readings, quiet_seconds), (9, 700));
    let result = intents.apply(&not_found(1, 4500, readings, quiet_seconds));
    assert!(matches!(result, Err(InvalidTransition::NotEnoughEvidence { .. })), "{result:?}");
}
