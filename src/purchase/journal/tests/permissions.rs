//! The permissions of the journal: its owner can use it, through real files, and nobody else.

use std::fs::{self, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use crate::purchase::intents::tests::fixtures::at;
use crate::purchase::journal::permissions::{PathKind, UnusablePath, check_path};
use crate::purchase::journal::{Journal, JournalError, Opened};

fn unfit(directory: &Path) -> UnusablePath {
    match Journal::open(directory, at(0)) {
        Err(JournalError::UnusablePath(unfit)) => unfit,
        other => panic!("{other:?}"),
    }
}

/// Creates a journal in a directory of its own below a temporary one.
fn journal() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("above").join("state");
    assert!(matches!(Journal::open(&directory, at(0)), Ok(Opened::Writable(_))));
    (home, directory)
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn what_is_made_is_for_one_person() {
    let (home, directory) = journal();
    assert_eq!(mode(&home.path().join("above")), 0o700);
    assert_eq!(mode(&directory), 0o700);
    for file in ["journal.jsonl", "journal.lock", "journal.last"] {
        assert_eq!(mode(&directory.join(file)), 0o600, "{file}");
    }
}

#[test]
fn every_right_of_others_is_refused_with_the_command_that_takes_it_away() {
    let (_home, directory) = journal();
    fs::write(directory.join("journal.reserve"), "").unwrap();
    permit(&directory.join("journal.reserve"), 0o600);
    let files = ["journal.jsonl", "journal.lock", "journal.reserve", "journal.last"].map(|name| (name, 0o600));
    for (name, fit) in [(".", 0o700)].into_iter().chain(files) {
        let path: PathBuf = directory.join(name).components().collect();
        for others in 1..0o100 {
            permit(&path, fit | others);
            let told = unfit(&directory).to_string();
            let command = format!("(mode {:03o}): run `chmod {fit:03o} '{}'`", fit | others, path.display());
            assert!(told.ends_with(&command), "{told}");
        }
        permit(&path, fit);
        assert!(matches!(Journal::open(&directory, at(0)), Ok(Opened::Writable(_))));
    }
}

#[test]
fn links_are_not_followed() {
    let (home, directory) = journal();
    for name in ["journal.jsonl", "journal.lock", "journal.reserve", "journal.last"] {
        let elsewhere = home.path().join("elsewhere");
        let path = directory.join(name);
        let _ = fs::rename(&path, &elsewhere);
        symlink(&elsewhere, &path).unwrap();
        assert!(
            matches!(unfit(&directory), UnusablePath::Link { path: told, kind: PathKind::File } if told == path),
            "{name}"
        );
        fs::remove_file(&path).unwrap();
    }
    let link = home.path().join("link");
    symlink(&directory, &link).unwrap();
    for through in [link.clone(), link.join("."), PathBuf::from(format!("{}/", link.display()))] {
        let told = unfit(&through);
        assert!(matches!(told, UnusablePath::Link { kind: PathKind::Directory, .. }), "{told}");
        assert!(told.to_string().contains("--state-dir"));
    }
}

#[test]
fn other_things_in_its_place_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(unfit(&file), UnusablePath::OtherKind { kind: PathKind::Directory, .. }));
    assert!(matches!(unfit(&file.join("below")), UnusablePath::Unreachable { .. }));
    let (_home, directory) = journal();
    fs::remove_file(directory.join("journal.jsonl")).unwrap();
    fs::create_dir(directory.join("journal.jsonl")).unwrap();
    assert!(matches!(unfit(&directory), UnusablePath::OtherKind { kind: PathKind::File, .. }));
}

#[test]
fn what_belongs_to_somebody_else_is_refused() {
    let (_home, directory) = journal();
    let there: Metadata = fs::symlink_metadata(&directory).unwrap();
    let us = there.uid();
    assert!(check_path(&directory, PathKind::Directory, &there, us).is_ok());
    let told = check_path(&directory, PathKind::Directory, &there, us + 1).unwrap_err().to_string();
    let expected = format!("belongs to user {us} and not to you (user {0}): run `sudo chown {0} '", us + 1);
    assert!(told.contains(&expected), "{told}");
    for name in ["journal.lock", "journal.jsonl", "journal.last", "."] {
        let path: PathBuf = directory.join(name).components().collect();
        if std::os::unix::fs::chown(&path, Some(us + 1), None).is_err() {
            eprintln!("skipped: only root can give a file away");
            return;
        }
        assert!(matches!(unfit(&directory), UnusablePath::Owner { path: told, .. } if told == path));
        std::os::unix::fs::chown(&path, Some(us), None).unwrap();
    }
}
