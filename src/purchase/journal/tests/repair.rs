//! The user accepts that records are missing from the end of a journal, and only then can anything be bought with it
//! again; the whole procedure in real directories.

use std::fs;
use std::path::{Path, PathBuf};

use super::last_record::{losing, written_in_format_1};
use super::memory_disk::{Disk, Fault, naming_the_end_of};
use super::{open, writable, written};
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{Loss, OrderState};
use crate::purchase::journal::last_record::LENGTH;
use crate::purchase::journal::open::repair_in;
use crate::purchase::journal::{Journal, JournalError, Obstacle, Opened, RepairResult, open_read_only, repair};

#[test]
fn a_repair_accepts_what_is_missing_and_buying_goes_on() {
    let (bytes, ends) = written(&[begun(1, 0), sending(1, 1), concluded(1, 2, accepted("CS1"))]);
    let newest = naming_the_end_of(&bytes);
    let loss = Loss { expected: Some(3), found: 1 };
    for is_opened_before in [false, true] {
        let disk = Disk::holding(&bytes[..ends[0]], Some(&newest));
        if is_opened_before {
            assert_eq!(losing(&disk).1, loss);
        }
        assert_eq!(repair_in(disk.storage(), at(7)).unwrap(), RepairResult::Accepted(loss));
        assert_eq!(disk.last(), Some(naming_the_end_of(&disk.bytes())));
        let text = String::from_utf8(disk.bytes()).unwrap();
        assert_eq!((text.matches("records_lost").count(), text.matches("repaired").count()), (1, 1));
        let bytes = disk.bytes();
        assert_eq!(repair_in(disk.storage(), at(8)).unwrap(), RepairResult::NothingLost);
        assert_eq!(disk.bytes(), bytes);
        let mut journal = writable(&disk);
        assert_eq!((journal.buying_obstacle(), journal.intents().loss()), (None, None));
        assert!(matches!(journal.intents().state(id(1)), Some(OrderState::Unknown(_))), "it may have been sent");
        journal.append(&begun(2, 10)).unwrap();
        drop(journal);
        // The next loss is one of its own.
        let again = Disk::holding(&bytes, Some(&naming_the_end_of(&disk.bytes())));
        assert_eq!(losing(&again).1, Loss { expected: Some(4), found: 3 });
    }
}

#[test]
fn a_fault_anywhere_in_a_repair_leaves_it_lost_or_repaired() {
    let (bytes, ends) = written(&[begun(1, 0), sending(1, 1)]);
    let make = || {
        let disk = Disk::holding(&bytes[..ends[0]], Some(&naming_the_end_of(&bytes)));
        disk.inside().calls.clear();
        disk
    };
    let disk = make();
    repair_in(disk.storage(), at(5)).unwrap();
    let calls = disk.inside().calls.clone();
    assert!(calls.contains(&"renew_last") && calls.ends_with(&["write", "sync", "write_last", "sync_last"]));
    for (number, call) in calls.iter().enumerate() {
        for kept in [0, usize::MAX] {
            let disk = make();
            disk.inside().fault = Some(Fault::AtCall(number));
            let repaired = repair_in(disk.storage(), at(5));
            disk.power_cut(kept, kept > 0);
            let opened = open(&disk);
            let Opened::Writable(journal) = &opened else { panic!("{call}: {opened:?}") };
            assert!(matches!(journal.intents().state(id(1)), Some(OrderState::Unknown(_))), "{call}");
            assert!(repaired.is_err() || journal.buying_obstacle().is_none(), "{call}");
            drop(opened);
            repair_in(disk.storage(), at(6)).unwrap();
            assert_eq!(writable(&disk).buying_obstacle(), None, "{call}");
        }
    }
}

#[test]
fn a_journal_that_is_locked_or_damaged_is_not_repaired() {
    let (mut bytes, ends) = written(&doubtful());
    let disk = Disk::holding(&bytes[..ends[0]], Some(&naming_the_end_of(&bytes)));
    let journal = writable(&disk);
    let Err(JournalError::NotRepaired(Obstacle::AnotherInstance)) = repair_in(disk.storage(), at(5)) else { panic!() };
    drop(journal);
    bytes[ends[0] + 9] ^= 1;
    let Err(error @ JournalError::NotRepaired(Obstacle::Damaged { .. })) =
        repair_in(Disk::with(&bytes).storage(), at(5))
    else {
        panic!()
    };
    assert!(error.to_string().starts_with("the journal cannot be repaired: the journal is damaged at byte"), "{error}");
}

/// Creates a real directory with two orders, the first of which is accepted.
fn real() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    let Opened::Writable(mut journal) = Journal::open(&directory, at(0)).unwrap() else { panic!() };
    for entry in [begun(1, 0), sending(1, 1), concluded(1, 2, accepted("CS1")), begun(2, 9)] {
        journal.append(&entry).unwrap();
        let bytes = fs::read(directory.join("journal.jsonl")).unwrap();
        assert_eq!(fs::read(directory.join("journal.last")).unwrap(), naming_the_end_of(&bytes));
    }
    journal.append(&sending(2, 10)).unwrap();
    (home, directory)
}

/// Cuts off a real journal after so many records.
fn cut(directory: &Path, records: usize) {
    let path = directory.join("journal.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.split_inclusive('\n').take(records).collect::<String>()).unwrap();
}

#[test]
fn a_real_journal_that_was_cut_is_noticed_and_repaired() {
    for records in 0..5 {
        let (_home, directory) = real();
        let last = directory.join("journal.last");
        cut(&directory, records);
        let found = records as u64;
        let expected = Obstacle::RecordsLost(Loss { expected: Some(5), found });
        assert_eq!(open_read_only(&directory).unwrap().1, Some(expected.clone()));
        let before = fs::read(&last).unwrap();
        for _ in 0..2 {
            let opened = Journal::open(&directory, at(20)).unwrap();
            assert!(matches!(opened, Opened::Writable(_)));
            assert_eq!(opened.buying_obstacle(), Some(expected.clone()));
            assert_eq!(opened.intents().under_way(), None);
        }
        assert_eq!(fs::read(&last).unwrap(), before);
        assert!(matches!(repair(&directory, at(21)), Ok(RepairResult::Accepted(_))));
        assert_eq!(Journal::open(&directory, at(22)).unwrap().buying_obstacle(), None);
        assert_eq!(open_read_only(&directory).unwrap().1, None);
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&last).unwrap().permissions());
        assert_eq!((mode & 0o777, fs::metadata(&last).unwrap().len()), (0o600, LENGTH as u64));
        assert!(!directory.join("journal.last.new").exists());
    }
}

#[test]
fn a_real_journal_without_it_is_judged_by_its_format() {
    let (_home, directory) = real();
    fs::write(directory.join("journal.jsonl"), written_in_format_1(&doubtful()).0).unwrap();
    fs::remove_file(directory.join("journal.last")).unwrap();
    assert_eq!(open_read_only(&directory).unwrap().1, None);
    assert!(!directory.join("journal.last").exists(), "looking makes nothing");
    let opened = Journal::open(&directory, at(400)).unwrap();
    assert_eq!((opened.buying_obstacle(), opened.intents().len()), (None, 1));
    assert_eq!(fs::metadata(directory.join("journal.last")).unwrap().len(), LENGTH as u64);
}

#[test]
fn a_run_that_ended_before_its_first_record_leaves_a_journal_that_opens() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    drop(Journal::open(&directory, at(0)).unwrap());
    // It ended in the middle of making the file.
    fs::rename(directory.join("journal.last"), directory.join("journal.last.new")).unwrap();
    fs::write(directory.join("journal.last.new"), "{\"seq\"").unwrap();
    let Opened::Writable(mut journal) = Journal::open(&directory, at(0)).unwrap() else { panic!() };
    assert_eq!(journal.buying_obstacle(), None);
    journal.append(&begun(1, 0)).unwrap();
}
