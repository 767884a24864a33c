//! The journal in a real directory.

use std::fs;
use std::io::Write as _;

use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::{Journal, JournalNotice, Obstacle, Opened};

#[test]
fn a_journal_in_a_directory_is_continued_by_the_next_run() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    let open = || Journal::open(&directory, at(5));
    let Opened::Writable(mut journal) = open().unwrap() else { panic!() };
    assert_eq!(journal.history().notices(), [JournalNotice::Created]);
    journal.append(&begun(1, 0)).unwrap();
    journal.append(&sending(1, 1)).unwrap();

    let second = open().unwrap();
    assert!(
        matches!(&second, Opened::ReadOnly(history, Obstacle::AnotherInstance) if history.intents().sending().is_some())
    );
    drop(journal);

    let first = open().unwrap();
    assert_eq!(first.notices(), [JournalNotice::Interrupted { id: id(1), was_sending: true }]);
    assert_eq!(first.intents().state(id(1)).unwrap().name(), "UNKNOWN");
    assert!(matches!(open().unwrap(), Opened::ReadOnly(_, Obstacle::AnotherInstance)));
    drop(first);
    assert_eq!(open().unwrap().notices(), []);
    let lines = fs::read_to_string(directory.join("journal.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 3);
}

#[test]
fn torn_records_are_kept_in_files_of_their_own() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    let path = directory.join("journal.jsonl");
    for torn in 1..=3 {
        drop(Journal::open(&directory, at(5)).unwrap());
        let whole = fs::read(&path).unwrap();
        fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"form").unwrap();
        let opened = Journal::open(&directory, at(6)).unwrap();
        let file = format!("journal.torn-{torn}");
        assert_eq!(opened.notices(), [JournalNotice::SetAside { file: file.clone(), bytes: 6 }]);
        assert_eq!(fs::read(directory.join(&file)).unwrap(), b"{\"form");
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(directory.join(&file)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        assert!(fs::read(&path).unwrap().starts_with(&whole));
        assert!(opened.intents().quarantined_files().contains(&file));
        // The next one gets a name of its own all the same.
        fs::remove_file(directory.join(&file)).unwrap();
    }
}

#[test]
fn a_torn_record_is_left_to_the_instance_that_may_be_writing_it() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    let path = directory.join("journal.jsonl");
    let first = Journal::open(&directory, at(5)).unwrap();
    fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"{\"form").unwrap();
    let second = Journal::open(&directory, at(5)).unwrap();
    assert!(matches!(second, Opened::ReadOnly(_, Obstacle::AnotherInstance)));
    assert_eq!(second.notices(), [JournalNotice::Unfinished { offset: 0, bytes: 6 }]);
    assert_eq!(fs::read(&path).unwrap(), b"{\"form");
    drop(first);
}

#[test]
fn a_file_system_without_reserved_blocks_gets_a_reserve_file() {
    let home = tempfile::tempdir().unwrap();
    let folder = crate::purchase::journal::directory::JournalDirectory::enter(&home.path().join("state"))
        .unwrap()
        .with_reserve_file();
    let Opened::Writable(mut journal) = Journal::open_in(Box::new(folder), at(5)).unwrap() else { panic!() };
    let reserve_file = home.path().join("state").join("journal.reserve");
    journal.append(&begun(1, 0)).unwrap();
    let full = fs::metadata(&reserve_file).unwrap().len();
    journal.append(&sending(1, 1)).unwrap();
    let less = fs::metadata(&reserve_file).unwrap().len();
    assert!(full >= 48 << 10 && less + 4096 <= full, "{full} {less}");
    journal.append(&concluded(1, 2, refused())).unwrap();
    journal.append(&begun(2, 3)).unwrap();
    assert_eq!(fs::metadata(&reserve_file).unwrap().len(), full);
}
