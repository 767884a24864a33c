//! The format of a record on the disk.

use super::{open, written};
use crate::purchase::intents::JournalEntry;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::record_fault::RecordFault;
use crate::purchase::journal::record_format::{Checksum, decode, encode};
use crate::purchase::journal::tests::memory_disk::Disk;
use crate::purchase::journal::{JournalNotice, Obstacle, Opened};

#[test]
fn every_record_comes_back_as_it_was() {
    let mut check = Checksum::genesis();
    for (seq, entry) in (1..).zip(everything()) {
        let (line, next) = encode(seq, &check, &entry).unwrap();
        let (body, end) = line.split_at(line.len() - 1);
        assert_eq!(end, b"\n");
        assert!(!body.contains(&b'\n'), "one record, one line");
        assert!(serde_json::from_slice::<serde_json::Value>(body).is_ok(), "a line is JSON");
        assert_eq!(decode(seq, &check, body), Ok((entry, next.clone())));
        check = next;
    }
}

#[test]
fn a_line_is_what_this_example_says() {
    let (line, _) = encode(7, &Checksum::genesis(), &interrupted(1, 0)).unwrap();
    let expected = r#"{"format":3,"seq":7,"entry":{"interrupted":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:13:20Z"}},"check":"#;
    let line = String::from_utf8(line).unwrap();
    assert!(line.starts_with(expected), "{line}");
    assert_eq!(line.len(), expected.len() + 64 + 2 + 2);
}

#[test]
fn the_number_the_place_and_the_neighbour_of_a_line_are_checked() {
    let genesis = Checksum::genesis();
    let (line, check) = encode(1, &genesis, &interrupted(1, 0)).unwrap();
    let line = line.trim_ascii_end();
    assert_eq!(decode::<JournalEntry>(2, &genesis, line), Err(RecordFault::WrongNumber(1)));
    assert_eq!(decode::<JournalEntry>(1, &check, line), Err(RecordFault::Check));
    assert_eq!(decode::<JournalEntry>(1, &genesis, b""), Err(RecordFault::Check));
    assert_eq!(
        decode::<JournalEntry>(1, &genesis, b"{\"format\":99,and a form that is not known here"),
        Err(RecordFault::Newer(99))
    );
}

#[test]
fn lines_that_were_removed_swapped_or_doubled_are_damage() {
    let (bytes, _) = written(&everything());
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    for place in 0..lines.len() - 1 {
        let mut removed = lines.clone();
        removed.remove(place);
        let mut swapped = lines.clone();
        swapped.swap(place, place + 1);
        let mut doubled = lines.clone();
        doubled.insert(place, lines[place]);
        // The last line alone may be torn; here something always follows, or two are wrong.
        for (changed, is_last) in [(removed, place + 2 == lines.len()), (swapped, false), (doubled, false)] {
            let opened = open(&Disk::with(&changed.concat()));
            let is_refused = matches!(opened, Opened::ReadOnly(_, Obstacle::Damaged { .. }));
            assert!(
                is_refused || is_last && matches!(opened.notices(), [JournalNotice::SetAside { .. }, ..]),
                "{place}"
            );
        }
    }
}

/// Makes a line with a correct checksum, whatever its content.
fn forged(content: &str) -> Vec<u8> {
    let digits = digits(&format!("{}{content}", "0".repeat(64)));
    format!("{content},\"check\":\"{digits}\"}}\n").into_bytes()
}

fn digits(content: &str) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(content).iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"))
}

#[test]
fn what_is_whole_and_not_understood_is_damage_and_is_never_cut_off() {
    let interrupted =
        r#""entry":{"interrupted":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:13:20Z"}}"#;
    for (content, what) in [
        (format!(r#"{{"format":1,"seq":1,"more":1,{interrupted}"#), "unknown field `more`"),
        (format!(r#"{{"format":1,"seq":2,{interrupted}"#), "number 2"),
        (format!(r#"{{"format":0,"seq":1,{interrupted}"#), "no format 0"),
        (format!(r#"{{"format":1,"seq":1,{}"#, interrupted.replace("}}", r#","z":0}}"#)), "unknown field `z`"),
        (format!(r#"{{"format":1,"seq":1,{}"#, interrupted.replace("interrupted", "gone")), "unknown variant `gone`"),
        (format!(r#"{{"format":1,"seq":1,{interrupted}"#), "there is no intent"),
    ] {
        let disk = Disk::with(&forged(&content));
        let Opened::ReadOnly(_, why) = open(&disk) else { panic!("{content}") };
        let Obstacle::Damaged { offset: 0, record: 1, what: told } = why else { panic!("{why:?}") };
        assert!(told.to_string().contains(what), "{told}");
        assert_eq!(disk.aside(), []);
    }
}

#[test]
fn a_newer_format_is_read_as_far_as_it_is_known_and_left_alone() {
    let (bytes, _) = written(&doubtful());
    for newer in ["{\"format\":99,\"x\":1}\n", "{\"format\":99,\"x", "{\"format\":100,}\nrest\n"] {
        let disk = Disk::with(&[&bytes, newer.as_bytes()].concat());
        let opened = open(&disk);
        let Opened::ReadOnly(history, why) = &opened else { panic!("{newer}") };
        assert!(matches!(why, Obstacle::Newer { offset, format: 99 | 100 } if *offset == bytes.len() as u64));
        assert!(why.to_string().contains("newer version"), "{why}");
        assert_eq!(history.intents().len(), 1);
        assert_eq!(disk.bytes(), [&bytes, newer.as_bytes()].concat());
    }
}

#[test]
fn a_journal_of_the_first_version_is_read_and_continued() {
    // Written by the first version, but for the checksums.
    let sent = r#"{"sending":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:13:21Z","attempt":1,"body_hash":"HASH"}}"#;
    let intent = r#"{"intent":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:13:20Z","profile":"default","endpoint":"cph.example","project":"41f6","region":"r","credentials":"token","server_name":"farm","shape":{"server_flavor":"s","phone_flavor":"p","image_id":"i","count":1},"pays_now":false,"body_hash":"HASH","body":"{}"}}"#;
    let unknown = r#"{"outcome":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:13:22Z","outcome":{"unknown":{"why":"reset","status":null,"request_id":null,"probably_placed":false}}}}"#;
    let swept = r#"{"swept":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T14:20:00Z","complete":true,"order_ids":[]}}"#;
    let not_found = r#"{"not_found":{"id":"00000000-0000-4000-8000-0000feed0001","at":"2026-09-21T15:20:00Z","sweeps":5,"quiet_seconds":3998}}"#;
    let mut bytes = Vec::new();
    let mut check = "0".repeat(64);
    for (seq, entry) in (1..).zip([intent, sent, unknown, swept, not_found]) {
        let content = format!(r#"{{"format":1,"seq":{seq},"entry":{}"#, entry.replace("HASH", &hash("{}")));
        let digits = digits(&format!("{check}{content}"));
        bytes.extend(format!("{content},\"check\":\"{digits}\"}}\n").into_bytes());
        check = digits;
    }
    let disk = Disk::with(&bytes);
    let Opened::Writable(mut journal) = open(&disk) else { panic!("not writable") };
    // What it took for absent is unknown, and says nothing of the servers that were there before.
    let purchase = journal.intents().purchase(id(1)).unwrap();
    assert_eq!((purchase.state().name(), &purchase.intent().preflight), ("UNKNOWN", &None));
    journal.append(&resolved(1, 900_000, &["CS1"])).unwrap();
    assert!(disk.bytes().starts_with(&bytes), "it is continued, not rewritten");
    assert_eq!(open(&disk).intents().state(id(1)).unwrap().name(), "FOUND");
}
