//! `journal.last`: a journal that lost its end is noticed, and an order that may have been sent is not taken for one
//! that was not.

use super::memory_disk::{Disk, Fault, naming_the_end_of};
use super::{open, writable, written};
use crate::purchase::UnknownReason;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{FoundBy, Intents, InvalidTransition, JournalEntry, Loss, OrderState};
use crate::purchase::journal::last_record::{self, LENGTH, LastFileStatus};
use crate::purchase::journal::open::repair_in;
use crate::purchase::journal::parse;
use crate::purchase::journal::record_format::Checksum;
use crate::purchase::journal::{
    FIRST_WITH_LAST, FORMAT, Journal, JournalError, JournalNotice, Obstacle, Opened, RepairResult,
};

/// Opens a journal whose end is missing, checks that orders cannot be placed in it, and returns it with the loss.
pub fn losing(disk: &Disk) -> (Journal, Loss) {
    let Opened::Writable(mut journal) = open(disk) else { panic!("it can be reconciled") };
    let Some(Obstacle::RecordsLost(loss)) = journal.buying_obstacle() else { panic!("it is noticed") };
    assert_eq!(journal.intents().loss(), Some(loss));
    let bytes = disk.bytes();
    for entry in [begun(99, 95_000), sending(1, 95_000)] {
        let Err(error @ JournalError::NoBuying(_)) = journal.append(&entry) else { panic!("{entry:?}") };
        assert!(error.to_string().contains("`cph-wizard orders repair --accept`"), "{error}");
    }
    assert_eq!(disk.bytes(), bytes);
    (journal, loss)
}

fn was_sent(purchase: &crate::purchase::intents::Purchase) -> bool {
    purchase.records().iter().any(|entry| matches!(entry, JournalEntry::Sending { .. }))
}

#[test]
fn its_form_is_this_and_its_length_never_changes() {
    let (bytes, _) = written(&doubtful());
    let text = String::from_utf8(naming_the_end_of(&bytes)).unwrap();
    assert!(text.starts_with(r#"{"seq":3,"check":""#) && text.ends_with("  \n"), "{text}");
    assert!(text.trim_end().ends_with(r#""}"#));
    for seq in [0, 9, 10, u64::MAX] {
        let bytes = last_record::encode(seq, &Checksum::genesis());
        assert_eq!(bytes.len(), LENGTH);
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap()["seq"], seq);
    }
}

#[test]
fn a_journal_that_was_cut_behind_any_record_is_noticed_and_what_was_sent_is_not_called_unsent() {
    let entries = everything();
    let (bytes, ends) = written(&entries);
    let whole = history(&entries);
    let newest = naming_the_end_of(&bytes);
    for (records, end) in [0].into_iter().chain(ends).enumerate() {
        let disk = Disk::holding(&bytes[..end], Some(&newest));
        if records == entries.len() {
            assert_eq!(writable(&disk).buying_obstacle(), None);
            continue;
        }
        // The loss that is part of the whole example stands where its acceptance is cut off.
        let is_recorded = history(&entries[..records]).loss().is_some();
        let expected = if is_recorded { (99, 34) } else { (entries.len() as u64, records as u64) };
        let (journal, loss) = losing(&disk);
        assert_eq!(loss, Loss { expected: Some(expected.0), found: expected.1 });
        for purchase in journal.intents().newest_first() {
            let later = whole.purchase(purchase.intent().id).unwrap();
            let is_negative =
                matches!(purchase.state(), OrderState::NotSent(_) | OrderState::Ready | OrderState::NotFound);
            assert!(!is_negative || was_sent(purchase) == was_sent(later), "{records}: {purchase:?}");
        }
        assert_eq!(disk.last().unwrap(), newest, "it is left alone");
    }
}

#[test]
fn an_intent_that_looks_unsent_is_unknown_when_its_end_is_cut_off() {
    let (bytes, ends) = written(&[begun(1, 0), sending(1, 1), concluded(1, 2, accepted("CS1"))]);
    for (records, end) in [(1, ends[0]), (2, ends[1])] {
        let disk = Disk::holding(&bytes[..end], Some(&naming_the_end_of(&bytes)));
        let (mut journal, _) = losing(&disk);
        let Some(OrderState::Unknown(unknown)) = journal.intents().state(id(1)) else { panic!("{records}") };
        assert_eq!(unknown.reason, UnknownReason::RecordsMissing);
        // It can be looked for, and found.
        journal.append(&reading(1, 90_100, true, &["CS1"])).unwrap();
        journal.append(&found(1, 90_100, "CS1")).unwrap();
        drop(journal);
        let (journal, _) = losing(&disk);
        assert_eq!(journal.intents().state(id(1)), Some(&OrderState::Found { by: FoundBy::Reading }));
    }
}

#[test]
fn findings_do_not_make_up_for_what_is_missing() {
    let (bytes, ends) = written(&everything());
    for missing in 1..6 {
        let disk = Disk::holding(&bytes[..ends[ends.len() - 1 - missing]], Some(&naming_the_end_of(&bytes)));
        let (journal, loss) = losing(&disk);
        drop(journal);
        for second in 0..8 {
            let (mut journal, again) = losing(&disk);
            assert_eq!(again, loss, "it is recorded once");
            journal.append(&reading(4, 91_000 + second, false, &[])).unwrap();
        }
    }
}

#[test]
fn it_may_be_one_record_behind_and_no_more() {
    let entries = everything();
    let (bytes, ends) = written(&entries);
    for behind in 0..4 {
        let disk = Disk::holding(&bytes, Some(&naming_the_end_of(&bytes[..ends[ends.len() - 1 - behind]])));
        if behind <= 1 {
            assert_eq!(writable(&disk).buying_obstacle(), None);
            assert_eq!(disk.last(), Some(naming_the_end_of(&disk.bytes())), "it is brought up to date");
        } else {
            let (_, Loss { expected, found }) = losing(&disk);
            assert_eq!((expected, found), (Some((entries.len() - behind) as u64), entries.len() as u64));
        }
    }
    // Before the first record, and behind it.
    let genesis = last_record::encode(0, &Checksum::genesis());
    for records in 0..3 {
        let end = if records == 0 { 0 } else { ends[records - 1] };
        let opened = open(&Disk::holding(&bytes[..end], Some(&genesis)));
        assert_eq!(opened.buying_obstacle().is_some(), records == 2, "{records}");
    }
}

#[test]
fn anything_else_in_it_is_noticed() {
    let (bytes, ends) = written(&doubtful());
    let right = naming_the_end_of(&bytes);
    let mut wrong: Vec<Vec<u8>> = (0..LENGTH)
        .map(|place| {
            let mut wrong = right.clone();
            wrong[place] ^= 1;
            wrong
        })
        .collect();
    wrong.extend([Vec::new(), b"{}".to_vec(), b"\n".to_vec(), right[..LENGTH - 1].to_vec(), vec![0; LENGTH]]);
    wrong.push([&right[..], b"\n"].concat());
    // The right number with the checksum of another record.
    wrong.push(last_record::encode(3, &parse::parse_journal(&bytes[..ends[1]]).check));
    for last in wrong {
        let disk = Disk::holding(&bytes, Some(&last));
        let (journal, loss) = losing(&disk);
        assert_eq!(loss.found, 3, "{}", String::from_utf8_lossy(&last));
        drop(journal);
        assert_eq!(disk.last(), Some(last));
    }
}

#[test]
fn a_journal_from_before_it_was_kept_gets_one() {
    let parsed = |format| {
        let mut parsed = parse::parse_journal(&written(&doubtful()).0);
        parsed.format = format;
        parsed
    };
    assert_eq!(last_record::compare(&parsed(1), None), Ok(LastFileStatus::Absent));
    assert_eq!(last_record::compare(&parsed(2), None), Err(Loss { expected: None, found: 3 }));
    assert_eq!(last_record::compare(&parse::parse_journal(b""), None), Ok(LastFileStatus::Absent));

    let (bytes, _) = written(&doubtful());
    let opened = open(&Disk::holding(&bytes, None));
    assert_eq!(opened.buying_obstacle().is_some(), FORMAT >= FIRST_WITH_LAST);

    let (bytes, _) = written_in_format_1(&doubtful());
    let disk = Disk::holding(&bytes, None);
    let mut journal = writable(&disk);
    assert_eq!((journal.buying_obstacle(), journal.intents()), (None, &history(&doubtful())));
    assert_eq!(disk.last(), Some(naming_the_end_of(&bytes)));
    journal.append(&reading(1, 200, true, &[])).unwrap();
    assert_eq!(disk.last(), Some(naming_the_end_of(&disk.bytes())));
}

/// Encodes the records as the first version of the program did, and returns the bytes and the last checksum.
pub fn written_in_format_1(entries: &[JournalEntry]) -> (Vec<u8>, String) {
    use sha2::{Digest as _, Sha256};
    let mut check = "0".repeat(64);
    let mut bytes = Vec::new();
    for (seq, entry) in (1..).zip(entries) {
        let content = format!(r#"{{"format":1,"seq":{seq},"entry":{}"#, serde_json::to_string(entry).unwrap());
        let sum = Sha256::digest(format!("{check}{content}"));
        check = sum.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        bytes.extend(format!("{content},\"check\":\"{check}\"}}\n").bytes());
    }
    (bytes, check)
}

#[test]
fn a_last_record_that_is_damaged_is_a_record_that_is_lost() {
    let (mut bytes, ends) = written(&[begun(1, 0), sending(1, 1)]);
    let last = naming_the_end_of(&bytes);
    bytes[ends[0] + 40] ^= 1;
    let disk = Disk::holding(&bytes, Some(&last));
    let (journal, loss) = losing(&disk);
    assert_eq!(loss, Loss { expected: Some(2), found: 1 });
    assert_eq!(disk.aside().len(), 1, "what is left of it is kept");
    assert!(matches!(journal.intents().state(id(1)), Some(OrderState::Unknown(_))));
    assert!(journal.history().notices().iter().any(|fact| matches!(fact, JournalNotice::SetAside { .. })));
}

#[test]
fn without_the_lock_or_with_a_damaged_journal_the_doubt_is_shown_and_nothing_is_changed() {
    let (mut bytes, ends) = written(&[begun(1, 0), sending(1, 1), concluded(1, 2, refused()), begun(2, 9)]);
    let newest = naming_the_end_of(&bytes);
    let cut = Disk::holding(&bytes[..ends[0]], Some(&newest));
    let mut other = cut.storage();
    assert!(other.lock().unwrap());
    let is_doubtful = |intents: &Intents| matches!(intents.state(id(1)), Some(OrderState::Unknown(_)));
    let Opened::ReadOnly(history, Obstacle::AnotherInstance) = open(&cut) else { panic!() };
    assert!(is_doubtful(history.intents()));

    bytes[ends[0] + 9] ^= 1;
    let damaged = Disk::holding(&bytes, Some(&newest));
    let Opened::ReadOnly(history, Obstacle::Damaged { .. }) = open(&damaged) else { panic!() };
    assert!(is_doubtful(history.intents()));

    let not_writable = Disk::holding(&bytes[..ends[0]], Some(&newest));
    not_writable.inside().fault = Some(Fault::In("begin"));
    let Opened::ReadOnly(history, Obstacle::NotWritable { .. }) = open(&not_writable) else { panic!() };
    assert!(is_doubtful(history.intents()));
    for (disk, length) in [(cut, ends[0]), (damaged, bytes.len()), (not_writable, ends[0])] {
        assert_eq!((disk.bytes().len(), disk.last()), (length, Some(newest.clone())));
    }
}

#[test]
fn what_cannot_be_read_just_now_is_not_recorded_as_lost() {
    let (bytes, _) = written(&[begun(1, 0)]);
    let disk = Disk::with(&bytes);
    disk.inside().fault = Some(Fault::In("read_last"));
    let Opened::ReadOnly(history, Obstacle::NotWritable { reason }) = open(&disk) else { panic!() };
    assert_eq!(reason, "planted");
    assert!(matches!(history.intents().state(id(1)), Some(OrderState::Unknown(_))));
    assert_eq!(disk.bytes(), bytes);
    // Who wants it repaired gets it repaired.
    let repaired = repair_in(disk.storage(), at(5)).unwrap();
    assert_eq!(repaired, RepairResult::Accepted(Loss { expected: None, found: 1 }));
    disk.inside().fault = None;
    assert_eq!(writable(&disk).buying_obstacle(), None);
}

#[test]
fn a_record_counts_only_when_its_number_is_on_the_disk() {
    for fault in ["write_last", "sync_last"] {
        let disk = Disk::default();
        let mut journal = writable(&disk);
        journal.append(&begun(1, 0)).unwrap();
        let before = journal.intents().clone();
        disk.inside().fault = Some(Fault::In(fault));
        let Err(error @ JournalError::Last(_)) = journal.append(&sending(1, 1)) else { panic!("{fault}") };
        assert_eq!(error.to_string(), "journal.last could not be updated: planted");
        assert_eq!(journal.intents(), &before);
        assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Broken(_))));
        drop(journal);
        for is_last_kept in [true, false] {
            disk.power_cut(0, is_last_kept);
            let journal = writable(&disk);
            assert_eq!(journal.buying_obstacle(), None, "{fault}: it is one behind at most");
            assert!(matches!(journal.intents().state(id(1)), Some(OrderState::Unknown(_))));
        }
    }
}

#[test]
fn the_rules_of_the_history_say_the_same() {
    let mut intents = history(&[begun(1, 0), records_lost(5, None, 1)]);
    assert_eq!(intents.loss(), Some(Loss { expected: None, found: 1 }));
    for (entry, name) in [(begun(2, 6), "INTENT"), (records_lost(6, Some(9), 2), "RECORDS_LOST")] {
        assert_eq!(intents.apply(&entry), Err(InvalidTransition::RecordsMissing { entry: name }));
    }
    assert!(matches!(intents.apply(&sending(1, 6)), Err(InvalidTransition::CannotFollow { .. })), "it is UNKNOWN");
    intents.apply(&repaired(7)).unwrap();
    assert_eq!(intents.apply(&repaired(8)), Err(InvalidTransition::NothingMissing));
    intents.apply(&begun(2, 9)).unwrap();
    assert_eq!(intents.apply(&records_lost(10, Some(9), 4)), Ok(()));
    assert!(intents.newest_first().all(|purchase| matches!(purchase.state(), OrderState::Unknown(_))));
}
