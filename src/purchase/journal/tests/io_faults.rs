//! A fault in every call to the storage of the journal, one after the other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::memory_disk::{Disk, Fault};
use super::{open, writable};
use crate::purchase::intents::OrderState;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::{Journal, JournalError, Obstacle, Opened};

#[test]
fn a_failed_sync_is_told_and_ends_all_writing() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    journal.append(&begun(1, 0)).unwrap();
    disk.inside().fault = Some(Fault::In("sync"));
    let before = journal.intents().clone();
    assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Sync(_))));
    assert_eq!(journal.intents(), &before, "what is not on the disk did not happen");
    disk.inside().fault = None;
    disk.inside().calls.clear();
    for entry in [sending(1, 1), concluded(1, 2, not_sent())] {
        let Err(JournalError::Broken(why)) = journal.append(&entry) else { panic!() };
        assert!(why.contains("planted"), "{why}");
    }
    assert_eq!(disk.inside().calls, [""; 0], "the file is not touched any more");
}

#[test]
fn a_panic_in_the_middle_of_a_record_ends_all_writing() {
    for call in ["write", "sync"] {
        let disk = Disk::default();
        let mut journal = writable(&disk);
        journal.append(&begun(1, 0)).unwrap();
        disk.inside().fault = Some(Fault::PanicIn(call));
        let panicked = catch_unwind(AssertUnwindSafe(|| journal.append(&sending(1, 1)).is_ok()));
        assert!(panicked.is_err());
        disk.inside().fault = None;
        assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Broken(_))), "{call}");
    }
}

#[test]
fn a_failed_write_leaves_a_torn_record_and_ends_all_writing() {
    for through in [0, 1, 50, 200] {
        let disk = Disk::default();
        let mut journal = writable(&disk);
        journal.append(&begun(1, 0)).unwrap();
        disk.inside().fault = Some(Fault::WriteAfter(through));
        assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Write(_))));
        disk.inside().fault = None;
        assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Broken(_))));
        drop(journal);
        let journal = writable(&disk);
        assert_eq!(disk.aside().len(), usize::from(through > 0));
        let state = journal.intents().state(id(1)).unwrap().name();
        assert_eq!(state, if through > 0 { "UNKNOWN" } else { "NOT_SENT" });
    }
}

#[test]
fn short_writes_are_continued() {
    for most in [1, 7, 100] {
        let disk = Disk::default();
        disk.inside().fault = Some(Fault::ShortWrites(most));
        let mut journal = writable(&disk);
        for entry in doubtful() {
            journal.append(&entry).unwrap();
        }
        drop(journal);
        assert_eq!(writable(&disk).intents(), &history(&doubtful()));
    }
}

#[test]
fn an_append_is_check_write_sync_and_then_last_and_only_an_intent_reserves() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    disk.inside().calls.clear();
    journal.append(&begun(1, 0)).unwrap();
    journal.append(&sending(1, 1)).unwrap();
    let kept = ["write", "sync", "write_last", "sync_last"];
    let expected = [&["check_identity", "reserve"], &kept[..], &["check_identity"], &kept[..]].concat();
    assert_eq!(disk.inside().calls, expected);
    assert_eq!(disk.unsynced(), 0);
    disk.inside().calls.clear();
    assert!(matches!(journal.append(&begun(2, 2)), Err(JournalError::InvalidTransition(_))));
    assert_eq!(disk.inside().calls, [""; 0]);
    journal.append(&concluded(1, 2, refused())).unwrap();
}

#[test]
fn any_fault_while_opening_stops_buying_and_the_next_opening_says_all() {
    let make = || {
        let disk = Disk::default();
        let mut journal = writable(&disk);
        journal.append(&begun(1, 0)).unwrap();
        journal.append(&sending(1, 1)).unwrap();
        drop(journal);
        let torn = [disk.bytes(), b"{\"format\":1,\"se".to_vec()].concat();
        disk.put(&torn);
        disk.inside().calls.clear();
        disk
    };
    let disk = make();
    writable(&disk);
    let calls = disk.inside().calls.clone();
    let before =
        ["lock", "read", "read_last", "begin", "check_identity", "sync", "quarantined_files", "quarantine", "cut"];
    assert_eq!(calls[..9], before);
    for (number, call) in calls.iter().enumerate() {
        for kept in [0, 1, usize::MAX] {
            let disk = make();
            disk.inside().fault = Some(Fault::AtCall(number));
            match Journal::open_in(disk.storage(), at(9)) {
                Ok(Opened::Writable(_)) => panic!("{call}"),
                Ok(Opened::ReadOnly(history, why)) => {
                    assert!(why.to_string().contains("planted"), "{why}");
                    assert_eq!(history.intents().unresolved().count(), 1);
                    assert!(!history.notices().is_empty(), "{call}: the torn record is told");
                }
                Err(error) => assert!(matches!(error, JournalError::Read(_)) && *call == "read", "{error}"),
            }
            disk.power_cut(kept, kept > 0);
            let journal = writable(&disk);
            assert!(matches!(journal.intents().state(id(1)), Some(OrderState::Unknown(_))), "{call}");
            assert!(!disk.aside().is_empty());
            assert_eq!(journal.intents().quarantined_files().len(), disk.aside().len(), "every file is mentioned");
        }
    }
}

#[test]
fn a_second_instance_reads_and_leaves_everything_as_it_is() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    journal.append(&begun(1, 0)).unwrap();
    journal.append(&sending(1, 1)).unwrap();
    disk.inside().calls.clear();
    let Opened::ReadOnly(history, why) = open(&disk) else { panic!() };
    assert_eq!(
        (why, disk.inside().calls.clone()),
        (Obstacle::AnotherInstance, vec!["lock", "read_last", "read", "read_last"])
    );
    assert_eq!(history.intents().sending().unwrap().intent().id, id(1), "it is on its way, not interrupted");
    journal.append(&concluded(1, 2, refused())).unwrap();
    drop(journal);
    assert!(matches!(open(&disk), Opened::Writable(_)));
}

#[test]
fn a_lock_that_fails_is_no_lock() {
    let disk = Disk::default();
    disk.inside().fault = Some(Fault::In("lock"));
    let Opened::ReadOnly(_, Obstacle::NoLock { reason }) = open(&disk) else { panic!() };
    assert_eq!(reason, "planted");
}
