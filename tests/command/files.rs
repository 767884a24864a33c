//! `template`, `schema` and `export` as commands: what they write, what they refuse, and that what `export` writes
//! places exactly the order that `check` told the hash of.

use std::io::{ErrorKind, Write as _};
use std::process::{Command, Output, Stdio};

use cph_wizard::simulator::{LedgerEntry, Options, Simulator, WireEntry};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;

use crate::home::{Home, SECRET};

/// The key that every simulator knows; it opens nothing anywhere.
const KEY: [(&str, &str); 2] = [
    ("HUAWEICLOUD_SDK_AK", "FAKEAK0SIMULATOR0001"),
    ("HUAWEICLOUD_SDK_SK", "FakeSecretKeyForTheSimulatorOnly00000001"),
];
const PROJECT: &str = "8d3f5a6b1c7e4029b6a4e0d2f9c81b57";

/// An order whose names mean something to shells and languages, in a file with comments.
const HOSTILE: &str = r#"// An order of the tests
{
  "server_name": "farm-1", /* one */ "server_model_name": "physical.rx1.xlarge",
  "phone_model_name": "rx1.cp.c60.d10.e1v1", "image_id": "20032120200330a20b000eae5b8c01e6", "count": 1,
  "ports": [
    { "name": "it's $HOME `x`", "listen_port": 20000, "internet_accessible": "true" },
    { "name": "\\ \" @@body@@", "listen_port": 20001, "internet_accessible": "false" },
    { "name": "\n\u202e%{a}${b}", "listen_port": 20002, "internet_accessible": "false" },
    { "name": "// {{x}}%s云", "listen_port": 20003, "internet_accessible": "false" }
  ],
  "band_width": { "band_width_share_type": 0 }, // by traffic
  "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1 }
}
"#;

fn fed(home: &Home, args: &[&str], input: &str) -> Output {
    let mut child = home.command(args).stdin(Stdio::piped()).spawn().unwrap();
    // A command line that is refused ends before it reads anything.
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn exported(home: &Home, format: &str, input: &str) -> String {
    let output = fed(home, &["export", "-", "--as", format], input);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// What came of running a text against a simulator: its ledger and its wire log.
struct Ran {
    ledger: Vec<LedgerEntry>,
    wire: Vec<WireEntry>,
    said: Output,
}

/// Whether a program is here; if not, it is said where no test harness swallows it.
fn is_here(program: &str) -> bool {
    let is_here = Command::new(program).arg("--version").output().is_ok();
    if !is_here {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {program} is not on this machine");
    }
    is_here
}

fn run(format: &str, program: &str, input: &str, proof: &[(&str, &str)]) -> Ran {
    let runtime = Runtime::new().unwrap();
    let simulator = runtime.block_on(Simulator::start(Options::default())).unwrap();
    let home = Home::new().env("CPH_WIZARD_ENDPOINT", &simulator.url()).env("CPH_WIZARD_PROJECT_ID", PROJECT);
    let script = exported(&home, format, input);
    home.write("order", &script);
    let mut command = Command::new(program);
    command.arg(home.path("order")).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    // Settings of curl that would send the order again are not taken.
    home.write(".curlrc", "retry = 5\nretry-all-errors\nlocation\n");
    command.env("HOME", home.path("")).envs(proof.iter().copied());
    let said = command.output().unwrap();
    let ran = Ran { ledger: simulator.ledger(), wire: simulator.wire_log(), said };
    runtime.block_on(simulator.stop());
    ran
}

fn checked_hash(input: &str) -> String {
    let output = fed(&Home::new(), &["check", "-", "--json"], input);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["hash"].as_str().unwrap().to_owned()
}

#[test]
fn exported_programs_place_the_very_order_that_was_checked() {
    let hash = checked_hash(HOSTILE);
    let token: &[(&str, &str)] = &[("CPH_WIZARD_TOKEN", SECRET)];
    for (format, program, proof, by) in [
        ("curl", "sh", token, "token"),
        ("python", "python3", token, "token"),
        ("python", "python3", &KEY[..], "key FAKEAK…0001"),
    ] {
        if !is_here(program) || format == "curl" && !is_here("curl") {
            continue;
        }
        let ran = run(format, program, HOSTILE, proof);
        let said = text(&ran.said.stdout) + &text(&ran.said.stderr);
        assert!(ran.said.status.success(), "{format}: {said}");
        let [order] = &ran.ledger[..] else { panic!("{format}: {} orders, {said}", ran.ledger.len()) };
        let sent = Sha256::digest(&order.body).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        assert_eq!(sent, hash, "{format}");
        let [call] = &ran.wire[..] else { panic!("{format}: {:?}", ran.wire) };
        assert_eq!((call.status, call.body_bytes, call.by.as_str()), (Some(200), order.body.len(), by), "{format}");
        assert!(said.contains(&order.order_id) && !said.contains(SECRET), "{said}");
    }
}

#[test]
fn an_exported_program_without_proof_sends_nothing_and_says_what_is_missing() {
    for (format, program, missing) in [("curl", "sh", "CPH_WIZARD_TOKEN"), ("python", "python3", "HUAWEICLOUD_SDK_AK")]
    {
        if !is_here(program) {
            continue;
        }
        let ran = run(format, program, HOSTILE, &[]);
        assert!(!ran.said.status.success() && ran.wire.is_empty(), "{format}");
        assert!(text(&ran.said.stderr).contains(missing), "{}", text(&ran.said.stderr));
    }
}

#[test]
fn go_text_is_as_gofmt_would_have_it() {
    if !is_here("gofmt") {
        return;
    }
    let home = Home::new();
    for input in [HOSTILE.to_owned(), template(&home, &["--minimal"])] {
        home.write("order.go", &exported(&home, "go", &input));
        let output = Command::new("gofmt").arg("-l").arg(home.path("order.go")).output().unwrap();
        assert_eq!((text(&output.stdout), text(&output.stderr)), (String::new(), String::new()));
    }
}

fn template(home: &Home, more: &[&str]) -> String {
    let output = home.command(&[&["template"], more].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn a_template_is_checked_and_exported_as_it_is() {
    let home = Home::new();
    let minimal = template(&home, &["--minimal"]);
    assert_eq!(checked_hash(&template(&home, &[])), checked_hash(&minimal));
    assert!(minimal.lines().count() < 20 && template(&home, &[]).lines().count() > 50);
    insta::assert_snapshot!("template", template(&home, &[]));
    insta::assert_snapshot!("template-minimal", minimal);
}

#[test]
fn a_problem_behind_comments_keeps_its_line_and_column() {
    let broken = "{\n  // here: {\n  /* and\n  there */ \"count\": 3,,\n}\n";
    let output = fed(&Home::new(), &["check", "-"], broken);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("at line 4, column 23"), "{}", text(&output.stdout));
}

#[test]
fn the_schema_is_written_as_json() {
    let output = Home::new().command(&["schema"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    insta::assert_snapshot!("schema", text(&output.stdout));
}

#[test]
fn the_account_in_use_says_where_and_none_leaves_variables() {
    let home = Home::with_keys(SECRET);
    home.done(&["add", "work", "--region", "cn-east-3", "--project-id", "p1", "--use"]);
    home.done(&["add", "home", "--region", "ap-southeast-3"]);
    let input = template(&home, &["--minimal"]);
    let curl = exported(&home, "curl", &input);
    assert!(curl.contains("endpoint='https://cph.cn-east-3.myhuaweicloud.com'\nproject_id='p1'\n"), "{curl}");
    let other = fed(&home, &["export", "-", "--as", "hcloud", "--profile", "home", "--set", "count=2"], &input);
    let other = text(&other.stdout);
    assert!(other.contains("--cli-region='ap-southeast-3'") && other.contains("--count=2"), "{other}");
    assert!(other.contains("--project_id=\"${CPH_WIZARD_PROJECT_ID:?}\""), "{other}");
    for format in ["curl", "http", "terraform", "python", "go", "hcloud"] {
        let with = Home::with_keys(SECRET).env("CPH_WIZARD_TOKEN", SECRET).env("CPH_WIZARD_REGION", "cn-east-3");
        let text = exported(&with, format, &input);
        assert!(!text.contains("canary") && text.contains("cn-east-3"), "{format}\n{text}");
        let none = exported(&Home::new(), format, &input);
        assert!(["CPH_WIZARD_ENDPOINT", "REGION", "var.region"].iter().any(|word| none.contains(word)), "{none}");
    }
}

#[test]
fn what_is_no_order_is_not_exported() {
    let home = Home::new();
    let nameless = template(&home, &["--minimal"]).replace("myPhoneServer", "");
    let output = fed(&home, &["export", "-", "--as", "curl"], &nameless);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(3), String::new()));
    assert!(text(&output.stdout).contains("server_name: Server name is empty"), "{}", text(&output.stdout));
    for (args, words) in [
        (&["export", "-"][..], "--as <TOOL>"),
        (&["export", "-", "--as", "crul"], "curl"),
        (&["export", "nowhere.json", "--as", "curl"], "nowhere.json cannot be read"),
        (&["export", "-", "--as", "curl", "--profile", "nobody"], "nobody"),
        (&["template", "--full"], "--full"),
    ] {
        let output = fed(&home, args, &template(&home, &["--minimal"]));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty() && text(&output.stderr).contains(words), "{}", text(&output.stderr));
    }
}
