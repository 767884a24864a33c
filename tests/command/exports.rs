//! Exported scripts and programs, run: what they send is the order that `check` told the hash of, and what they print and
//! return tells what became of it.

use std::fs::{Permissions, set_permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Output, Stdio};

use cph_wizard::simulator::{AccessLogEntry, LedgerEntry, Options, Scene, Simulator};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::runtime::Runtime;

use crate::files::template;
use crate::test_home::{Home, SECRET};

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

pub fn fed(home: &Home, args: &[&str], input: &str) -> Output {
    let mut child = home.command(args).stdin(Stdio::piped()).spawn().unwrap();
    // A command line that is refused ends before it reads anything.
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
    child.wait_with_output().unwrap()
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub fn exported(home: &Home, format: &str, input: &str) -> String {
    let output = fed(home, &["export", "-", "--as", format], input);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

/// What came of running a text against a simulator: its ledger and its wire log.
struct Ran {
    ledger: Vec<LedgerEntry>,
    wire: Vec<AccessLogEntry>,
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

/// Runs an exported text against a simulator in a scene, or where nothing listens.
fn run(format: &str, program: &str, input: &str, proof: &[(&str, &str)], scene: Option<Scene>) -> Ran {
    let runtime = Runtime::new().unwrap();
    let is_there = scene.is_some();
    let options = scene.map_or_else(Options::default, |scene| Options { scene, ..Options::default() });
    let simulator = runtime.block_on(Simulator::start(options)).unwrap();
    let home = Home::new().env("CPH_WIZARD_ENDPOINT", &simulator.url()).env("CPH_WIZARD_PROJECT_ID", PROJECT);
    let script = exported(&home, format, input);
    home.write("order", &script);
    let mut command = Command::new(program);
    command.arg(home.path("order")).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    // Settings of curl that would send the order again are not taken.
    home.write(".curlrc", "retry = 5\nretry-all-errors\nlocation\n");
    command.env("HOME", home.path("")).envs(proof.iter().copied());
    let simulator = if is_there { Some(simulator) } else { stopped(&runtime, simulator) };
    let said = command.output().unwrap();
    let Some(simulator) = simulator else { return Ran { ledger: Vec::new(), wire: Vec::new(), said } };
    let ran = Ran { ledger: simulator.ledger(), wire: simulator.access_log(), said };
    stopped(&runtime, simulator);
    ran
}

/// Stops a simulator; nothing listens at its address any more.
fn stopped(runtime: &Runtime, simulator: Simulator) -> Option<Simulator> {
    runtime.block_on(simulator.stop());
    None
}

fn normal() -> Scene {
    Scene::named("normal").unwrap()
}

/// The scripts and programs that can be run here, each with what runs it.
fn here() -> Vec<(&'static str, &'static str)> {
    let all = [("curl", "sh"), ("curl", "bash"), ("python", "python3")];
    all.into_iter().filter(|(format, program)| is_here(program) && (*format != "curl" || is_here("curl"))).collect()
}

pub fn checked_hash(input: &str) -> String {
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
        let ran = run(format, program, HOSTILE, proof, Some(normal()));
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
        let ran = run(format, program, HOSTILE, &[], Some(normal()));
        assert!(!ran.said.status.success() && ran.wire.is_empty(), "{format}");
        assert!(![4, 5, 6].contains(&ran.said.status.code().unwrap()), "{format}");
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

const PLACED: &str = "The order may have been placed: check before you run this again.";
const REJECTED: &str = "Rejected: nothing was ordered, as Huawei Cloud reported.";

/// A scene in which the purchase is answered with this status and code, and nothing is ordered.
fn refusing(status: u16, code: &str) -> Scene {
    let refusal = format!(
        r#"{{"stage":"service","operations":["purchase"],"status":{status},"code":"{code}","message":"of a test"}}"#
    );
    Scene::parse(&format!(r#"{{"version":2,"name":"test","description":"of a test","rejection":{refusal}}}"#)).unwrap()
}

#[test]
fn exported_programs_tell_what_became_of_the_order() {
    let named = |name: &str| Scene::named(name).unwrap();
    let odd = |settings: &str| {
        Scene::parse(&format!(r#"{{"version":2,"name":"test","description":"of a test",{settings}}}"#)).unwrap()
    };
    for (format, program) in here() {
        for (what, scene, code, words) in [
            ("accepted", named("normal"), 0, ""),
            ("quota", named("quota"), 4, REJECTED),
            ("token", named("token-expired"), 4, REJECTED),
            ("error", named("error-after-order"), 6, PLACED),
            ("reset", named("reset-before-answer"), 6, PLACED),
            ("broken", named("broken-json"), 6, PLACED),
            // Rejections that prove nothing: the code, the status, the shape, the status of a success.
            ("code", refusing(400, "CPS.0062"), 6, PLACED),
            ("status", refusing(409, "CPS.0065"), 6, PLACED),
            ("gateway", refusing(504, "APIGW.0201"), 6, PLACED),
            (
                "success",
                odd(
                    r#""errors_with_status_200":true,"rejection":{"stage":"service","operations":["purchase"],"status":400,"code":"CPS.0065","message":"m"}"#,
                ),
                6,
                PLACED,
            ),
        ] {
            let ran = run(format, program, HOSTILE, &[("CPH_WIZARD_TOKEN", SECRET)], Some(scene));
            let err = text(&ran.said.stderr);
            assert_eq!(ran.said.status.code(), Some(code), "{program} {what}: {err}");
            assert!(err.contains(words) && (code != 0 || err.is_empty()), "{program} {what}: {err}");
            assert_eq!(ran.wire.len(), 1, "{program} {what}");
            assert!(!err.contains(SECRET) && !err.contains("Traceback"), "{program} {what}: {err}");
        }
        let ran = run(format, program, HOSTILE, &[("CPH_WIZARD_TOKEN", SECRET)], None);
        let err = text(&ran.said.stderr);
        assert_eq!(ran.said.status.code(), Some(5), "{program}: {err}");
        assert!(err.contains("Not sent: nothing was ordered.") && !err.contains(PLACED), "{program}: {err}");
    }
}

#[test]
fn a_result_that_cannot_be_written_is_no_lost_order() {
    for (format, program) in here() {
        let runtime = Runtime::new().unwrap();
        let simulator = runtime.block_on(Simulator::start(Options::default())).unwrap();
        let home = Home::new().env("CPH_WIZARD_ENDPOINT", &simulator.url()).env("CPH_WIZARD_PROJECT_ID", PROJECT);
        home.write("order", &exported(&home, format, HOSTILE));
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(program);
        command.arg(home.path("order")).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
        let said = command.env("CPH_WIZARD_TOKEN", SECRET).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let err = text(&said.stderr);
        assert!(err.contains(&simulator.ledger()[0].order_id) && !err.contains(PLACED), "{program}: {err}");
        runtime.block_on(simulator.stop());
    }
}

/// Tokens that mean something to a shell, to curl's own files of settings, and to both.
const TOKENS: [&str; 12] = [
    r"ends-in-a-backslash\",
    r#"a"b"#,
    r#"a\"b\"#,
    r"a\nb\tc",
    "a'b''",
    "$HOME${HOME}",
    "`x`$(x)",
    "%s%n\\%d",
    "@/etc/passwd",
    "#comment",
    "--next=;:,{}[]*?!~",
    "MIIabc+/==",
];

/// A `curl` that writes down its words and what it is given on standard input, and answers with an order.
const FAKE_CURL: &str = r#"#!/bin/sh
printf '%s\0' "$@" > "$SEEN/words"
cat > "$SEEN/input"
printf '{"order_id":"CS1"}\n200'
"#;

/// Runs an exported script with a fake curl in the place of the real one; its words and its standard input.
fn faked(shell: &str, home: &Home, token: &str) -> (Output, Vec<String>, String) {
    home.write("bin/curl", FAKE_CURL);
    set_permissions(home.path("bin/curl"), Permissions::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", home.path("bin").display(), std::env::var("PATH").unwrap());
    for name in ["words", "input"] {
        home.write(name, "");
    }
    let mut command = Command::new(shell);
    command.arg(home.path("order")).env_clear().env("PATH", path).env("SEEN", home.path(""));
    let output = command.env("CPH_WIZARD_TOKEN", token).output().unwrap();
    let seen = |name: &str| std::fs::read_to_string(home.path(name)).unwrap();
    let words = seen("words").split_terminator('\0').map(str::to_owned).collect();
    (output, words, seen("input"))
}

#[test]
fn any_token_comes_to_curl_as_one_header_and_the_body_whole() {
    let home = Home::new().env("CPH_WIZARD_ENDPOINT", "https://cph.example").env("CPH_WIZARD_PROJECT_ID", PROJECT);
    home.write("order", &exported(&home, "curl", HOSTILE));
    for shell in ["sh", "bash", "dash"].into_iter().filter(|shell| is_here(shell) || *shell == "sh") {
        for token in TOKENS {
            let (output, words, input) = faked(shell, &home, token);
            assert!(output.status.success(), "{shell} {token}: {}", text(&output.stderr));
            assert_eq!(input, format!("X-Auth-Token: {token}\n"), "{shell}");
            let after = |flag: &str| words.iter().skip_while(|word| *word != flag).nth(1).unwrap();
            // `--header @-` reads lines and knows no quotes; a file of settings would.
            assert_eq!((words[0].as_str(), after("--header").as_str()), ("--disable", "@-"), "{shell}");
            let sent = Sha256::digest(after("--data-binary"))
                .iter()
                .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
            assert_eq!(sent, checked_hash(HOSTILE), "{shell} {token}");
            assert!(!words.iter().any(|word| word.contains(token)), "a secret on the command line: {words:?}");
        }
        for token in ["a\nX-Other: b", "a\r", "a b", "a\tb", "tokén", "a\u{1b}", " "] {
            let (output, words, _) = faked(shell, &home, token);
            assert_eq!((output.status.code(), words.len()), (Some(2), 0), "{shell} {token:?}");
            let err = text(&output.stderr);
            assert!(err.starts_with("CPH_WIZARD_TOKEN contains a space, a line break"), "{err}");
        }
    }
}

#[test]
fn any_token_comes_over_the_wire_with_the_whole_body() {
    for (format, program) in here() {
        for token in TOKENS {
            let ran = run(format, program, HOSTILE, &[("CPH_WIZARD_TOKEN", token)], Some(normal()));
            assert!(ran.said.status.success(), "{program} {token}: {}", text(&ran.said.stderr));
            assert_eq!((ran.ledger.len(), ran.wire[0].body_bytes), (1, ran.ledger[0].body.len()), "{program} {token}");
        }
        let ran = run(format, program, HOSTILE, &[("CPH_WIZARD_TOKEN", "a\nX-Other: b")], Some(normal()));
        assert_eq!((ran.said.status.code(), ran.wire.len()), (Some(2), 0), "{program}");
    }
}

/// Go is no part of what this project needs; where it is installed, its program is built, judged and run.
#[test]
fn the_program_for_go_builds_and_tells_what_became_of_the_order() {
    let go = |home: &Home, args: &[&str]| {
        let mut command = Command::new("go");
        command.args(args).current_dir(home.path("")).env("GOCACHE", home.path("cache")).env("GO111MODULE", "off");
        command.env("GOFLAGS", "").output()
    };
    let home = Home::new();
    if go(&home, &["version"]).is_err() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: go is not on this machine");
        return;
    }
    home.write("order.go", &exported(&Home::new(), "go", HOSTILE));
    for args in [&["vet", "order.go"][..], &["build", "-o", "order", "order.go"]] {
        let output = go(&home, args).unwrap();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
    }
    let runtime = Runtime::new().unwrap();
    for (scene, code, words) in [
        (Some("normal"), 0, ""),
        (Some("quota"), 4, REJECTED),
        (Some("error-after-order"), 6, PLACED),
        (Some("reset-before-answer"), 6, PLACED),
        (Some("broken-json"), 6, PLACED),
        (None, 5, "Not sent: nothing was ordered."),
    ] {
        let scene = scene.map(|name| Scene::named(name).unwrap());
        let is_there = scene.is_some();
        let options = scene.map_or_else(Options::default, |scene| Options { scene, ..Options::default() });
        let simulator = runtime.block_on(Simulator::start(options)).unwrap();
        let mut command = Command::new(home.path("order"));
        command.env_clear().env("CPH_WIZARD_ENDPOINT", simulator.url()).env("CPH_WIZARD_PROJECT_ID", PROJECT);
        let simulator = if is_there { Some(simulator) } else { stopped(&runtime, simulator) };
        let said = command.env("CPH_WIZARD_TOKEN", SECRET).output().unwrap();
        assert_eq!(said.status.code(), Some(code), "{}", text(&said.stderr));
        assert!(text(&said.stderr).contains(words), "{}", text(&said.stderr));
        if let Some(simulator) = simulator {
            assert_eq!(simulator.access_log().len(), 1);
            stopped(&runtime, simulator);
        }
    }
}
