//! What a shell does with programs: names that are no text, pipes that close early, output that is no terminal.

use std::ffi::OsStr;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Stdio;

use crate::stage::{ORDER, Stage};

#[test]
fn names_that_are_not_utf_8_are_names() {
    let stage = Stage::new("normal");
    let name = OsStr::from_bytes(b"or\xffder.json");
    stage.write(name, ORDER);
    let said = stage.run([OsStr::new("check"), name]);
    assert_eq!(said.code, 0, "{said:?}");
    let journal = OsStr::from_bytes(b"st\xffate");
    let said = stage.run([OsStr::new("buy"), name, OsStr::new("--yes"), OsStr::new("--state-dir"), journal]);
    assert_eq!((said.code, stage.path(journal).exists()), (0, true), "{said:?}");
    let said = stage.run([OsStr::new("orders"), OsStr::new("--state-dir"), journal]);
    assert!(said.out.contains("ACCEPTED"), "{said:?}");
    let said = stage.run([OsStr::new("check"), OsStr::from_bytes(b"no\xffwhere\x1b[2J")]);
    assert!(said.code == 2 && said.err.contains("there is no such file"), "{said:?}");
}

#[test]
fn a_pipe_that_closes_early_ends_every_command_quietly() {
    let stage = Stage::new("large-catalogue");
    for args in [
        &["catalogue", "images"][..],
        &["catalogue", "images", "--csv"],
        &["catalogue", "images", "--json"],
        &["check", "order.json"],
        &["check", "order.json", "--set", "count=99", "--json"],
        &["buy", "order.json", "--dry-run"],
        &["buy", "order.json"],
        &["orders"],
        &["orders", "export", "--csv"],
        &["profile", "list"],
        &["--help"],
        &["buy", "--help"],
        &["--version"],
    ] {
        let mut child = stage.command(args).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        let status = child.wait().unwrap();
        assert!(status.code().is_some_and(|code| code != 1 && code != 101), "{args:?}: {status:?} {said}");
        assert!(!said.contains("panic") && !said.contains("roken pipe"), "{args:?}: {said}");
    }
}

#[test]
fn a_purchase_whose_reader_has_gone_is_made_once_and_kept() {
    let stage = Stage::new("normal");
    let mut child = stage.command(["buy", "order.json", "--yes", "--json"]).spawn().unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!((stage.posts(), stage.states()), (1, vec!["ACCEPTED".to_owned()]));
}

/// `Said` looks for escape sequences in all that comes out; here the environment asks for colour.
#[test]
fn what_is_no_terminal_gets_no_colour() {
    let stage = Stage::new("normal");
    for args in [&["catalogue", "servers"][..], &["check", "order.json"], &["orders"], &["buy", "order.json"], &["-h"]]
    {
        let output = stage.command(args).env("CLICOLOR_FORCE", "1").env("TERM", "xterm-256color").output().unwrap();
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.contains(&0x1b), "{args:?}");
    }
}
