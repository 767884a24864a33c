//! Secrets go in by every way there is, and come out by none: not on the screen, not in a file, not in a line of a
//! command or of the simulator, not in a panic. The same for secrets that stand where none belongs.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::form_steps::{place, to_review};
use crate::harness::{ENTER, Terminal, ctrl};
use crate::launch::{Home, Opened, Start, binary, new_home, small_environment};
use crate::secret_canaries::{awkward, canary, found, home_is_clean, is_clean};
use crate::setup::{ACCESS_KEY, PROJECT};
use crate::setup_steps::{
    SETTINGS, await_line, choose, flat, koocli, paint_again, put, take_region, through_project, type_lines,
};
use crate::simulator_process::{Cloud, Wire};

const ORDER: &str = r#"{"server_name":"alpha","server_model_name":"physical.rx1.xlarge",
    "phone_model_name":"rx1.cp.c60.d10.e1v1","image_id":"20032120200330a20b000eae5b8c01e6","count":1,
    "band_width":{"band_width_share_type":0},
    "extend_param":{"charging_mode":0,"period_type":2,"period_num":1,"is_auto_pay":0}}"#;

/// A way in for credentials.
#[derive(Default)]
pub struct Input {
    pub name: &'static str,
    pub variables: Vec<(&'static str, String)>,
    /// The file in which they stand, under the home.
    file: Option<(&'static str, String)>,
    pub secrets: Vec<String>,
    /// The list of keys of a simulator that lets them in; without one it takes any token.
    keys: Option<String>,
}

impl Input {
    pub fn named(name: &'static str, secrets: &[&str]) -> Self {
        Self { name, secrets: secrets.iter().map(|secret| (*secret).to_owned()).collect(), ..Self::default() }
    }

    pub fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.variables.push((variable, value.to_owned()));
        self
    }

    pub fn file(self, path: &'static str, text: String) -> Self {
        Self { file: Some((path, text)), ..self }
    }

    /// An access key that a simulator knows, perhaps a temporary one.
    fn key(self) -> Self {
        let token = self.secrets.get(1).map_or(String::new(), |token| format!(r#","security_token":"{token}""#));
        let secret = &self.secrets[0];
        Self { keys: Some(format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"{secret}"{token}}}]"#)), ..self }
    }

    /// Those that are there from the start.
    fn all() -> Vec<Self> {
        let (sdk, sdk_token, ini, ini_token) = (awkward(1), awkward(2), awkward(3), awkward(4));
        let (hw, hw_token, cli, token, file, ours) =
            (awkward(5), awkward(6), canary(7, 40), awkward(8), awkward(9), awkward(10));
        vec![
            Self::named("the SDK's variables", &[&sdk, &sdk_token])
                .with("HUAWEICLOUD_SDK_AK", ACCESS_KEY)
                .with("HUAWEICLOUD_SDK_SK", &sdk)
                .with("HUAWEICLOUD_SDK_SECURITY_TOKEN", &sdk_token)
                .key(),
            Self::named("the SDK's file", &[&ini, &ini_token])
                .file(
                    ".huaweicloud/credentials",
                    format!("[basic]\nak = {ACCESS_KEY}\nsk = {ini}\nsecurity_token = {ini_token}\n"),
                )
                .key(),
            Self::named("Terraform's key", &[&hw, &hw_token])
                .with("HW_ACCESS_KEY", ACCESS_KEY)
                .with("HW_SECRET_KEY", &hw)
                .with("HW_SECURITY_TOKEN", &hw_token)
                .key(),
            Self::named("Terraform's token", &[&token]).with("HW_AUTH_TOKEN", &token),
            // The one password that the simulator knows.
            Self::named("Terraform's password", &["demo-password"])
                .with("HW_USER_NAME", "demo-user")
                .with("HW_DOMAIN_NAME", "demo-domain")
                .with("HW_USER_PASSWORD", "demo-password"),
            Self::named("KooCLI", &[&cli]).file(".hcloud/config.json", koocli(ACCESS_KEY, &cli)).key(),
            Self::named("a file with a token", &[&file])
                .file("token", format!("{file}\n"))
                .with("CPH_WIZARD_TOKEN_FILE", "~/token"),
            Self::named("our variable", &[&ours]).with("CPH_WIZARD_TOKEN", &ours),
        ]
    }

    /// A home in which the file lies.
    pub fn home(&self) -> Home {
        let home = new_home();
        put(&home, "order.json", ORDER);
        if let Some((path, text)) = &self.file {
            put(&home, path, text);
        }
        home
    }

    pub fn inputs(&self) -> Vec<String> {
        self.file.iter().map(|(path, _)| (*path).to_owned()).collect()
    }

    pub fn start(&self, start: Start, home: &Home) -> Start {
        let start = start.env("CPH_WIZARD_REGION", "cn-north-4").env("CPH_WIZARD_PROJECT_ID", PROJECT);
        let start = start.home(home).logged();
        self.variables.iter().fold(start, |start, (name, value)| start.env(name, value))
    }

    /// Runs a command and looks at all that it says; what it said.
    pub fn runs(&self, args: &[&str], home: &Home, way: &[(&str, String)]) -> Output {
        let output = Command::new(binary())
            .args(args)
            .args(["--log", "run.log", "-vv"])
            .env_clear()
            .envs(small_environment(home.path()))
            .envs([("CPH_WIZARD_REGION", "cn-north-4"), ("CPH_WIZARD_PROJECT_ID", PROJECT)])
            .envs(way.iter().map(|(name, value)| (*name, value.as_str())))
            .envs(self.variables.iter().map(|(name, value)| (*name, value.as_str())))
            .current_dir(home.path())
            .stdin(Stdio::null())
            .output()
            .expect("it ends");
        for (place, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            is_clean(&self.secrets, &format!("{}: {place} of {args:?}", self.name), bytes);
        }
        output
    }

    /// Runs every command there is.
    fn runs_all(&self, home: &Home, way: &[(&str, String)], bought: &[i32]) {
        let checked = self.runs(&["check", "order.json", "--json"], home, way);
        let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
        let hash = checked["hash"].as_str().expect("a hash");
        let buy = ["buy", "order.json", "--second", "--confirm", hash];
        let output = self.runs(&buy, home, way);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.code().is_some_and(|code| bought.contains(&code)), "{}: {said}", self.name);
        let listed = self.runs(&["orders", "list", "--json"], home, way);
        let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("JSON");
        let id = listed["orders"][0]["id"].as_str().expect("an order");
        for args in [&["orders"][..], &["orders", "show", id], &["orders", "reconcile"], &["orders", "reconcile", id]] {
            self.runs(args, home, way);
        }
        let has_profiles = self.runs(&["profile", "--help"], home, way).status.success();
        for args in [["profile", "list"], ["profile", "show"], ["profile", "doctor"]] {
            if has_profiles {
                self.runs(&args, home, way);
            }
        }
    }

    fn nothing_was_left(&self, home: &Home) {
        let looked = home_is_clean(&self.secrets, home.path(), &self.inputs());
        assert!(looked > 0, "{}: there is a journal at least", self.name);
        let log = fs::read_to_string(home.path().join("run.log")).expect("a log");
        for words in [" DEBUG cph_wizard::api: sent ", " cph_wizard::purchase: journal record=INTENT "] {
            assert!(log.contains(words), "{}: {words} is not in the log that was looked at", self.name);
        }
    }

    pub fn nothing_was_told(&self, wire: &Wire) {
        let all = [&wire.lines.join("\n"), &wire.ledger, &wire.said].map(String::as_str).join("\n");
        is_clean(&self.secrets, &format!("{}: the simulator", self.name), all.as_bytes());
        assert!(!wire.lines.is_empty(), "{}: nothing arrived", self.name);
    }
}

pub fn way_to(cloud: &Cloud) -> Vec<(&'static str, String)> {
    let (url, ca) = (cloud.url.clone(), cloud.ca());
    vec![("CPH_WIZARD_TEST_ENDPOINT", "1".into()), ("CPH_WIZARD_ENDPOINT", url), ("CPH_WIZARD_CA_FILE", ca)]
}

/// A simulator to which none of the secrets is known.
fn refusing() -> Cloud {
    Cloud::secure(Some(r#"[{"access_key":"FAKEKEYOFTHETESTS002","secret_key":"another"}]"#), "")
}

/// Looks at everything that a terminal got, and at the arguments of the program in it.
pub fn screen_is_clean(secrets: &[String], wizard: &Terminal, place: &str) {
    is_clean(secrets, place, &wizard.seen().bytes);
    is_clean(secrets, place, wizard.text().as_bytes());
    if let Ok(line) = fs::read(format!("/proc/{}/cmdline", wizard.pid())) {
        is_clean(secrets, &format!("{place}: the command line"), &line);
    }
}

/// Orders, and breaks down while the order is on its way; the order is seen through.
fn orders_and_breaks_down(mut wizard: Opened, secrets: &[String], place_of: &str) {
    to_review(&mut wizard, "alpha");
    screen_is_clean(secrets, &wizard, place_of);
    place(&mut wizard);
    wizard.see("the end", crate::harness::Seen::has_ended);
    screen_is_clean(secrets, &wizard, place_of);
    let ended = wizard.ended();
    assert!(ended.code == 1 && ended.words.contains("panicked"), "{place_of}: {}", ended.words);
    assert!(ended.words.contains("ACCEPTED"), "{place_of}: {}", ended.words);
}

const BREAK_DOWN: (&str, &str) = ("CPH_WIZARD_TEST_BREAK_DOWN", "waiting");

fn let_in(inputs: &[Input]) {
    for input in inputs {
        let (cloud, home) = (Cloud::secure(input.keys.as_deref(), ""), input.home());
        let start = input.start(Start::towards(&cloud), &home).env(BREAK_DOWN.0, BREAK_DOWN.1);
        orders_and_breaks_down(start.open(), &input.secrets, input.name);
        input.runs_all(&home, &way_to(&cloud), &[0]);
        input.nothing_was_left(&home);
        let line = fs::read(format!("/proc/{}/cmdline", cloud.pid())).unwrap_or_default();
        is_clean(&input.secrets, "the simulator's command line", &line);
        input.nothing_was_told(&cloud.wire());
    }
}

#[test]
fn secrets_that_let_in_come_out_nowhere() {
    // Two halves at once, on as many processors.
    let mut inputs = Input::all();
    let other = inputs.split_off(4);
    let half = thread::spawn(move || let_in(&other));
    let_in(&inputs);
    half.join().expect("the other half is clean too");
}

#[test]
fn secrets_that_are_refused_come_out_nowhere() {
    for mut input in Input::all() {
        if input.secrets == ["demo-password"] {
            let wrong = canary(20, 24);
            input = Input { secrets: vec![wrong.clone()], ..input }.with("HW_USER_PASSWORD", &wrong);
        }
        let (cloud, home) = (refusing(), input.home());
        let mut wizard = input.start(Start::towards(&cloud), &home).open();
        wizard.until("a refusal", |text| text.contains("status 401"));
        wizard.send(ctrl('c'));
        wizard.see("the end", crate::harness::Seen::has_ended);
        screen_is_clean(&input.secrets, &wizard, input.name);
        input.runs_all(&home, &way_to(&cloud), &[4, 5]);
        input.nothing_was_left(&home);
        input.nothing_was_told(&cloud.wire());
    }
}

#[test]
fn secrets_come_out_nowhere_while_an_order_in_doubt_is_looked_for() {
    for input in Input::all().into_iter().step_by(4) {
        let lost = r#","tampering":{"operations":["purchase"],"truncate":true}"#;
        let (cloud, home) = (Cloud::secure(input.keys.as_deref(), lost), input.home());
        input.runs_all(&home, &way_to(&cloud), &[6]);
        input.nothing_was_left(&home);
        let wire = cloud.wire();
        let read = wire.lines.iter().filter(|line| line.starts_with("GET ") && line.contains("/cloud-phone/servers"));
        assert!(read.count() > 1, "{}: it was not looked for: {:?}", input.name, wire.lines);
        input.nothing_was_told(&wire);
    }
}

/// The address of nobody.
fn nowhere() -> String {
    let free = TcpListener::bind("127.0.0.1:0").expect("an address").local_addr().expect("an address");
    format!("https://{free}")
}

#[test]
fn secrets_come_out_nowhere_when_nobody_answers() {
    for input in Input::all().into_iter().skip(4).take(2) {
        let (url, home) = (nowhere(), input.home());
        let start = Start::with(&[]).env("CPH_WIZARD_ENDPOINT", &url).env("CPH_WIZARD_TEST_ENDPOINT", "1");
        let mut wizard = input.start(start, &home).open();
        wizard.until("the failure", |text| flat(text).contains("refused"));
        wizard.send(ctrl('c'));
        wizard.see("the end", crate::harness::Seen::has_ended);
        screen_is_clean(&input.secrets, &wizard, input.name);
        let way = [("CPH_WIZARD_TEST_ENDPOINT", "1".into()), ("CPH_WIZARD_ENDPOINT", url)];
        input.runs_all(&home, &way, &[5]);
        input.nothing_was_left(&home);
    }
}

#[test]
fn a_typed_key_comes_out_nowhere() {
    let (secret, token) = (awkward(30), awkward(31));
    let input = Input::named("a typed key", &[&secret, &token]).key();
    for is_pasted in [false, true] {
        let (cloud, home) = (Cloud::secure(input.keys.as_deref(), ""), input.home());
        let mut wizard = Start::towards(&cloud).home(&home).logged().env(BREAK_DOWN.0, BREAK_DOWN.1).open();
        choose(&mut wizard, "Type an access key");
        for (line, text) in [("Access key", ACCESS_KEY), ("Secret key", &secret), ("Security token", &token)] {
            await_line(&wizard, line);
            if is_pasted {
                wizard.paste(&format!(" {text}\r\n"));
            } else {
                wizard.send(text);
            }
            paint_again(&mut wizard);
            screen_is_clean(&input.secrets, &wizard, input.name);
            wizard.send(ENTER);
        }
        // What is not secret is found by the same look.
        assert!(!found(&wizard.seen().bytes, ACCESS_KEY).is_empty(), "the access key is shown while it is typed");
        take_region(&mut wizard);
        through_project(&mut wizard, "_team", Some("kept"));
        wizard.shows("demo-domain / cn-north-4_team");
        orders_and_breaks_down(wizard, &input.secrets, input.name);
        assert!(home.path().join(SETTINGS).exists());
        input.nothing_was_left(&home);
        input.nothing_was_told(&cloud.wire());
    }
}

#[test]
fn a_typed_token_and_a_typed_password_come_out_nowhere() {
    let token = awkward(32);
    let wrong = awkward(33);
    for (row, lines, secret, words) in [
        ("Type a token", vec![token.as_str()], &token, "status 401"),
        ("Type a token", vec![token.as_str()], &token, "_team"),
        ("Log in", vec!["demo-domain", "demo-user", &wrong], &wrong, "status 401"),
        ("Log in", vec!["demo-domain", "demo-user", "demo-password"], &"demo-password".to_owned(), "_team"),
    ] {
        let input = Input::named(row, &[secret]);
        let is_let_in = words == "_team";
        let (cloud, home) = (if is_let_in { Cloud::secure(None, "") } else { refusing() }, input.home());
        let mut wizard = Start::towards(&cloud).home(&home).logged().open();
        choose(&mut wizard, row);
        let (last, before) = lines.split_last().expect("a line");
        type_lines(&mut wizard, before);
        wizard.send(last);
        wizard.shows(&"*".repeat(last.len()));
        paint_again(&mut wizard);
        wizard.send(ENTER);
        take_region(&mut wizard);
        wizard.until(words, |text| flat(text).contains(words));
        if is_let_in {
            through_project(&mut wizard, "_team", Some("kept"));
            wizard.shows("demo-domain / cn-north-4_team");
        }
        wizard.send(ctrl('c'));
        wizard.see("the end", crate::harness::Seen::has_ended);
        screen_is_clean(&input.secrets, &wizard, row);
        home_is_clean(&input.secrets, home.path(), &[]);
        input.nothing_was_told(&cloud.wire());
    }
}

/// A process that holds secrets leaves no core, and no other process of the same user looks into it: what the system
/// tells of it belongs to root then, which can be seen by everybody but root.
#[test]
fn the_process_is_sealed() {
    let is_sealed = |pid: u32, user: u32| {
        let limits = fs::read_to_string(format!("/proc/{pid}/limits")).expect("its limits");
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("the limit of cores");
        assert_eq!(core.split_whitespace().skip(4).collect::<Vec<_>>(), ["0", "0", "bytes"], "{core}");
        let owner = fs::metadata(format!("/proc/{pid}/environ")).expect("its environment").uid();
        assert!(user == 0 || owner == 0, "it can be looked into by user {user}: what is told of it belongs to {owner}");
    };
    if !cfg!(target_os = "linux") {
        return;
    }
    let us = rustix::process::geteuid().as_raw();
    let wizard = Start::demo().open();
    wizard.shows("SIMULATOR");
    is_sealed(wizard.pid().unsigned_abs(), us);
    // Root starts it for somebody else, if the program can be reached by others where it lies.
    let user = if us == 0 { 65534 } else { us };
    let home = new_home();
    let mut command = Command::new(binary());
    command
        .arg("simulate")
        .env_clear()
        .envs(small_environment(home.path()))
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    if us == 0 {
        command.uid(user).current_dir("/");
    }
    let Ok(mut child) = command.spawn() else {
        assert_eq!(us, 0, "only another user may not be able to start it");
        return;
    };
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
    let pid = child.id();
    let sealed = std::panic::catch_unwind(|| is_sealed(pid, user));
    child.kill().expect("it runs");
    child.wait().expect("its end");
    assert!(line.starts_with("listening on "), "{line}");
    assert!(sealed.is_ok(), "see above");
}
