//! Starts that cannot lead to a form: one line on standard error, exit code 2, and no waiting for a key.

use std::process::{Command, Output, Stdio};

use crate::harness::ctrl;
use crate::launch::{Start, binary, new_home, small_environment};

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
    let said = refuses(&run(&["--demo"]), &["cph-wizard: ", "terminal", "--linear", "check", "buy"]);
    let problems = said.lines().filter(|line| line.starts_with("cph-wizard: ")).count();
    assert!(problems == 1 && said.lines().count() <= 2, "{said}");
}

#[test]
fn with_its_output_elsewhere_or_closed_the_form_refuses_in_one_line() {
    for redirected in ["> out", ">&-", "< /dev/null", "<&-"] {
        let mut shell = Start::with(&[]).open_shell();
        shell.shows("ready> ");
        shell.send(format!("clear; {} --demo --state-dir state {redirected}; echo code=$?\r", binary()));
        shell.until("the refusal", |text| {
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            words.contains("this is no terminal") && words.contains("--linear") && words.contains("code=2")
        });
        assert!(!shell.seen().screen().alternate_screen(), "{redirected}");
        shell.send("exit\r");
        shell.ended();
    }
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

/// An order without a name, as a file.
const NAMELESS: &str = r#"{
  "server_model_name": "s", "phone_model_name": "p", "image_id": "i", "count": 11,
  "band_width": { "band_width_share_type": 0 },
  "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1, "is_auto_pay": 0 }
}"#;

fn check(args: &[&str]) -> Output {
    let home = new_home();
    std::fs::write(home.path().join("order.json"), NAMELESS).expect("an order file");
    let mut command = Command::new(binary());
    command.args(["check", "order.json"]).args(args).env_clear().envs(small_environment(home.path()));
    command.current_dir(home.path()).stdin(Stdio::null()).output().expect("it ends")
}

#[test]
fn answers_of_the_command_line_stand_in_for_those_of_an_order_file() {
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("server_name is missing") && said(&output).contains("Count"), "{}", said(&output));
    let output = check(&["--set", "server_name=web-01", "--set", "count=3", "--set", "ports=web 20000 public"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let output = check(&["--set", "server_name=web-01", "--set", "count=12"]);
    assert_eq!(output.status.code(), Some(3));
    refuses(&check(&["--set", "sever_name=x"]), &["did you mean server_name?"]);
    refuses(&check(&["--set", "is_auto_pay=maybe"]), &["Payment is one of: pay later, pay now"]);
}

#[test]
fn an_order_file_that_is_none_does_not_begin_a_form() {
    let home = new_home();
    let path = home.path().join("order.json");
    std::fs::write(&path, NAMELESS.replace("\"count\"", "\"cuont\"")).expect("an order file");
    let path = path.display().to_string();
    refuses(&run(&["--demo", "--from", &path]), &["cuont is not a member of an order", "server_name is missing"]);
    refuses(&run(&["--demo", "--from", "-"]), &["name a file"]);
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
