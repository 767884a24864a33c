//! Orders that are moved to the archive of a directory read the same as before, whatever was recorded about them.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tempfile::TempDir;

use super::super::{Archive, Journal, Opened, archive, verify};
use super::last_record::written_in_format_1;
use super::memory_disk::naming_the_end_of;
use super::{config, written};
use crate::purchase::AllOrders;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::intents::{Intents, JournalEntry, Purchase};

const DAY: i64 = 24 * 3600;

/// The time at which orders are moved, in seconds.
const NOW: i64 = 100 * DAY;

struct Place {
    _home: TempDir,
    directory: PathBuf,
}

impl Place {
    fn with(bytes: &[u8]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("state");
        DirBuilder::new().mode(0o700).create(&directory).unwrap();
        let place = Self { _home: home, directory };
        place.put("journal.jsonl", bytes);
        place.put("journal.last", &naming_the_end_of(bytes));
        place
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let mut options = OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(true).mode(0o600).open(self.directory.join(name)).unwrap();
        file.write_all(bytes).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.directory.join(name)).unwrap()
    }

    fn journal(&self) -> Journal {
        match Journal::open(&self.directory, at(NOW)).unwrap() {
            Opened::Writable(journal) => journal,
            Opened::ReadOnly(_, why) => panic!("{why}"),
        }
    }
}

/// Returns all orders of the journal and of its archive, newest first.
fn all(directory: &Path, intents: &Intents) -> Vec<Purchase> {
    let archive = Archive::open_read_only(directory).unwrap();
    let orders = AllOrders::new(intents, archive.as_ref()).unwrap();
    orders.map(|order| order.purchase(archive.as_ref()).unwrap().into_owned()).collect()
}

/// Makes the records of an order with one of the possible histories. Orders start 40 hours apart.
fn order(number: u64, what: u8) -> Vec<JournalEntry> {
    let from = i64::try_from(number).unwrap() * 40 * 3600;
    let sent = |outcome| vec![begun(number, from), sending(number, from + 1), concluded(number, from + 2, outcome)];
    let order_id = format!("CS{number}");
    let and = |more: JournalEntry| [sent(unknown()), vec![more]].concat();
    match what {
        0 => vec![begun(number, from), concluded(number, from + 1, not_sent())],
        1 => sent(unknown()),
        2 => and(found(number, from + 50, &order_id)),
        3 => and(resolved(number, from + 1000, &[])),
        4 => and(conflict(number, from + 50, &["CS-1", "CS-2"])),
        5 => sent(refused()),
        6 => vec![begun(number, from), interrupted(number, from + 5)],
        // The last record was torn: what was NOT_PLACED before is UNKNOWN, and somebody says it again.
        7 => {
            let torn = quarantined(from + 1100, u32::try_from(number).unwrap());
            [and(resolved(number, from + 1000, &[])), vec![torn, resolved(number, from + 1200, &[])]].concat()
        }
        8 => {
            let lost = |second| [records_lost(second, Some(9), 8), repaired(second + 1)];
            let mut entries = and(resolved(number, from + 1000, &[]));
            entries.extend(lost(from + 1100));
            entries.push(resolved(number, from + 1200, &[]));
            entries.extend(lost(from + 1300));
            entries.push(resolved(number, from + 1400, &[]));
            entries
        }
        _ => sent(accepted(&order_id)),
    }
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn whatever_became_of_old_orders_it_reads_the_same_from_the_archive(
        mut kinds in proptest::collection::vec(prop_oneof![9 => 9_u8..20, 1 => 0_u8..9], 200..260),
    ) {
        // The newest is measured.
        kinds.push(9);
        let mut intents = Intents::default();
        let mut entries = Vec::new();
        for (number, what) in kinds.iter().enumerate() {
            for entry in order(number as u64, *what) {
                // What a torn record made doubtful cannot always be said again.
                if intents.apply(&entry).is_ok() {
                    entries.push(entry);
                }
            }
        }
        let place = Place::with(&written(&entries).0);
        let now = at(400 * DAY);
        let going = intents.archivable(now);
        let moved = archive(&place.directory, now).unwrap();
        prop_assert_eq!(moved > 0, going.len() >= 100);
        let journal = place.journal();
        prop_assert_eq!(journal.intents().len() + usize::try_from(moved).unwrap(), intents.len());
        prop_assert_eq!(all(&place.directory, journal.intents()), intents.newest_first().cloned().collect::<Vec<_>>());
        prop_assert_eq!(journal.intents().quarantined_files(), intents.quarantined_files());
        drop(journal);
        let verified = verify(&place.directory).unwrap();
        prop_assert_eq!((verified.orders, verified.damage), (intents.len() as u64, None));
    }
}

fn accepted_orders(numbers: std::ops::Range<u64>) -> Vec<JournalEntry> {
    numbers.flat_map(|number| order(number, 9)).collect()
}

#[test]
fn a_journal_with_records_of_the_first_format_is_kept() {
    let (bytes, _) = written_in_format_1(&accepted_orders(0..200));
    let place = Place::with(&bytes);
    // As of a run that ended between keeping it and putting the new one in its place.
    fs::hard_link(place.directory.join("journal.jsonl"), place.directory.join("journal.format1-2.jsonl")).unwrap();
    place.put("journal.format1.jsonl", b"another one");
    assert_eq!(archive(&place.directory, at(400 * DAY)).unwrap(), 150);
    assert_eq!(place.read("journal.format1.jsonl"), b"another one");
    assert_eq!(place.read("journal.format1-2.jsonl"), bytes);
    assert!(!place.directory.join("journal.format1-3.jsonl").exists());
    assert_eq!(all(&place.directory, place.journal().intents()).len(), 200);
    for name in ["archive.jsonl", "archive.index", "journal.jsonl", "journal.last"] {
        assert_eq!(fs::metadata(place.directory.join(name)).unwrap().mode() & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_new_journal_that_is_cut_off_is_noticed_before_its_number_is_kept() {
    let bytes = written(&accepted_orders(0..200)).0;
    let place = Place::with(&bytes);
    let last = place.read("journal.last");
    assert!(archive(&place.directory, at(400 * DAY)).unwrap() > 0);
    // The program ended between the renaming and `journal.last`.
    place.put("journal.last", &last);
    let journal = place.read("journal.jsonl");
    assert!(place.journal().buying_obstacle().is_none());
    assert_eq!(place.read("journal.last"), naming_the_end_of(&journal));
    let cut = journal[..journal.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    place.put("journal.jsonl", &journal[..cut]);
    place.put("journal.last", &last);
    assert!(place.journal().buying_obstacle().is_some());
}

#[test]
fn an_archive_with_orders_of_another_journal_is_left_alone() {
    let place = Place::with(&written(&accepted_orders(0..200)).0);
    let other = Place::with(&written(&accepted_orders(500..700)).0);
    assert!(archive(&other.directory, at(1400 * DAY)).unwrap() > 0);
    let foreign = other.read("archive.jsonl");
    place.put("archive.jsonl", &foreign);
    assert_eq!(archive(&place.directory, at(400 * DAY)).unwrap(), 0);
    assert_eq!(place.read("archive.jsonl"), foreign);
    assert!(all(&place.directory, place.journal().intents()).len() > 300, "they are all shown");
}

#[test]
fn nobody_archives_while_another_process_holds_the_lock() {
    let place = Place::with(&written(&accepted_orders(0..200)).0);
    let journal = place.journal();
    assert_eq!(archive(&place.directory, at(400 * DAY)).unwrap(), 0);
    assert!(!place.directory.join("archive.jsonl").exists());
    drop(journal);
}

#[test]
fn a_stored_archive_is_read_whole() {
    let sample = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/archive-v3");
        fs::read(folder.join(name)).unwrap()
    };
    let place = Place::with(&sample("journal.jsonl"));
    for name in ["archive.jsonl", "archive.index", "journal.last"] {
        place.put(name, &sample(name));
    }
    let orders = all(&place.directory, place.journal().intents());
    assert_eq!(orders.len(), 152);
    assert!(orders.iter().all(|order| order.state().name() == "ACCEPTED"));
    assert_eq!(verify(&place.directory).unwrap().damage, None);
}
