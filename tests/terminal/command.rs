//! Starts that cannot lead to a form: one line on standard error, exit code 2, and no waiting for a key.

use std::process::{Command, Output, Stdio};

use crate::harness::ctrl;
use crate::start::{Start, binary, new_home, small_environment};

/// Runs without any terminal; an end of its input is all it gets.
fn run(args: &[&str]) -> Output {
    let home = new_home();
    let mut command = Command::new(binary());
    command.args(args).arg("--state-dir").arg(home.path()).env_clear().envs(small_environment(home.path()));
    command.stdin(Stdio::null()).output().expect("it ends")
}

/// Exit code 2, nothing on standard output, and all of these words on standard error.
fn refuses(output: &Output, words: &[&str]) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(output.stdout.is_empty(), "{output:?}");
    for word in words {
        assert!(said.contains(word), "{word} is missing: {said}");
    }
    assert!(!said.contains('\x1b'), "{said:?}");
    said
}

#[test]
fn without_a_terminal_the_form_refuses_in_one_line() {
    let said = refuses(&run(&["--demo"]), &["cph-wizard: ", "terminal"]);
    let problems = said.lines().filter(|line| line.starts_with("cph-wizard: ")).count();
    assert!(problems == 1 && said.lines().count() <= 2, "{said}");
}

#[test]
fn an_unknown_scene_is_refused_with_the_known_ones() {
    refuses(&run(&["--demo=nowhere"]), &["nowhere", "normal", "sold-out", "late-server-list"]);
}

#[test]
fn without_an_account_the_program_points_at_the_demo() {
    refuses(&run(&[]), &["account", "--demo"]);
}

/// The same in a terminal asks who orders.
#[test]
fn without_an_account_a_terminal_is_asked_for_one() {
    let mut wizard = Start::with(&[]).open();
    wizard.shows("NO ACCOUNT");
    wizard.shows("Who orders?");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

fn simulate(args: &[&str]) -> Output {
    let home = new_home();
    let mut command = Command::new(binary());
    command.arg("simulate").args(args).env_clear().envs(small_environment(home.path()));
    command.stdin(Stdio::null()).output().expect("it ends")
}

#[test]
fn the_simulator_listens_on_this_machine_only() {
    refuses(&simulate(&["--listen", "0.0.0.0:0"]), &["0.0.0.0", "127.0.0.1"]);
    refuses(&simulate(&["--listen", "[::]:0"]), &["loopback"]);
}

#[test]
fn the_simulator_refuses_an_unknown_scene() {
    refuses(&simulate(&["--scene", "nowhere"]), &["nowhere", "normal"]);
}
