//! Tests of the journal: damage, faults, full disks, other users, other instances, and a model of its content.

mod archive;
mod damage;
mod directory;
mod file_identity;
mod full_disk;
mod io_faults;
mod last_record;
mod ledger;
mod memory_disk;
mod model;
mod parent_directories;
mod permissions;
mod random_bytes;
mod random_commands;
mod read_only;
mod record_format;
mod repair;
mod samples;

use memory_disk::Disk;

use proptest::test_runner::{Config, RngAlgorithm};

use super::{Journal, Opened};
use crate::purchase::intents::JournalEntry;
use crate::purchase::intents::tests::fixtures::at;

/// Returns the bytes of a journal with these records, and the end of each record.
fn written(entries: &[JournalEntry]) -> (Vec<u8>, Vec<usize>) {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    let ends = entries.iter().map(|entry| {
        journal.append(entry).unwrap();
        disk.bytes().len()
    });
    let ends = ends.collect();
    (disk.bytes(), ends)
}

fn open(disk: &Disk) -> Opened {
    Journal::open_in(disk.storage(), at(90_000)).unwrap()
}

fn writable(disk: &Disk) -> Journal {
    match open(disk) {
        Opened::Writable(journal) => journal,
        Opened::ReadOnly(_, why) => panic!("{why}"),
    }
}

/// Returns how many cases a suite runs: `every_run`, or the number in `CPH_WIZARD_TEST_CASES`.
fn cases(every_run: u32) -> u32 {
    std::env::var("CPH_WIZARD_TEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(every_run)
}

/// Returns the configuration of the random suites. The small generator is sufficient, and twice as fast without
/// optimization.
fn config(every_run: u32) -> Config {
    let cases = cases(every_run);
    Config { cases, failure_persistence: None, rng_algorithm: RngAlgorithm::XorShift, ..Config::default() }
}
