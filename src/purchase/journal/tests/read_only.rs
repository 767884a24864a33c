//! Reading a journal: takes no lock, creates and changes nothing, and reports correctly what is there.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::memory_disk::Disk;
use super::written;
use crate::purchase::intents::tests::fixtures::*;
use crate::purchase::journal::load::LoadedJournal;
use crate::purchase::journal::{Journal, JournalError, JournalNotice, Obstacle, Opened, UnusablePath, open_read_only};

fn state() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("state");
    (home, directory)
}

fn writable(directory: &Path) -> Journal {
    match Journal::open(directory, at(0)).unwrap() {
        Opened::Writable(journal) => journal,
        Opened::ReadOnly(_, why) => panic!("{why}"),
    }
}

/// Returns every file with its bytes and the time of its last change.
fn files(directory: &Path) -> BTreeMap<PathBuf, (Vec<u8>, i64, i64)> {
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let with = |path: PathBuf| {
        let there = fs::metadata(&path).unwrap();
        let bytes = fs::read(&path).unwrap();
        (path, (bytes, there.ctime(), there.ctime_nsec()))
    };
    files.map(with).collect()
}

#[test]
fn what_is_missing_is_an_empty_history_and_is_not_made() {
    let (home, directory) = state();
    for missing in [directory.clone(), directory.join("below")] {
        let (history, why) = open_read_only(&missing).unwrap();
        assert!(history.intents().is_empty() && history.notices().is_empty() && why.is_none());
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    drop(writable(&directory));
    for name in ["journal.jsonl", "journal.last", "journal.lock"] {
        fs::remove_file(directory.join(name)).unwrap();
    }
    let (history, why) = open_read_only(&directory).unwrap();
    assert!(history.intents().is_empty() && why.is_none());
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[test]
fn it_works_while_another_instance_buys_and_leaves_the_lock_to_others() {
    let (_home, directory) = state();
    let mut journal = writable(&directory);
    for (records, entry) in (1..).zip(everything()) {
        journal.append(&entry).unwrap();
        let before = files(&directory);
        let (history, why) = open_read_only(&directory).unwrap();
        assert!(history.intents() == journal.intents() && history.notices().is_empty(), "{records}");
        assert_eq!(why, journal.buying_obstacle(), "{records}");
        assert_eq!(files(&directory), before);
    }
    // What is on its way stays so: it is not concluded by looking.
    assert!(open_read_only(&directory).unwrap().0.intents().sending().is_some());
    drop(journal);
    let looked = open_read_only(&directory).unwrap();
    assert!(matches!(Journal::open(&directory, at(9000)), Ok(Opened::Writable(_))), "{looked:?}");
}

#[test]
fn a_line_without_its_end_is_told_and_is_no_damage() {
    let (_home, directory) = state();
    let mut journal = writable(&directory);
    journal.append(&begun(1, 0)).unwrap();
    let path = directory.join("journal.jsonl");
    let offset = fs::metadata(&path).unwrap().len();
    File::options().append(true).open(&path).unwrap().write_all(b"{\"format\":1,\"se").unwrap();
    let before = files(&directory);
    let (history, why) = open_read_only(&directory).unwrap();
    assert_eq!((history.notices(), why), (&[JournalNotice::Unfinished { offset, bytes: 15 }][..], None));
    assert_eq!(history.intents().len(), 1);
    assert_eq!(files(&directory), before);
}

#[test]
fn damage_a_newer_format_and_a_missing_end_are_told() {
    let (bytes, ends) = written(&everything());
    let (_home, directory) = state();
    drop(writable(&directory));
    let path = directory.join("journal.jsonl");
    let told = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let disk = Disk::with(bytes);
        fs::write(directory.join("journal.last"), disk.last().unwrap()).unwrap();
        open_read_only(&directory).unwrap().1.map(|why| why.to_string()).unwrap_or_default()
    };
    let mut damaged = bytes.clone();
    damaged[ends[4] + 40] ^= 1;
    assert!(told(&damaged).contains(&format!("damaged at byte {}, in record 6", ends[4])));
    assert!(told(&[&bytes, &b"{\"format\":99,\"x\":1}\n"[..]].concat()).contains("newer version"));
    assert_eq!(told(&bytes), "");
    fs::write(&path, &bytes[..ends[3]]).unwrap();
    assert!(matches!(open_read_only(&directory).unwrap().1, Some(Obstacle::RecordsLost(loss)) if loss.found == 4));
}

#[test]
fn a_directory_or_file_that_others_may_write_is_an_error() {
    let (_home, directory) = state();
    drop(writable(&directory));
    for (name, fit) in [(".", 0o700), ("journal.jsonl", 0o600), ("journal.last", 0o600), ("journal.lock", 0o600)] {
        let path: PathBuf = directory.join(name).components().collect();
        fs::set_permissions(&path, Permissions::from_mode(fit | 0o020)).unwrap();
        let looked = open_read_only(&directory);
        assert!(
            matches!(&looked, Err(JournalError::UnusablePath(UnusablePath::Open { path: told, .. })) if *told == path),
            "{name}"
        );
        fs::set_permissions(&path, Permissions::from_mode(fit)).unwrap();
    }
    fs::remove_file(directory.join("journal.last")).unwrap();
    fs::create_dir(directory.join("journal.last")).unwrap();
    assert!(matches!(open_read_only(&directory), Err(JournalError::UnusablePath(UnusablePath::OtherKind { .. }))));
}

#[test]
fn a_file_system_for_reading_only_is_told() {
    let home = tempfile::tempdir().unwrap();
    let mount = |options: &str| {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(home.path());
        mount.output().is_ok_and(|output| output.status.success())
    };
    if !mount("size=256k,mode=0700") {
        eprintln!("skipped: a small file system cannot be mounted here");
        return;
    }
    let directory = home.path().join("state");
    writable(&directory).append(&begun(1, 0)).unwrap();
    assert!(mount("remount,ro"));
    let looked = open_read_only(&directory);
    let opened = Journal::open(&directory, at(9));
    assert!(Command::new("umount").arg(home.path()).output().unwrap().status.success());
    let (history, why) = looked.unwrap();
    assert_eq!(history.intents().len(), 1);
    assert!(matches!(why, Some(Obstacle::NotWritable { .. })), "{why:?}");
    assert!(matches!(opened, Ok(Opened::ReadOnly(_, Obstacle::NoLock { .. }))), "{opened:?}");
}

/// The states that another process writes between two reads.
#[derive(Debug)]
struct Writing {
    disk: Disk,
    /// Journals and their `journal.last`, one pair for each read of the latter; the last pair stays.
    states: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Writing {
    fn next(&mut self) {
        if self.states.len() > 1 {
            self.states.remove(0);
        }
        let (bytes, last) = &self.states[0];
        self.disk.put(bytes);
        self.disk.put_last(Some(last));
    }
}

/// Storage that passes every read on, and lets the other process continue at each read of `journal.last`.
mod moving {
    use std::io;

    use super::Writing;
    use crate::purchase::journal::{JournalMoved, Storage};

    impl Storage for Writing {
        fn read(&mut self) -> io::Result<Vec<u8>> {
            self.disk.storage().read()
        }

        fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
            let last = self.disk.storage().read_last();
            self.next();
            last
        }

        fn lock(&mut self) -> io::Result<bool> {
            panic!("looking takes no lock")
        }

        fn create(&mut self) -> io::Result<bool> {
            panic!("looking writes nothing")
        }

        fn check_identity(&mut self, _: u64) -> Result<(), JournalMoved> {
            panic!("looking writes nothing")
        }

        fn reserve(&mut self, _: u64) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            panic!("looking writes nothing")
        }

        fn sync(&mut self) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn renew_last(&mut self, _: &[u8]) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn write_last(&mut self, _: &[u8]) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn sync_last(&mut self) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn quarantine(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
            panic!("looking writes nothing")
        }

        fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
            panic!("looking writes nothing")
        }

        fn cut(&mut self, _: u64) -> io::Result<()> {
            panic!("looking writes nothing")
        }
    }
}

#[test]
fn records_that_are_written_while_it_looks_are_no_loss() {
    let entries = everything();
    let (bytes, ends) = written(&entries);
    let state = |records: usize| {
        let bytes = if records == 0 { &[][..] } else { &bytes[..ends[records - 1]] };
        (bytes.to_vec(), Disk::with(bytes).last().unwrap())
    };
    // However many records come between two readings, and whether a record comes before its number.
    for step in 1..6 {
        for lag in [false, true] {
            let all = (0..entries.len() - 1).step_by(step);
            let states = all.map(|records| (state(records + usize::from(lag)).0, state(records).1)).collect();
            let mut writing = Writing { disk: Disk::default(), states };
            writing.next();
            let found = LoadedJournal::without_lock(&mut writing).unwrap();
            assert!(found.last.is_ok() && found.flaw().is_none(), "{step}, {lag}");
        }
    }
    // A line that is whole a moment later.
    let (whole, last) = state(5);
    let states = vec![(whole[..whole.len() - 30].to_vec(), state(4).1), (whole.clone(), state(4).1), (whole, last)];
    let mut writing = Writing { disk: Disk::default(), states };
    writing.disk.put(&writing.states[0].0);
    writing.disk.put_last(Some(&state(4).1));
    let found = LoadedJournal::without_lock(&mut writing).unwrap();
    assert_eq!((found.reading.records, found.torn.len(), found.last.is_ok()), (5, 0, true));
}
