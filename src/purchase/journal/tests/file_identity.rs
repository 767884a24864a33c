//! The files of the journal are moved, removed, replaced or changed while it is open: nothing is sent, and there are
//! never two processes that write.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::directory::JournalDirectory;
use crate::purchase::journal::{Journal, JournalError, JournalMoved, Obstacle, Opened, Storage as _};

/// A state directory below a temporary one.
struct Place {
    home: tempfile::TempDir,
    directory: PathBuf,
}

impl Place {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("state");
        Self { home, directory }
    }

    fn open(&self) -> Journal {
        match Journal::open(&self.directory, at(0)).unwrap() {
            Opened::Writable(journal) => journal,
            Opened::ReadOnly(_, why) => panic!("{why}"),
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// A change to the files: its name, the file that the error names, and the function that makes the change.
type Blow = (&'static str, &'static str, fn(&Place));

fn blows() -> Vec<Blow> {
    fn copy(place: &Place, name: &str) {
        let (path, other) = (place.file(name), place.home.path().join("other"));
        fs::copy(&path, &other).unwrap();
        fs::rename(&other, &path).unwrap();
    }
    vec![
        ("the directory is removed", ".", |place| fs::remove_dir_all(&place.directory).unwrap()),
        ("the directory is moved", ".", |place| fs::rename(&place.directory, place.home.path().join("moved")).unwrap()),
        ("the directory is replaced", ".", |place| {
            fs::rename(&place.directory, place.home.path().join("moved")).unwrap();
            drop(place.open());
        }),
        ("the journal is removed", "journal.jsonl", |place| fs::remove_file(place.file("journal.jsonl")).unwrap()),
        ("the journal is moved", "journal.jsonl", |place| {
            fs::rename(place.file("journal.jsonl"), place.file("old.jsonl")).unwrap();
        }),
        ("the journal is replaced by a copy", "journal.jsonl", |place| copy(place, "journal.jsonl")),
        ("the journal is longer", "journal.jsonl", |place| {
            File::options().append(true).open(place.file("journal.jsonl")).unwrap().write_all(b"\n").unwrap();
        }),
        ("the journal is shorter", "journal.jsonl", |place| {
            let journal = File::options().write(true).open(place.file("journal.jsonl")).unwrap();
            journal.set_len(journal.metadata().unwrap().len() - 1).unwrap();
        }),
        ("the lock is removed", "journal.lock", |place| fs::remove_file(place.file("journal.lock")).unwrap()),
        ("the lock is replaced", "journal.lock", |place| copy(place, "journal.lock")),
        ("the number of the last record is removed", "journal.last", |place| {
            fs::remove_file(place.file("journal.last")).unwrap();
        }),
        ("the number of the last record is replaced", "journal.last", |place| copy(place, "journal.last")),
    ]
}

/// Returns the bytes of every journal in the directory, which may be gone or have been moved.
fn journals(place: &Place) -> Vec<u8> {
    let mut bytes = Vec::new();
    for directory in ["state", "moved"] {
        for name in ["journal.jsonl", "old.jsonl"] {
            bytes.extend(fs::read(place.home.path().join(directory).join(name)).unwrap_or_default());
        }
    }
    bytes
}

#[test]
fn with_files_that_were_moved_removed_replaced_or_changed_nothing_is_written_and_nothing_sent() {
    for (what, name, blow) in blows() {
        let before_intent = (vec![begun(1, 0), concluded(1, 1, not_sent())], begun(2, 2));
        let before_sending = (vec![begun(1, 0)], sending(1, 1));
        for (earlier, next) in [before_intent, before_sending] {
            let place = Place::new();
            let mut journal = place.open();
            for entry in &earlier {
                journal.append(entry).unwrap();
            }
            blow(&place);
            let (history, bytes) = (journal.intents().clone(), journals(&place));
            let Err(JournalError::JournalMoved(displaced)) = journal.append(&next) else { panic!("{what}") };
            let path: PathBuf = place.file(name).components().collect();
            let named = match &displaced {
                JournalMoved::Gone { path } | JournalMoved::Replaced { path } | JournalMoved::Length { path, .. } => {
                    path
                }
                JournalMoved::Unreachable { .. } => panic!("{what}: {displaced}"),
            };
            assert_eq!(named, &path, "{what}");
            let told = JournalError::JournalMoved(displaced).to_string();
            assert!(told.starts_with(path.to_str().unwrap()) && told.contains("no order was sent"), "{told}");
            assert_eq!((journal.intents(), journals(&place)), (&history, bytes), "{what}");
        }
    }
}

#[test]
fn what_became_of_an_order_is_written_all_the_same_and_the_error_says_that_nobody_may_find_it() {
    for (what, _, blow) in blows() {
        let place = Place::new();
        let mut journal = place.open();
        for entry in [begun(1, 0), sending(1, 1)] {
            journal.append(&entry).unwrap();
        }
        let open = File::open(place.file("journal.jsonl")).unwrap();
        blow(&place);
        let Err(error @ JournalError::Astray(_)) = journal.append(&concluded(1, 2, accepted("CS1"))) else {
            panic!("{what}")
        };
        assert!(error.to_string().contains("the next run may not find it"), "{error}");
        let kept = std::io::read_to_string(&open).unwrap();
        assert!(kept.ends_with("\"}\n") && kept.contains("CS1"), "{what}: {kept}");
    }
}

#[test]
fn what_is_put_back_can_be_bought_with_again() {
    let place = Place::new();
    let mut journal = place.open();
    let moved = place.home.path().join("moved");
    fs::rename(&place.directory, &moved).unwrap();
    assert!(matches!(journal.append(&begun(1, 0)), Err(JournalError::JournalMoved(_))));
    fs::rename(&moved, &place.directory).unwrap();
    journal.append(&begun(1, 0)).unwrap();
    drop(journal);
    assert_eq!(place.open().intents().len(), 1);
}

#[test]
fn a_second_instance_is_turned_away_although_the_lock_file_was_removed() {
    for with in ["nothing in its place", "a new one"] {
        let place = Place::new();
        let mut journal = place.open();
        journal.append(&begun(1, 0)).unwrap();
        fs::remove_file(place.file("journal.lock")).unwrap();
        if with == "a new one" {
            drop(JournalDirectory::existing(&place.directory).unwrap().unwrap().open_both().unwrap());
        }
        for _ in 0..2 {
            let second = Journal::open(&place.directory, at(1)).unwrap();
            assert!(matches!(second, Opened::ReadOnly(_, Obstacle::AnotherInstance)), "{with}: {second:?}");
            assert_eq!(second.intents().len(), 1);
        }
        drop(journal);
        assert!(matches!(Journal::open(&place.directory, at(1)), Ok(Opened::Writable(_))));
    }
}

#[test]
fn a_second_instance_is_turned_away_before_there_is_a_journal() {
    let place = Place::new();
    let mut first = JournalDirectory::enter(&place.directory).unwrap();
    let mut second = JournalDirectory::enter(&place.directory).unwrap();
    assert!(first.lock().unwrap());
    fs::remove_file(place.file("journal.lock")).unwrap();
    assert!(second.lock().unwrap(), "there is nothing yet that could be locked");
    assert!(first.create().unwrap());
    let told = second.create().unwrap_err().to_string();
    assert!(told.contains("was replaced"), "{told}");
    assert!(
        matches!(first.check_identity(0), Err(JournalMoved::Replaced { path }) if path == place.file("journal.lock"))
    );
}

#[test]
fn a_file_that_was_replaced_between_opening_and_locking_is_noticed() {
    for name in ["journal.jsonl", "journal.lock"] {
        let place = Place::new();
        drop(place.open());
        let mut folder = JournalDirectory::enter(&place.directory).unwrap();
        let (lock, journal) = folder.open_both().unwrap();
        let other = place.home.path().join("other");
        fs::copy(place.file(name), &other).unwrap();
        fs::rename(&other, place.file(name)).unwrap();
        let told = folder.take(lock, journal).unwrap_err().to_string();
        assert_eq!(told, format!("{} was replaced while the program was using it", place.file(name).display()));
        assert!(folder.check_identity(0).is_err(), "nothing of it is kept");
    }
}

/// Covers the time between the lock and the first record, when nothing may change either.
#[test]
fn a_journal_that_grew_between_reading_and_writing_is_not_written_to() {
    let disk = super::Disk::default();
    super::writable(&disk).append(&begun(1, 0)).unwrap();
    disk.inside().is_displaced = true;
    let before = disk.bytes();
    let opened = super::open(&disk);
    assert!(
        matches!(&opened, Opened::ReadOnly(_, Obstacle::NotWritable { reason }) if reason.contains("was replaced"))
    );
    assert_eq!(disk.bytes(), before);
}

#[test]
fn a_relative_path_and_a_link_above_the_directory_lead_to_the_same_place() {
    let place = Place::new();
    let link = place.home.path().join("link");
    std::os::unix::fs::symlink(place.home.path(), &link).unwrap();
    let through: &Path = &link.join("state");
    let Ok(Opened::Writable(mut journal)) = Journal::open(through, at(0)) else { panic!() };
    journal.append(&begun(1, 0)).unwrap();
    // The link leads somewhere else now.
    fs::remove_file(&link).unwrap();
    fs::create_dir(place.home.path().join("elsewhere")).unwrap();
    std::os::unix::fs::symlink(place.home.path().join("elsewhere"), &link).unwrap();
    let Err(JournalError::JournalMoved(JournalMoved::Gone { path })) = journal.append(&sending(1, 1)) else { panic!() };
    assert_eq!(path, through);
}
