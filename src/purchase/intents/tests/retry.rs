//! Sending again by itself: the same bytes, three times, half a minute, and never after doubt.

use super::samples::*;
use crate::purchase::intents::{Entry, Impossible};

#[test]
fn three_attempts_are_made_and_a_fourth_is_not() {
    let mut intents = history(&[begun(1, 0)]);
    for attempt in 1..=3 {
        intents.apply(&sending(1, 10 * i64::from(attempt), attempt)).unwrap();
        intents.apply(&concluded(1, 10 * i64::from(attempt), not_sent())).unwrap();
    }
    assert_eq!(intents.purchase(id(1)).unwrap().attempts(), 3);
    assert_eq!(intents.apply(&sending(1, 30, 4)), Err(Impossible::TooManyAttempts { id: id(1), attempts: 3 }));
    assert!(intents.apply(&concluded(1, 30, not_sent())).is_err());
}

#[test]
fn a_connection_that_failed_before_sending_counts() {
    let mut intents = history(&[begun(1, 0), concluded(1, 1, not_sent()), concluded(1, 2, not_sent())]);
    assert_eq!(
        intents.apply(&sending(1, 3, 2)),
        Err(Impossible::AttemptOutOfOrder { id: id(1), expected: 3, attempt: 2 })
    );
    intents.apply(&sending(1, 3, 3)).unwrap();
    intents.apply(&concluded(1, 4, accepted("A"))).unwrap();
}

#[test]
fn after_half_a_minute_or_with_the_clock_turned_back_nothing_is_sent_again() {
    let intents = history(&[begun(1, 0), sending(1, 1, 1), concluded(1, 2, not_sent())]);
    for (second, is_possible) in [(30, true), (0, true), (31, false), (-1, false), (99_999, false)] {
        let result = intents.clone().apply(&sending(1, second, 2));
        let expected = Err(Impossible::TooLate { id: id(1), confirmed: at(0), at: at(second) });
        assert_eq!(result, if is_possible { Ok(()) } else { expected });
    }
    // The first attempt is the one that a person asked for, however long the connection took.
    history(&[begun(1, 0), sending(1, 300, 1)]);
}

#[test]
fn other_bytes_are_never_sent_for_an_intent() {
    let mut intents = history(&[begun(1, 0)]);
    let other = Entry::Sending { id: id(1), at: at(1), attempt: 1, body_hash: hash("{}"), clock_ahead: None };
    assert_eq!(intents.apply(&other), Err(Impossible::OtherBytes { id: id(1) }));
}

#[test]
fn only_the_newest_intent_is_sent() {
    let mut intents = history(&[begun(1, 0), concluded(1, 1, not_sent()), begun(2, 2), concluded(2, 3, not_sent())]);
    assert_eq!(intents.apply(&sending(1, 4, 2)), Err(Impossible::Superseded { id: id(1) }));
    intents.apply(&sending(2, 4, 2)).unwrap();
}
