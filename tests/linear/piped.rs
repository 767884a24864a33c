//! The real binary with its answers from a pipe.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Output, Stdio};

use crate::launch::{binary, new_home, small_environment};

fn converse_at(args: &[&str], answers: &str, home: &std::path::Path) -> Output {
    let mut command = Command::new(binary());
    command.arg("--linear").args(args).arg("--state-dir").arg(home.join("state"));
    command.env_clear().envs(small_environment(home)).current_dir(home);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that has ended already takes no more answers.
    let _ = stdin.write_all(answers.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends")
}

/// Lists the orders of the demo, as another process does.
fn listed_orders(home: &std::path::Path) -> serde_json::Value {
    let mut command = Command::new(binary());
    command.args(["orders", "list", "--demo", "--json", "--state-dir"]).arg(home.join("state"));
    let output = command.env_clear().envs(small_environment(home)).output().expect("it ends");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn an_order_of_the_demo_is_listed_by_the_commands() {
    let home = new_home();
    let output = converse_at(&["--demo"], SHORTEST, home.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    let orders = listed_orders(home.path());
    assert_eq!(
        (orders["orders"].as_array().map(Vec::len), &orders["orders"][0]["server_name"]),
        (Some(1), &"alpha".into())
    );
    assert!(home.path().join("state/demo/worlds/normal/world.json").exists());
}

fn converse(args: &[&str], answers: &str) -> (String, Option<i32>) {
    let home = new_home();
    let output = converse_at(args, answers, home.path());
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.is_ascii() && !said.contains(['\x1b', '\r']), "{said:?}");
    assert!(said.lines().all(|line| line.len() <= 80 || line.contains('"')), "{said}");
    (said, output.status.code())
}

/// The shortest order: what is there, a name, and the word.
const SHORTEST: &str = "\n\n\nalpha\nreview\n\norder\n";

#[test]
fn an_order_needs_a_name_and_a_word() {
    let (said, code) = converse(&["--demo"], SHORTEST);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("ACCEPTED: the order is placed, not paid yet") && said.contains("Order id: CS"), "{said}");
    assert!(said.contains("SIMULATOR: nothing real is bought"));
}

#[test]
fn the_outcome_of_every_scene_is_said_and_told_by_the_exit_code() {
    for (scene, words, code) in [
        ("normal", "ACCEPTED", 0),
        ("large-catalogue", "ACCEPTED", 0),
        ("generation-2019", "ACCEPTED", 0),
        ("quota", "Error: REJECTED: Huawei Cloud reported", 4),
        ("no-permission", "CPS.0001", 4),
        ("unpaid-account", "CPS.0006", 4),
        ("token-expired", "APIGW.0307", 4),
        ("broken-json", "Error: UNKNOWN", 6),
        ("reset-before-answer", "Error: UNKNOWN", 6),
        ("error-after-order", "Error: UNKNOWN", 6),
        ("empty-catalogue", "lists no server flavors", 130),
        ("sold-out", "it is sold out in every zone", 130),
    ] {
        let (said, ended) = converse(&[&format!("--demo={scene}")], SHORTEST);
        assert!(said.contains(words), "{scene}: {said}");
        assert_eq!(ended, Some(code), "{scene}: {said}");
    }
}

#[test]
fn the_end_of_the_answers_keeps_the_draft_and_orders_nothing() {
    let home = new_home();
    for answers in ["\n\n\nalpha\n", "\n\n\nalpha\nreview\n\n", "\n\n\nalpha\nreview\n\n\n\n"] {
        let output = converse_at(&["--demo"], answers, home.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(said.contains("End of input: nothing is ordered."), "{said}");
        assert!(said.contains("Your draft is kept as \"alpha\""), "{said}");
        std::fs::remove_dir_all(home.path().join("state")).expect("a state");
    }
    converse_at(&["--demo"], "\n\n\nalpha\n", home.path());
    let output = converse_at(&["--demo"], "\nreview\n\norder\n", home.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("There is a draft: alpha") && said.contains("ACCEPTED"), "{said}");
}

#[test]
fn a_wrong_answer_is_said_and_asked_again() {
    let (said, _) = converse(&["--demo"], "goto count\n11\n2\n\ngoto payment\nmaybe\ngoto subnet\nx\n");
    for error in ["Error: Count 11 is outside 1-10", "Error: Payment is one of: pay later, pay now", "Error: Subnet x"]
    {
        assert!(said.contains(error), "{error}: {said}");
    }
}

#[test]
fn an_answer_without_end_is_too_long_and_no_longer_than_can_be_weighed() {
    let home = new_home();
    let output = converse_at(&["--demo"], &format!("\n\n\n{}\nalpha\n", "a".repeat(60_000)), home.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("Error: Server name has 1000 characters: at most 60 are allowed"), "{said}");
    assert!(said.contains("Your draft is kept as \"alpha\""), "{said}");
}

#[test]
fn a_high_stake_is_confirmed_by_the_name_and_by_nothing_else() {
    let (said, code) = converse(&["--demo"], "\n\n\nalpha\n4\nreview\n\norder\nyes\n\nalph\nalpha\n");
    assert_eq!(said.matches("Error: nothing is ordered").count(), 4, "{said}");
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn the_word_that_confirms_in_another_letter_case_confirms_nothing() {
    let (said, code) = converse(&["--demo"], "\n\n\nalpha\n4\nreview\n\nALPHA\nAlpha\nalphA\n");
    assert_eq!(said.matches("Error: nothing is ordered. Type alpha").count(), 3, "{said}");
    assert_eq!(code, Some(130), "{said}");
    // The same order once more within the quarter of an hour.
    let again = format!("{SHORTEST}new\nalpha\nreview\n\nsecond\nSecond\nSECONd\n");
    let (said, code) = converse(&["--demo"], &again);
    assert_eq!(said.matches("Error: nothing is ordered. Type SECOND").count(), 3, "{said}");
    assert_eq!(said.matches("ACCEPTED: the order").count(), 1, "{said}");
    assert_eq!(code, Some(0), "{said}");
    let (said, _) = converse(&["--demo"], &format!("{again}SECOND\n"));
    assert_eq!(said.matches("ACCEPTED: the order").count(), 2, "{said}");
}

#[test]
fn secrets_are_not_asked_for_where_they_would_be_seen() {
    let (said, code) = converse(&[], "2\nAKIDSECRET\n");
    assert!(said.contains("Error: a secret is not typed where the input is no terminal"), "{said}");
    assert_eq!(code, Some(130));
    // A profile that keeps no credentials asks for them at once: what a pipe has to say is not repeated.
    let home = new_home();
    let mut profile = Command::new(binary());
    profile.args(["profile", "add", "p", "--region", "cn-north-4", "--credentials", "typed", "--use"]);
    let added = profile.env_clear().envs(small_environment(home.path())).output().expect("it ends");
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    let output = converse_at(&[], "canary-in-the-mine\n", home.path());
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(!said.contains("canary"), "{said}");
    assert!(said.contains("no terminal"), "{said}");
}

#[test]
fn an_order_in_doubt_is_told_at_the_next_start_before_anything_is_asked() {
    let home = new_home();
    let output = converse_at(&["--demo=reset-before-answer"], SHORTEST, home.path());
    assert_eq!(output.status.code(), Some(6));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("cph-wizard orders resolve --demo=reset-before-answer "), "{said}");
    let other = converse_at(&["--demo"], "journal\n", home.path());
    assert!(String::from_utf8_lossy(&other.stdout).contains("The journal has no order yet."), "another scene");
    let output = converse_at(&["--demo=reset-before-answer"], "journal\n", home.path());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let (doubt, question) = (said.find("UNKNOWN: alpha of "), said.find("Field 1 of"));
    assert!(doubt.is_some() && doubt < question, "{said}");
    assert!(said.contains("alpha, UNKNOWN"), "{said}");
}

/// A reader that has seen enough ends the program without a word about it.
#[test]
fn a_closed_pipe_ends_it_quietly() {
    let home = new_home();
    let mut command = Command::new("bash");
    let line = format!("yes '' | {} --linear --demo --state-dir s | head -n 3", binary());
    command.args(["-c", &line]).env_clear().envs(small_environment(home.path()));
    command.env("PATH", std::env::var("PATH").unwrap_or_default()).current_dir(home.path());
    let output = command.output().expect("it ends");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// More lines than the pipe and the program hold at once: whoever works them all off hears no signal before.
#[test]
fn a_pipe_that_always_has_a_line_keeps_no_signal_waiting() {
    let home = new_home();
    let mut command = Command::new(binary());
    command.args(["--linear", "--demo", "--state-dir"]).arg(home.path().join("state"));
    command.env_clear().envs(small_environment(home.path())).current_dir(home.path());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    let (mut stdin, stdout) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let writer = std::thread::spawn(move || {
        let line = format!("{}\n", "x".repeat(999));
        (0..4_000).try_for_each(|_| stdin.write_all(line.as_bytes()))
    });
    let mut said = BufReader::new(stdout).lines();
    assert!(said.by_ref().nth(50).is_some(), "it answers what it hears");
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
    said.for_each(drop);
    assert_eq!(child.wait().expect("it ends").code(), Some(130));
    assert!(writer.join().expect("no panic").is_err(), "every line was taken before the signal was");
}

/// A pipe that another program made one that does not wait is empty now and then, which is not its end.
#[test]
fn a_pipe_that_does_not_wait_has_not_ended() {
    use std::os::fd::OwnedFd;

    let home = new_home();
    let (reader, writer) = std::io::pipe().expect("a pipe");
    let (reader, mut writer) = (OwnedFd::from(reader), writer);
    rustix::io::ioctl_fionbio(&reader, true).expect("a pipe can");
    let mut command = Command::new(binary());
    command.args(["--linear", "--demo", "--state-dir"]).arg(home.path().join("state"));
    command.env_clear().envs(small_environment(home.path())).current_dir(home.path());
    command.stdin(Stdio::from(reader)).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("it starts");
    let mut said = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    // Its first question is asked while nothing was written yet.
    assert!(said.by_ref().map_while(Result::ok).any(|line| line.contains("Field 1 of")), "it asks");
    writer.write_all(SHORTEST.as_bytes()).expect("it reads");
    drop(writer);
    said.for_each(drop);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
