//! Journals of earlier versions of the program, from files: every format that was ever written stays readable.

use super::*;
use crate::purchase::intents::tests::fixtures::{everything, id, resolved};
use crate::purchase::intents::{Intents, OrderState};

const VERSION_1: &[u8] = include_bytes!("../../../../tests/formats/journal-v1.jsonl");
const VERSION_2: &[u8] = include_bytes!("../../../../tests/formats/journal-v2.jsonl");
const VERSION_3: &[u8] = include_bytes!("../../../../tests/formats/journal-v3/journal.jsonl");

/// Returns the state of each of the ten orders, by its number.
fn states(intents: &Intents) -> Vec<&'static str> {
    (1..=10).map(|number| intents.state(id(number)).map_or("", OrderState::name)).collect()
}

#[test]
fn journals_of_every_format_are_read_and_continued_where_they_end() {
    // The last order was being sent when the program ended. Version 1 knew no resolutions, and what it took for absent
    // is unknown.
    let v1 = "UNKNOWN ACCEPTED REJECTED CONFLICT NOT_SENT NOT_SENT FOUND UNKNOWN UNKNOWN UNKNOWN";
    let v2 = "UNKNOWN ACCEPTED REJECTED CONFLICT NOT_SENT NOT_SENT FOUND FOUND NOT_PLACED UNKNOWN";
    for (bytes, expected) in [(VERSION_1, v1), (VERSION_2, v2), (VERSION_3, v2)] {
        let disk = Disk::with(bytes);
        assert_eq!(states(open(&disk).intents()).join(" "), expected);
        assert!(disk.bytes().starts_with(bytes), "it is not rewritten");
    }
    let disk = Disk::with(VERSION_1);
    let mut journal = writable(&disk);
    journal.append(&resolved(1, 900_000, &["CS1"])).unwrap();
    assert!(disk.bytes().starts_with(VERSION_1));
    assert_eq!(open(&disk).intents().state(id(1)).unwrap().name(), "FOUND");
}

#[test]
fn the_journal_of_this_format_is_written_as_the_stored_one() {
    let (bytes, _) = written(&everything());
    assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(VERSION_3));
}
