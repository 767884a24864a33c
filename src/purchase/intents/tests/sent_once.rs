//! An intent is sent once, with the bytes that were confirmed.

use super::fixtures::*;
use crate::purchase::intents::{InvalidTransition, JournalEntry, Sending};

#[test]
fn an_intent_that_was_not_sent_is_never_sent_again() {
    let before_sending = [begun(1, 0), concluded(1, 1, not_sent())];
    let while_sending = [begun(1, 0), sending(1, 1), concluded(1, 2, not_sent())];
    for entries in [&before_sending[..], &while_sending] {
        let mut intents = history(entries);
        let refused = InvalidTransition::CannotFollow { id: id(1), state: "NOT_SENT", entry: "SENDING" };
        assert_eq!(intents.apply(&sending(1, 3)), Err(refused));
        assert!(intents.apply(&concluded(1, 3, not_sent())).is_err());
    }
}

#[test]
fn other_bytes_are_never_sent_for_an_intent() {
    let mut intents = history(&[begun(1, 0)]);
    let other = JournalEntry::Sending(Sending { id: id(1), at: at(1), body_hash: hash("{}"), clock_ahead: None });
    assert_eq!(intents.apply(&other), Err(InvalidTransition::OtherBytes { id: id(1) }));
}
