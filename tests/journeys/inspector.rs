//! Looking at the calls of a run: what is kept of them, what is not, and the way there and back.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use cph_wizard::api::{
    AccessKey, Account, AuthMethod, Cloud as _, Endpoint, HttpCloud, Iam, Login, NO_OBSERVER, Network, Timeouts, Token,
};
use cph_wizard::app::{
    BodyExcerpt, Call, CallResponse, Context, Effect, Key, KeyCode, MOST_CALLS, Model, Msg, Overlay, Page, call_lines,
    curl,
};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Event;
use cph_wizard::simulator::{Options, Simulator};
use cph_wizard::tui::call_from_record;
use cph_wizard::view::{Theme, draw};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use secrecy::SecretString;

use crate::common::Driver;

const F7: Key = Key::plain(KeyCode::F(7));

/// A call as the form hears of it.
fn call(target: &str) -> Call {
    let excerpt = |text: &str| BodyExcerpt { text: text.into(), size: text.len(), is_cut: false };
    let head = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    Call {
        at: "14:02:11".into(),
        took: 820,
        method: "GET".into(),
        origin: "https://cph.example".into(),
        target: target.into(),
        proof: "token",
        head: vec![head("accept", Some("application/json")), head("x-auth-token", None)],
        body: None,
        answer: Some(CallResponse {
            status: 200,
            head: vec![head("x-request-id", Some("r1"))],
            body: Some(excerpt("{\"servers\":[]}")),
        }),
        trouble: None,
        is_purchase: false,
    }
}

fn hear(driver: &mut Driver, call: Call) {
    assert_eq!(driver.send(Msg::CallEnded(Box::new(call))), []);
}

fn screen(model: &Model) -> String {
    let mut terminal = Terminal::new(TestBackend::new(model.width, model.height)).unwrap();
    terminal.draw(|frame| draw(model, Theme::MONO, frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let rows = (0..model.height).map(|y| (0..model.width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_cursor_stays_on_its_call_while_others_come_in() {
    let mut driver = Driver::ready();
    hear(&mut driver, call("/one"));
    hear(&mut driver, call("/two"));
    driver.press(F7);
    driver.keys(&[KeyCode::Down]);
    assert_eq!(driver.inspected().unwrap().target, "/one");
    hear(&mut driver, call("/three"));
    assert_eq!(driver.inspected().unwrap().target, "/one");
    driver.enter();
    assert_eq!(driver.model.context(), Context::Call);
    assert!(screen(&driver.model).contains("GET https://cph.example/one"));
    driver.keys(&[KeyCode::Esc]);
    assert_eq!(driver.model.context(), Context::Inspector);
    driver.keys(&[KeyCode::Esc]);
    assert_eq!((driver.model.overlay, driver.model.page), (None, Page::Form));
}

#[test]
fn the_oldest_calls_make_way_and_the_purchase_stays() {
    let mut driver = Driver::ready();
    hear(&mut driver, Call { is_purchase: true, ..call("/purchase") });
    for n in 0..2 * MOST_CALLS {
        hear(&mut driver, call(&format!("/{n}")));
    }
    let targets: Vec<&str> = driver.model.calls.newest_first().map(|call| call.target.as_str()).collect();
    assert_eq!(targets.len(), MOST_CALLS);
    assert_eq!((targets[0], targets[MOST_CALLS - 1]), ("/199", "/purchase"));
    driver.press(F7);
    driver.keys(&[KeyCode::End]);
    assert!(driver.inspected().unwrap().is_purchase);
    assert!(screen(&driver.model).contains("PURCHASE"));
}

#[test]
fn an_empty_list_opens_no_call() {
    let mut driver = Driver::ready();
    driver.press(F7);
    driver.enter();
    driver.press(Key::char('y'));
    assert_eq!(driver.model.context(), Context::Inspector);
    assert!(!driver.effects.iter().any(|effect| matches!(effect, Effect::Copy(_))));
}

#[test]
fn a_call_is_copied_as_curl_from_the_list_and_from_its_page() {
    let mut driver = Driver::ready();
    hear(&mut driver, call("/v1/p/it's"));
    driver.press(F7);
    let expected = r#": "${X_AUTH_TOKEN:?}" && { printf 'x-auth-token: %s' "$X_AUTH_TOKEN" | tr -d '\r\n'; echo; } |
curl --disable --globoff -sS -X 'GET' 'https://cph.example/v1/p/it'\''s' \
  -H 'accept: application/json' \
  -H @-"#;
    assert_eq!(driver.press(Key::char('y')), [Effect::Copy(expected.into())]);
    driver.enter();
    assert_eq!(driver.ctrl('y'), [Effect::Copy(expected.into())]);
}

#[test]
fn another_account_keeps_the_calls_of_the_run() {
    let mut driver = Driver::ready();
    hear(&mut driver, call("/one"));
    let account = driver.model.account.label.clone();
    driver.send(Msg::AccountOpened { account, saved: None, defaults: Box::default() });
    assert_eq!(driver.model.calls.len(), 1);
}

#[test]
fn what_hides_or_moves_is_written_out_and_long_lines_are_broken() {
    let text = format!("{}\u{1b}[2J\u{202e}云", "x".repeat(300));
    let body = BodyExcerpt { size: text.len(), text, is_cut: true };
    let answer = CallResponse { status: 502, head: Vec::new(), body: Some(body) };
    let lines = call_lines(&Call { answer: Some(answer), ..call("/a") }, 60);
    let text: String = lines.iter().map(|line| line.text.as_str()).collect();
    assert!(text.contains("<U+001B>[2J<U+202E>云") && text.contains("cut here"), "{text}");
    assert!(lines.iter().all(|line| line.text.chars().count() <= 60));
}

/// A server that says back whatever it hears, as a bad one might.
fn echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(move || say_back(stream.unwrap()));
        }
    });
    url
}

fn say_back(mut stream: TcpStream) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).unwrap_or(0) == 0 {
            return;
        }
        request.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
    request.extend(body);
    let request = String::from_utf8_lossy(&request).into_owned();
    let proof = |line| ["x-auth-token: ", "authorization: "].iter().find_map(|name| str::strip_prefix(line, name));
    let id = request.lines().find_map(proof).unwrap_or("CANARYsubject");
    let said = serde_json::json!({
        "said": request,
        "servers": [],
        "projects": [],
        "domains": [],
        "token": {
            "password": "CANARYmember", "securityToken": "CANARYmember", "adminPass": "CANARYmember",
            "Password": "CANARYmember", "admin_pass": "CANARYmember", "ADMIN-PASS": "CANARYmember",
            "accessKey": "CANARYmember", "Secret-Key": "CANARYmember", "privateKey": "CANARYmember",
        },
    })
    .to_string();
    let length = said.len();
    let canary = format!("X-Subject-Token: CANARYsubject\r\nX-Request-Id: {id}\r\nSet-Cookie: CANARYcookie");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{canary}\r\nConnection: close\r\n\r\n");
    let _ = stream.write_all(format!("{head}{said}").as_bytes());
}

/// Everything that a person can see or take of the calls made with these credentials.
fn everything(credentials: AuthMethod) -> (Vec<Call>, String) {
    let endpoint = Endpoint::parse(&echo()).unwrap();
    let iam = Some(endpoint.clone());
    let account = Account { iam, ..Account::new(endpoint.clone(), "p", credentials.clone()) };
    let records = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&records);
    let observer = Arc::new(move |record| heard.lock().unwrap().push(record));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let cloud = HttpCloud::new(account).unwrap();
        cloud.observe(observer.clone());
        let _ = cloud.list(Resource::Servers, NO_OBSERVER).await;
        let _ = cloud.identify().await;
        cloud.purchase(Arc::from(*b"{\"count\": 1}"), Box::new(|| Ok(()))).await;
        let iam = Iam::new(endpoint, credentials, "r", &Network::default(), Timeouts::default()).unwrap();
        iam.observe(observer);
        let _ = iam.projects(None).await;
    });
    let records = std::mem::take(&mut *records.lock().unwrap());
    let mut shown = format!("{records:?}");
    let calls: Vec<Call> = records.into_iter().map(call_from_record).collect();
    let mut driver = Driver::ready();
    driver.send(Msg::Resize { width: 120, height: 60 });
    for call in &calls {
        shown += &curl(call);
        hear(&mut driver, call.clone());
    }
    driver.press(F7);
    shown += &screen(&driver.model);
    for _ in &calls {
        driver.enter();
        shown += &screen(&driver.model);
        driver.keys(&[KeyCode::Esc, KeyCode::Down]);
    }
    (calls, shown)
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_secret_is_in_a_record_a_command_or_on_the_screen(tail in "[A-Za-z0-9\"\\\\'<&+/=]{0,12}", plain in "[A-Za-z0-9+/=-]{0,12}") {
        let access_key = AccessKey {
            access_key: format!("CANARYak{plain}"),
            secret_key: secret(&format!("CANARYsk{plain}")),
            security_token: Some(secret(&format!("CANARYst{plain}"))),
        };
        let password = secret(&format!("CANARYpw{tail}"));
        for (credentials, least) in [
            (AuthMethod::Token(Token::new(&format!("CANARYtoken{plain}"))), 5),
            (AuthMethod::Token(Token::new(&"CANARYtoken".repeat(300))), 5),
            (AuthMethod::Key(access_key), 5),
            (AuthMethod::Login(Login { domain: "d".into(), user: "u".into(), password }), 7),
        ] {
            let (calls, shown) = everything(credentials);
            prop_assert!(calls.len() >= least, "{}", calls.len());
            prop_assert_eq!(calls.iter().filter(|call| call.is_purchase).count(), 1);
            prop_assert!(calls.iter().all(|call| call.answer.as_ref().is_some_and(|answer| answer.body.is_some())));
            let at = shown.find("CANARY").map(|at| shown[at.saturating_sub(200)..].chars().take(300).collect::<String>());
            prop_assert_eq!(at, None);
        }
    }
}

/// A `curl` that writes down its words and what it is given on standard input.
const FAKE_CURL: &str = "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$SEEN/words\"\ncat > \"$SEEN/input\"\n";

/// What a shell makes of a command: the words that curl gets, and what it reads. Nothing if it is not called.
fn words(shell: &str, command: &str, variables: &[(&str, &str)]) -> Option<(Vec<String>, String)> {
    let home = tempfile::tempdir().unwrap();
    let curl = home.path().join("curl");
    std::fs::write(&curl, FAKE_CURL).unwrap();
    std::fs::set_permissions(&curl, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", home.path().display(), std::env::var("PATH").unwrap());
    let mut run = Command::new(shell);
    run.args(["-c", command]).env_clear().env("PATH", path).env("SEEN", home.path()).envs(variables.iter().copied());
    let output = run.output().unwrap();
    let seen = |name: &str| std::fs::read_to_string(home.path().join(name)).ok();
    let words = seen("words")?.split_terminator('\0').map(str::to_owned).collect();
    assert!(output.status.success(), "{output:?}");
    Some((words, seen("input").unwrap()))
}

fn is_here(program: &str) -> bool {
    let is_here = Command::new(program).arg("--version").output().is_ok();
    if !is_here {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {program} is not on this machine");
    }
    is_here
}

#[test]
fn the_command_of_the_purchase_sends_the_same_bytes() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let simulator = Simulator::start(Options::default()).await.unwrap();
        let account = Account::new(
            Endpoint::parse(&simulator.url()).unwrap(),
            "p",
            AuthMethod::Token(Token::new("CANARY-token")),
        );
        let cloud = HttpCloud::new(account).unwrap();
        let records = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&records);
        cloud.observe(Arc::new(move |record| heard.lock().unwrap().push(record)));
        let driver = Driver::on_review();
        let (_, body) = driver.model.form.order.as_ref().unwrap();
        cloud.purchase(body.shared(), Box::new(|| Ok(()))).await;
        let call = call_from_record(records.lock().unwrap().remove(0));
        assert!(call.is_purchase && call.answer.as_ref().unwrap().status == 200, "{call:?}");
        let command = curl(&call);
        assert!(command.starts_with("# This places an order") && !command.contains("CANARY"), "{command}");

        let (words, input) = words("sh", &command, &[("X_AUTH_TOKEN", "CANARY-token")]).unwrap();
        let after = |flag: &str| words.iter().skip_while(|word| *word != flag).nth(1).unwrap().clone();
        assert_eq!(after("--data-raw").as_bytes(), body.bytes());
        let url = words.iter().find(|word| word.starts_with("http://")).unwrap();
        let mut request = reqwest::Client::new().post(url).body(after("--data-raw"));
        let given = words.windows(2).filter(|pair| pair[0] == "-H" && pair[1] != "@-").map(|pair| pair[1].as_str());
        for (name, value) in given.chain(input.lines()).map(|line| line.split_once(": ").unwrap()) {
            request = request.header(name, value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200);

        // The command itself, where there is a curl.
        let run = command.clone();
        let ran = tokio::task::spawn_blocking(move || {
            let is_there = is_here("curl");
            is_there
                .then(|| Command::new("sh").args(["-c", &run]).env("X_AUTH_TOKEN", "CANARY-token").output().unwrap())
        });
        let ran = ran.await.unwrap();
        assert!(ran.as_ref().is_none_or(|output| output.status.success()), "{ran:?}");
        let ledger = simulator.ledger();
        assert_eq!(ledger.len(), if ran.is_some() { 3 } else { 2 });
        assert!(ledger.iter().all(|entry| entry.body == body.bytes()));
        simulator.stop().await;
    });
}

/// Texts that mean something to a shell, to curl's own files of settings, and to both.
const STRANGE: [&str; 9] = [
    r"ends in a backslash \",
    r#"a"b\"c""#,
    r"a\nb\tc",
    "a'b''",
    "$HOME${HOME}$(x)`x`",
    "%s%n%d",
    "@/etc/passwd",
    "#; --next {a,b}[1-9]*?!~",
    "tokén 云",
];

#[test]
fn whatever_stands_in_a_call_comes_to_curl_as_it_is() {
    let head = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    for shell in ["sh", "bash", "dash"].into_iter().filter(|shell| *shell == "sh" || is_here(shell)) {
        for text in STRANGE {
            let excerpt = BodyExcerpt { text: format!("{text}\n\t{text}\u{85}\u{202e}"), size: 1, is_cut: false };
            let call = Call {
                method: "POST".into(),
                head: vec![head("accept", Some(text)), head("x-empty", Some("")), head("x-auth-token", None)],
                body: Some(excerpt.clone()),
                ..call(&format!("/v1/{text}"))
            };
            let command = curl(&call);
            assert!(!command.chars().any(|c| c != '\n' && cph_wizard::text::sanitize::is_hidden(c)), "{command:?}");
            let (words, input) = words(shell, &command, &[("X_AUTH_TOKEN", text)]).unwrap();
            let expected = [
                "--disable",
                "--globoff",
                "-sS",
                "-X",
                "POST",
                &format!("https://cph.example/v1/{text}"),
                "-H",
                &format!("accept: {text}"),
                "-H",
                "x-empty;",
                "-H",
                "@-",
                "--data-raw",
                &excerpt.text,
            ];
            assert_eq!(
                (words, input),
                (expected.map(str::to_owned).to_vec(), format!("x-auth-token: {text}\n")),
                "{shell}"
            );
        }
        let command = curl(&call("/v1"));
        let (_, input) = words(shell, &command, &[("X_AUTH_TOKEN", "a\r\nX-Other: b\n")]).unwrap();
        assert_eq!(input, "x-auth-token: aX-Other: b\n", "{shell}: a line break begins no other header");
        assert_eq!(words(shell, &command, &[]), None, "{shell}: without the token nothing is called");
    }
}

#[test]
fn a_signed_call_is_copied_with_the_advice_to_sign_it_anew() {
    let head = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    let head = vec![head("authorization", None), head("x-sdk-date", Some("20261123T000000Z"))];
    let command = curl(&Call { head, ..call("/v1") });
    assert!(command.starts_with("# Signed by an access key: the signature and its time have to be made anew.\n: "));
    let variables = [("AUTHORIZATION", "SDK-HMAC-SHA256 Access=a"), ("X_SDK_DATE", "20261124T000000Z")];
    let (_, input) = words("sh", &command, &variables).unwrap();
    assert_eq!(input, "authorization: SDK-HMAC-SHA256 Access=a\nx-sdk-date: 20261124T000000Z\n");
    assert_eq!(words("sh", &command, &variables[..1]), None);
}

#[test]
fn the_request_leads_to_its_fields_and_back_to_review() {
    let mut driver = Driver::on_review();
    driver.ctrl('r');
    let Some(Overlay::Request(_)) = driver.model.overlay else { panic!("{:?}", driver.model.overlay) };
    driver.keys(&[KeyCode::Home]);
    driver.keys(&[KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Down]);
    driver.enter();
    assert_eq!((driver.model.overlay.is_none(), driver.model.form.focus), (true, cph_wizard::order::FieldId::Count));
    assert!(driver.model.form.return_to_review);
    driver.enter();
    assert_eq!(driver.model.form.step, cph_wizard::form::Step::Review);
}

#[test]
fn the_calls_are_looked_at_from_an_outcome_and_never_over_an_order_on_its_way() {
    let mut driver = Driver::on_review();
    driver.enter();
    driver.press(F7);
    assert_eq!(driver.model.overlay, None);
    driver.ctrl('o');
    assert!(matches!(driver.model.page, Page::Waiting(_)));
    driver.press(F7);
    assert_eq!(driver.model.overlay, None);
    let at = driver.at;
    let event = Event::Concluded { id: None, outcome: crate::purchase::accepted(), lost: None };
    driver.send(Msg::Purchase { event, at });
    driver.press(F7);
    assert_eq!(driver.model.context(), Context::Inspector);
    driver.press(F7);
    assert_eq!(driver.model.context(), Context::Result);
}
