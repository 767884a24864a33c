//! What a shell does with programs: names that are no text, pipes that close early, output that is no terminal.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Stdio;

use cph_wizard::simulator::Scene;

use crate::fixture::{ORDER, Stage};

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

/// Runs with a standard output that is full; the exit code and what is on standard error.
fn onto_a_full_disk(stage: &Stage, args: &[&str]) -> (i32, String) {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = stage.command(args).stdout(full).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

const UNWRITTEN: &str = "cph-wizard: the result could not be written: no space left on the device";

#[test]
fn a_result_that_cannot_be_written_is_reported_by_every_command() {
    let stage = Stage::new("normal");
    for args in [
        &["catalogue", "images"][..],
        &["catalogue", "images", "--csv"],
        &["catalogue", "images", "--json"],
        &["check", "order.json"],
        &["check", "order.json", "--set", "count=99", "--json"],
        &["buy", "order.json", "--dry-run"],
        &["buy", "order.json", "--json"],
        &["orders"],
        &["orders", "--json"],
        &["orders", "export", "--csv"],
        &["profile", "list"],
        &["template"],
        &["schema"],
        &["export", "order.json", "--as", "curl"],
        &["completions", "bash"],
        &["man"],
        &["--help"],
        &["--version"],
    ] {
        let (code, err) = onto_a_full_disk(&stage, args);
        assert_eq!((code, err.matches(UNWRITTEN).count()), (1, 1), "{args:?}: {err}");
    }
    assert_eq!(stage.posts(), 0);
}

#[test]
fn an_order_whose_result_cannot_be_written_is_told_with_its_id_and_an_exit_code_of_its_own() {
    for json in [&[][..], &["--json"]] {
        let stage = Stage::new("normal");
        let (code, err) = onto_a_full_disk(&stage, &[&["buy", "order.json", "--yes"], json].concat());
        let expected = format!("{UNWRITTEN}\nACCEPTED {}\n", stage.simulator().ledger()[0].order_id);
        assert!(code == 7 && err.ends_with(&expected), "{code} {err}");
        assert_eq!((stage.posts(), stage.states()), (1, vec!["ACCEPTED".to_owned()]));
    }
    for (scene, words) in [("quota", "CPS.0065"), ("reset-before-answer", "orders reconcile")] {
        let stage = Stage::of(Scene::named(scene).unwrap());
        let (code, err) = onto_a_full_disk(&stage, &["buy", "order.json", "--yes", "--json"]);
        assert!(code == 7 && err.contains(UNWRITTEN) && err.contains(words), "{scene}: {code} {err}");
    }
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
