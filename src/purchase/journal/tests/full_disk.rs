//! A full disk: an order is started only if there is space for the records that follow it.

use std::path::Path;
use std::process::Command;

use super::memory_disk::Disk;
use super::writable;
use crate::purchase::intents::JournalEntry;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::directory::JournalDirectory;
use crate::purchase::journal::{Journal, JournalError, Opened, RESERVE};

/// Makes the longest list of records that follow an intent: an outcome and many readings.
fn aftermath() -> Vec<JournalEntry> {
    let mut entries = vec![sending(1, 6), concluded(1, 156, unknown())];
    entries.extend((0..9).map(|n| reading(1, 200 * (n + 1) + 6, true, &[])));
    entries.push(not_found(1, 1807, 9, 1400));
    entries
}

#[test]
fn an_intent_without_room_for_its_outcome_is_not_begun() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    disk.inside().room = RESERVE;
    let Err(error @ JournalError::Reserve(_)) = journal.append(&begun(1, 0)) else { panic!() };
    assert!(error.to_string().contains("make room on the disk"), "{error}");
    assert_eq!(disk.bytes(), b"");
    disk.inside().room = 2 * RESERVE;
    journal.append(&begun(1, 0)).unwrap();
}

#[test]
fn what_becomes_of_an_intent_is_kept_on_a_full_disk() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    journal.append(&begun(1, 0)).unwrap();
    disk.inside().room = 0;
    for entry in aftermath() {
        journal.append(&entry).unwrap();
    }
    assert!(matches!(journal.append(&begun(2, 0)), Err(JournalError::Reserve(_))));
    drop(journal);
    assert_eq!(writable(&disk).intents().state(id(1)).unwrap().name(), "NOT_FOUND");
}

#[test]
fn when_even_the_reserve_is_used_up_the_journal_breaks_and_says_so() {
    let disk = Disk::default();
    let mut journal = writable(&disk);
    journal.append(&begun(1, 0)).unwrap();
    disk.inside().room = 0;
    disk.inside().reserved = 100;
    assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Write(_))));
    assert!(matches!(journal.append(&sending(1, 1)), Err(JournalError::Broken(_))));
}

/// A real file system of 256 KiB, which only root can mount.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs"]).arg(place.path());
        mount.output().is_ok_and(|output| output.status.success()).then_some(Self(place))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn fill(&self) {
        let full = std::fs::write(self.path().join("filler"), vec![b'x'; 1 << 20]).unwrap_err();
        assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).output();
    }
}

#[test]
fn on_a_real_full_disk_the_outcome_is_kept_in_either_way() {
    for has_blocks in [true, false] {
        let Some(disk) = SmallDisk::mount() else {
            eprintln!("skipped: a small file system cannot be mounted here");
            return;
        };
        let mut folder = JournalDirectory::enter(&disk.path().join("state")).unwrap();
        if !has_blocks {
            folder = folder.with_reserve_file();
        }
        let Opened::Writable(mut journal) = Journal::open_in(Box::new(folder), at(0)).unwrap() else { panic!() };
        journal.append(&begun(1, 0)).unwrap();
        disk.fill();
        // The reserve file is for the outcome; blocks keep the readings as well.
        let (kept, state) = if has_blocks { (12, "NOT_FOUND") } else { (6, "UNKNOWN") };
        for entry in &aftermath()[..kept] {
            journal.append(entry).unwrap();
        }
        assert!(matches!(journal.append(&begun(2, 0)), Err(JournalError::Reserve(_))));
        drop(journal);
        let opened = Journal::open(&disk.path().join("state"), at(0)).unwrap();
        assert_eq!(opened.intents().state(id(1)).unwrap().name(), state);
    }
}
