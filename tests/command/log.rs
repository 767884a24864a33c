//! `--log`: what is written where, and that nothing is done without a log that was asked for.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Output;
use std::thread;

use crate::simulator_process::Cloud;
use crate::test_home::{ACCESS_KEY, Home, SECRET, mode};

const ORDER: &str = r#"{"server_name":"alpha","server_model_name":"physical.rx1.xlarge",
    "phone_model_name":"rx1.cp.c60.d10.e1v1","image_id":"20032120200330a20b000eae5b8c01e6","count":1,
    "band_width":{"band_width_share_type":0},
    "extend_param":{"charging_mode":0,"period_type":2,"period_num":1,"is_auto_pay":0}}"#;

/// A home with an order and an account at a simulator, which is in a scene with these settings.
fn stage(scene: &str) -> (Cloud, Home) {
    let cloud = Cloud::start(scene);
    let home = Home::with_keys(SECRET);
    home.write("order.json", ORDER);
    cloud.account(&home, &["--project-id", "p"]);
    (cloud, home)
}

fn run(home: &Home, args: &[&str]) -> Output {
    let output = home.command(args).current_dir(home.path("")).output().unwrap();
    for bytes in [&output.stdout, &output.stderr] {
        let said = String::from_utf8_lossy(bytes);
        assert!(!said.contains(SECRET) && !said.contains('\u{1b}'), "{said}");
    }
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Buys the order of the stage with these flags; its exit code is 0.
fn buy(home: &Home, flags: &[&str]) -> Output {
    let checked = run(home, &["check", "order.json", "--json"]);
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let hash = checked["hash"].as_str().unwrap();
    let output = run(home, &[&["buy", "order.json", "--json", "--confirm", hash], flags].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    output
}

/// Time, level and target of each line, and the rest of it.
fn lines(log: &str) -> Vec<(&str, &str, &str)> {
    let parts = |line| -> Option<(_, _, _)> {
        let (time, rest): (&str, &str) = str::split_once(line, ' ')?;
        assert!(time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(), "{line}");
        let (level, rest) = rest.trim_start().split_once(' ')?;
        let (target, rest) = rest.split_once(": ")?;
        Some((level, target, rest))
    };
    log.lines().map(|line| parts(line).unwrap_or_else(|| panic!("{line}"))).collect()
}

/// Where a line with these words stands.
fn place(log: &str, words: &str) -> usize {
    log.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words} is missing:\n{log}"))
}

#[test]
fn a_purchase_is_in_the_log_from_the_first_call_to_its_outcome_and_no_secret_is() {
    let (_cloud, home) = stage("");
    buy(&home, &["--log", "run.log"]);
    let log = fs::read_to_string(home.path("run.log")).unwrap();
    assert_eq!(mode(&home.path("run.log")), 0o600);
    for (level, target, _) in lines(&log) {
        assert!(["INFO", "WARN", "ERROR"].contains(&level) && target.starts_with("cph_wizard::"), "{level} {target}");
    }
    let order = [
        "begun command=buy ",
        "account profile=test endpoint=127.0.0.1:",
        "journal record=INTENT ",
        "journal record=SENDING ",
        "purchase method=POST ",
        "journal record=ACCEPTED ",
        "ended exit_code=0",
    ]
    .map(|words| place(&log, words));
    assert!(order.is_sorted(), "{order:?}\n{log}");
    let purchase = log.lines().nth(order[4]).unwrap();
    for words in [" path=/v1/p/cloud-phone/phones ", " status=200 ", " ms=", " request_id=", " scheme=Key "] {
        assert!(purchase.contains(words), "{words}: {purchase}");
    }
    for words in [SECRET, ACCESS_KEY, "SDK-HMAC", "server_model_name"] {
        assert!(!log.contains(words), "{words}:\n{log}");
    }
    // A second one goes on in the same file, with bodies.
    buy(&home, &["--log", "run.log", "-v", "--second"]);
    let both = fs::read_to_string(home.path("run.log")).unwrap();
    assert!(both.starts_with(&log));
    let more = &both[log.len()..];
    assert!(lines(more).iter().any(|(level, ..)| *level == "DEBUG"), "{more}");
    assert!(more.contains(r#"\"server_model_name\": \"physical.rx1.xlarge\""#) && more.contains("authorization: ***"));
    assert!(!more.contains(SECRET) && !more.contains(ACCESS_KEY) && !more.contains("SDK-HMAC"), "{more}");
}

#[test]
fn a_read_that_is_made_again_is_in_the_log_with_its_reason_in_english() {
    let (_cloud, home) = stage(r#","throttling":{"operations":["servers"],"times":1,"retry_after_s":0}"#);
    buy(&home, &["--log", "run.log", "--language", "zh-CN"]);
    let log = fs::read_to_string(home.path("run.log")).unwrap();
    let again = log.lines().nth(place(&log, "cph_wizard::api: again attempt=2 of=4 pause_ms=")).unwrap();
    assert!(again.contains(" WARN ") && again.contains("429") && log.is_ascii(), "{log}");
}

#[test]
fn standard_error_takes_the_log_of_a_command_and_standard_output_stays_what_it_is() {
    let (_cloud, home) = stage("");
    let output = buy(&home, &["--log", "-"]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.starts_with("{\"outcome\":\"accepted\""), "{out}");
    assert!(err.contains(" INFO cph_wizard::purchase: journal record=ACCEPTED "), "{err}");
    let before = run(&home, &["--log", "-", "-vv", "orders", "list"]);
    assert!(text(&before.stderr).contains("begun command=\"orders list\""), "flags of all commands may stand first");
}

#[test]
fn no_log_is_on_the_screen_of_the_form() {
    let home = Home::new();
    for (args, english, chinese) in [
        (&["--demo", "--log", "-"][..], "--log - cannot be while the form is on the screen", "屏幕上显示表单时"),
        (&["orders", "-v"], "-v says how much is written to a log: --log names its file", "-v 决定日志写入多少内容"),
    ] {
        for (language, words) in [("en", english), ("zh-CN", chinese)] {
            let output = run(&home, &[args, &["--language", language]].concat());
            assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""));
            let said = text(&output.stderr);
            assert!(said.lines().count() == 1 && said.contains(words), "{said}");
        }
    }
}

#[test]
fn nothing_is_done_without_a_log_that_was_asked_for() {
    let (cloud, home) = stage("");
    home.write("shared.log", "");
    fs::set_permissions(home.path("shared.log"), std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
    let checked = run(&home, &["check", "order.json", "--json"]);
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let hash = checked["hash"].as_str().unwrap();
    for (file, why) in
        [("shared.log", "chmod 600"), ("none/run.log", "cannot be written"), ("/dev/full", "is a device, not a file")]
    {
        for args in [
            &["buy", "order.json", "--confirm", hash][..],
            &["check", "order.json"],
            &["catalogue", "images"],
            &["orders", "list"],
            &["profile", "list"],
            &["template"],
            &["--demo"],
            &["--demo", "--linear"],
        ] {
            let output = run(&home, &[args, &["--log", file]].concat());
            let err = text(&output.stderr);
            assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{args:?}: {err}");
            assert!(err.starts_with("cph-wizard: the log cannot be opened, so nothing was done: "), "{args:?}: {err}");
            assert!(err.lines().count() == 1 && err.contains(why), "{args:?}: {err}");
        }
    }
    assert_eq!(fs::read_to_string(home.path("shared.log")).unwrap(), "");
    assert_eq!(cloud.calls_with_a_key(), Vec::<String>::new());
}

/// A server that tells secrets in whatever it answers, and its address.
fn indiscreet() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let body = r#"{"count":0,"images":[],"securityToken":"Hunter2-1","adminPass":"Hunter2-2","Password":"Hunter2-3",
                "admin_pass":"Hunter2-4","SECURITY-TOKEN":"Hunter2-5","accessKey":"Hunter2-6","private-key":"Hunter2-7"}"#;
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\nX-Subject-Token: Hunter2-8\r\n";
            let mut request = [0; 1 << 14];
            let _ = stream.read(&mut request);
            let _ = write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len());
        }
    });
    url
}

#[test]
fn secrets_that_a_server_tells_are_in_no_log() {
    let home = Home::new()
        .env("CPH_WIZARD_ENDPOINT", &indiscreet())
        .env("CPH_WIZARD_TEST_ENDPOINT", "1")
        .env("CPH_WIZARD_TOKEN", SECRET)
        .env("CPH_WIZARD_PROJECT_ID", "p");
    run(&home, &["catalogue", "images", "--log", "run.log", "-vv"]);
    let log = fs::read_to_string(home.path("run.log")).unwrap();
    assert!(!log.contains("Hunter2"), "{log}");
    for name in ["securityToken", "adminPass", "Password", "admin_pass", "SECURITY-TOKEN", "accessKey", "private-key"] {
        assert!(log.contains(&format!(r#"\"{name}\":\"***\""#)), "{name}: {log}");
    }
}
