//! The directories above the journal: a user who can rename entries in one of them can replace our journal by another
//! one.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};

use crate::purchase::intents::tests::fixtures::at;
use crate::purchase::journal::permissions::{UnusablePath, check_parent};
use crate::purchase::journal::{Journal, JournalError, Opened, open_read_only};

/// Creates a directory with one in it, below a temporary one, both with the permissions 0755.
fn parents() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let (upper, lower) = (home.path().join("upper"), home.path().join("upper").join("lower"));
    fs::create_dir_all(&lower).unwrap();
    for path in [&upper, &lower] {
        permit(path, 0o755);
    }
    (home, upper, lower)
}

fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn is_fit(directory: &Path) -> bool {
    matches!(Journal::open(directory, at(0)), Ok(Opened::Writable(_)))
}

fn unfit(directory: &Path) -> UnusablePath {
    match Journal::open(directory, at(0)) {
        Err(JournalError::UnusablePath(unfit)) => unfit,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_parent_that_others_may_write_is_refused_with_the_command_that_mends_it() {
    let (_home, upper, lower) = parents();
    let directory = lower.join("state");
    for is_there in [false, true] {
        for parent in [&upper, &lower] {
            for mode in (0o700..0o1000).chain(0o1700..0o2000).filter(|mode| mode & 0o022 != 0) {
                permit(parent, mode);
                // Nobody can rename or remove what is ours in a sticky one.
                if mode & 0o1000 == 0 {
                    let told = unfit(&directory);
                    assert!(
                        matches!(&told, UnusablePath::ParentOpen { path, .. } if path == parent),
                        "{mode:o}: {told}"
                    );
                    let told = told.to_string();
                    let command = format!("run `chmod go-w '{}'`", parent.display());
                    assert!(told.contains(&format!("(mode {mode:03o})")) && told.contains(&command), "{told}");
                    assert_eq!(directory.exists(), is_there, "nothing is made there");
                    assert_eq!(open_read_only(&directory).is_err(), is_there);
                } else if is_there {
                    assert!(is_fit(&directory), "{mode:o}");
                }
            }
            permit(parent, 0o755);
        }
        assert!(is_fit(&directory));
    }
}

#[test]
fn the_directory_itself_is_for_its_owner_only_even_if_it_is_sticky() {
    let (_home, _, lower) = parents();
    let directory = lower.join("state");
    assert!(is_fit(&directory));
    permit(&directory, 0o1777);
    assert!(matches!(unfit(&directory), UnusablePath::Open { path, .. } if path == directory));
}

#[test]
fn a_parent_of_another_user_is_refused_and_one_of_root_is_not() {
    let (_home, upper, lower) = parents();
    let directory = lower.join("state");
    assert!(is_fit(&directory));
    let there = fs::metadata(&upper).unwrap();
    let us = there.uid();
    assert!(check_parent(&upper, &there, us).is_ok());
    let root = fs::metadata("/").unwrap();
    assert!(check_parent(Path::new("/"), &root, us + 1).is_ok());
    for parent in [&upper, &lower] {
        if chown(parent, Some(us + 1), None).is_err() {
            eprintln!("skipped: only root can give a directory away");
            return;
        }
        let told = unfit(&directory);
        assert!(
            matches!(&told, UnusablePath::ParentOwner { path, owner } if path == parent && *owner == us + 1),
            "{told}"
        );
        let told = told.to_string();
        assert!(told.contains(&format!("belongs to user {}", us + 1)) && told.contains("--state-dir"), "{told}");
        chown(parent, Some(us), None).unwrap();
    }
}

#[test]
fn links_above_the_directory_are_followed_and_what_they_lead_to_is_judged() {
    let (home, upper, lower) = parents();
    let link = home.path().join("link");
    symlink(&lower, &link).unwrap();
    assert!(is_fit(&link.join("state")));
    permit(&upper, 0o775);
    assert!(matches!(unfit(&link.join("state")), UnusablePath::ParentOpen { path, .. } if path == upper));
    assert!(matches!(unfit(&link.join("new")), UnusablePath::ParentOpen { path, .. } if path == upper));
    permit(&upper, 0o755);
    for winding in [link.join("..").join("lower").join("state"), lower.join(".").join("state")] {
        assert!(is_fit(&winding), "{}", winding.display());
    }
}
