//! Secrets that stand where none belongs, or in a file that is broken right there: what is said about it names the
//! place and not the secret.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::thread;

use crate::harness::{ENTER, Seen, ctrl};
use crate::launch::{Start, binary, new_home, small_environment};
use crate::secret_canaries::{awkward, canary, found, home_is_clean};
use crate::secrets::{Input, screen_is_clean};
use crate::setup::ACCESS_KEY;
use crate::setup_steps::{SETTINGS, await_line, choose, flat, paint_again};
use crate::simulator_process::Cloud;

/// Starts the program and every command that reads credentials; the words that must be said by one of them at least.
fn is_said_without_it(input: &Input, cloud: &Cloud, words: &str) {
    let home = input.home();
    let start =
        input.variables.iter().fold(Start::towards(cloud).home(&home), |start, (name, value)| start.env(name, value));
    let mut wizard = start.open();
    wizard.see("a screen or the end", |seen| {
        seen.has_ended() || flat(&seen.text()).contains("Ctrl-C") && !seen.text().contains("Looking for credentials")
    });
    let has_ended = wizard.seen().has_ended();
    let mut said = String::new();
    if !has_ended {
        paint_again(&mut wizard);
        said = flat(&wizard.text());
        wizard.send(ctrl('c'));
        wizard.see("the end", Seen::has_ended);
    }
    screen_is_clean(&input.secrets, &wizard, input.name);
    said += &flat(&wizard.text());
    let way = crate::secrets::way_to(cloud);
    // A variable of the input goes before the way there.
    let way: Vec<_> =
        way.into_iter().filter(|(name, _)| input.variables.iter().all(|(known, _)| known != name)).collect();
    let checked = input.runs(&["check", "order.json", "--json"], &home, &way);
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    let hash = checked["hash"].as_str().expect("a hash");
    for args in [&["orders", "reconcile"][..], &["buy", "order.json", "--confirm", hash]] {
        let output = input.runs(args, &home, &way);
        said += &flat(&String::from_utf8_lossy(&output.stderr));
        said += &flat(&String::from_utf8_lossy(&output.stdout));
    }
    assert!(said.contains(words), "{}: {words:?} is not said: {said}", input.name);
    home_is_clean(&input.secrets, home.path(), &input.inputs());
}

/// A file that is broken where a secret stands, and the words about it.
fn broken(name: &'static str, path: &'static str, text: &str, words: &'static str) -> (Input, &'static str) {
    let secret = canary(40, 40);
    (Input::named(name, &[&secret]).file(path, text.replace("CANARY", &secret).replace("KEY", ACCESS_KEY)), words)
}

#[test]
fn a_file_that_is_broken_at_the_secret_is_said_by_its_place() {
    const SDK: &str = ".huaweicloud/credentials";
    const CLI: &str = ".hcloud/config.json";
    let cloud = Cloud::secure(None, "");
    for (input, words) in [
        broken("no =", SDK, "[basic]\nak = KEY\nsk CANARY\n", "line 3: there is no = in it"),
        broken("no section", SDK, "[basic\nsk = CANARY\n", "line 1: there is no section yet"),
        broken("no ak", SDK, "[basic]\nsk = CANARY\n", "sk in [basic] is there and ak in [basic] is not"),
        broken("twice", SDK, "[basic]\nak = KEY\nsk = 1\nsk = CANARY\n", "line 4: this key is there twice"),
        broken("two lines", SDK, "[basic]\nak = KEY\nsk = CANARY\n  CANARY\n", "sk in [basic] has characters"),
        broken("no end", CLI, r#"{"profiles":[{"secretAccessKey":"CANARY"#, "the file is not JSON"),
        broken("no text", CLI, r#"{"profiles":[{"secretAccessKey":CANARY}]}"#, "the file is not JSON"),
        broken(
            "encrypted",
            CLI,
            r#"{"profiles":[{"name":"a","mode":"AKSK","accessKeyId":"KEY","secretAccessKey":"CANARY=="}]}"#,
            "--cli-auth-encrypt=false",
        ),
        broken("a list", CLI, r#"{"profiles":{"CANARY":{"access_key":"CANARY"}}}"#, "`profiles` is not a list"),
    ] {
        is_said_without_it(&input, &cloud, words);
    }
    let (input, words) = broken("two tokens", "token", "CANARY CANARY\n", "the token in it has characters");
    is_said_without_it(&input.with("CPH_WIZARD_TOKEN_FILE", "~/token"), &cloud, words);
    assert!(cloud.wire().lines.is_empty());
}

#[test]
fn a_secret_in_the_settings_is_said_by_its_place() {
    let settings = |name, text: &str, words| broken(name, SETTINGS, text, words);
    let profile = |line: &str| format!("[profiles.work]\nregion = \"cn-north-4\"\n{line}\n");
    let cloud = Cloud::secure(None, "");
    for (input, words) in [
        settings("no quotes", &profile("secret_key = CANARY"), "line 3, column"),
        settings("no end", &profile("secret_key = \"CANARY"), "line 3, column"),
        settings("no =", &profile("CANARY"), "line 3, column"),
        settings("a key", &profile("secret_key = \"CANARY\""), "line 3, column 1"),
        settings("a token", &profile("token = \"CANARY\""), "line 3, column 1"),
        settings("a kind", &profile("credentials = \"CANARY\""), "line 3, column 1: credentials is one of"),
        settings("a switch", &profile("test_endpoint = \"CANARY\""), "line 3, column 1: test_endpoint is true"),
        settings(
            "an endpoint",
            &profile("endpoint = \"https://u:CANARY@127.0.0.1\""),
            "without a user name or a password",
        ),
        settings(
            "an IAM",
            &profile("iam_endpoint = \"https://u:CANARY@127.0.0.1\""),
            "without a user name or a password",
        ),
        settings(
            "a proxy",
            &profile("proxy = \"http://u:CANARY@127.0.0.1:1\""),
            "goes into the environment's HTTPS_PROXY",
        ),
        settings("a region", "[profiles.work]\nregion = \"CANARY\"\n", "line 2, column 1: region has"),
        settings("a profile", "profile = \"CANARY\"\n", "line 1, column 1"),
        settings("a default", &profile("[profiles.work.defaults]\ncount = \"CANARY\""), "count"),
    ] {
        is_said_without_it(&input, &cloud, words);
    }
}

#[test]
fn a_secret_in_a_variable_that_is_for_something_else_is_said_by_its_name() {
    let cloud = Cloud::secure(None, "");
    let secret = awkward(41);
    let inside = format!("https://user:{}@127.0.0.1", canary(42, 40));
    let proxy = format!("http://user:{}@127.0.0.1:1", canary(42, 40));
    // As long as a real one, and without a slash, as real ones are.
    let token = canary(43, 2000);
    for (name, value, words) in [
        ("CPH_WIZARD_ENDPOINT", &inside, "without a user name or a password"),
        ("CPH_WIZARD_IAM_ENDPOINT", &inside, "without a user name or a password"),
        ("CPH_WIZARD_PROXY", &proxy, "goes into the environment's HTTPS_PROXY"),
        ("CPH_WIZARD_REGION", &secret, "CPH_WIZARD_REGION has"),
        ("CPH_WIZARD_PROJECT_ID", &secret, "CPH_WIZARD_PROJECT_ID has"),
        ("CPH_WIZARD_CREDENTIALS", &secret, "CPH_WIZARD_CREDENTIALS is one of"),
        ("CPH_WIZARD_TEST_ENDPOINT", &secret, "CPH_WIZARD_TEST_ENDPOINT is true or false"),
        ("CPH_WIZARD_PROFILE", &secret, "CPH_WIZARD_PROFILE: the name of a profile has"),
        ("CPH_WIZARD_TOKEN_FILE", &token, "CPH_WIZARD_TOKEN_FILE"),
        ("CPH_WIZARD_CREDENTIALS_FILE", &token, "CPH_WIZARD_CREDENTIALS_FILE"),
        ("HUAWEICLOUD_SDK_SK", &secret, "HUAWEICLOUD_SDK_SK is there and HUAWEICLOUD_SDK_AK is not"),
        ("HW_USER_PASSWORD", &secret, "HW_USER_PASSWORD is there and HW_USER_NAME is not"),
        ("CPH_WIZARD_TOKEN", &format!("{secret} {secret}"), "CPH_WIZARD_TOKEN has characters"),
        ("HW_SECRET_KEY", &format!("{secret}\n{secret}"), "HW_SECRET_KEY has characters"),
    ] {
        let secrets = [secret.as_str(), &canary(42, 40), &token];
        let input = Input::named(name, &secrets).with(name, value);
        is_said_without_it(&input, &cloud, words);
    }
    for (name, key) in [
        ("HW_AUTH_URL", ["HW_ACCESS_KEY", "HW_SECRET_KEY"]),
        ("HUAWEICLOUD_SDK_IAM_ENDPOINT", ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"]),
    ] {
        let input = Input::named(name, &[&secret, &canary(42, 40)]);
        let input = input.with(key[0], ACCESS_KEY).with(key[1], &secret).with(name, &inside);
        is_said_without_it(&input, &cloud, "without a user name or a password");
    }
}

/// Tells the proxy below that the test is over.
const THE_END: &str = "that is all";

#[test]
fn the_password_of_a_proxy_is_for_the_proxy_alone() {
    let proxy = TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = proxy.local_addr().expect("an address");
    // It wants another password, whatever comes.
    let heads = thread::spawn(move || {
        let mut heads = Vec::new();
        while let Ok((stream, _)) = proxy.accept() {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            if head == [THE_END] {
                break;
            }
            heads.extend(head);
            let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            // Who has gone needs no answer.
            let _ = (&stream).write_all(answer.as_bytes());
        }
        heads.join("\n")
    });
    let (password, token) = (canary(44, 40), awkward(45));
    let input = Input::named("a proxy", &[&password, &token])
        .with("HTTPS_PROXY", &format!("http://user:{password}@{address}"))
        .with("CPH_WIZARD_ENDPOINT", "https://cph.test.invalid")
        .with("CPH_WIZARD_TOKEN", &token);
    let home = input.home();
    let mut wizard = input.start(Start::with(&[]), &home).open();
    wizard
        .until("the failure", |text| text.contains("LIVE") && flat(text).contains("The proxy requires authentication"));
    crate::form_steps::go_to(&mut wizard, "Review");
    wizard.shows(&address.to_string());
    wizard.send(ctrl('c'));
    wizard.see("the end", Seen::has_ended);
    screen_is_clean(&input.secrets, &wizard, input.name);
    let output = input.runs(&["orders"], &home, &[]);
    assert!(output.status.success());
    home_is_clean(&input.secrets, home.path(), &[]);
    let mut caller = std::net::TcpStream::connect(address).expect("it listens");
    write!(caller, "{THE_END}\r\n\r\n").expect("it reads");
    let heads = heads.join().expect("what it heard");
    assert!(heads.contains("CONNECT cph.test.invalid:443"), "{heads}");
    assert!(found(heads.as_bytes(), &password).contains(&"base64"), "the proxy gets its password: {heads}");
    assert!(found(heads.as_bytes(), &token).is_empty(), "and nothing else: {heads}");
}

#[test]
fn the_keys_of_a_simulator_come_out_nowhere() {
    let secret = awkward(46);
    let input = Input::named("the simulator", &[&secret]);
    for (text, words) in [
        (format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":{secret}}}]"#), "no JSON at line 1"),
        (format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"{secret}"#), "no JSON at line 1"),
        (format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"{secret} x"}}]"#), "key 1 of the list"),
        (format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"a","{secret}":1}}]"#), "something else at line 1"),
        (format!(r#"{{"secret_key":"{secret}"}}"#), "something else at line 1"),
    ] {
        let home = input.home();
        std::fs::write(home.path().join("keys.json"), text).expect("a file");
        let output = Command::new(binary())
            .args(["simulate", "--credentials", "keys.json"])
            .env_clear()
            .envs(small_environment(home.path()))
            .current_dir(home.path())
            .stdin(Stdio::null())
            .output()
            .expect("it ends");
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(words), "{words}: {said}");
        crate::secret_canaries::is_clean(&input.secrets, words, said.as_bytes());
    }
}

#[test]
fn a_secret_key_in_the_place_of_the_access_key_is_hidden_and_goes_nowhere() {
    for (secret, is_pasted) in
        [(canary(60, 40), false), (canary(61, 40), true), (awkward(62), false), (awkward(63), true)]
    {
        let (secrets, home) = ([secret.clone()], new_home());
        let mut wizard = Start::with(&[]).home(&home).logged().open();
        choose(&mut wizard, "Type an access key");
        await_line(&wizard, "Access key");
        if is_pasted {
            wizard.paste(&format!("{secret}\r"));
        } else {
            wizard.send(&secret);
        }
        wizard.shows(&"*".repeat(secret.len()));
        wizard.shows("Hidden, because this looks like a secret key.");
        paint_again(&mut wizard);
        screen_is_clean(&secrets, &wizard, "the access key");
        wizard.send(ENTER);
        wizard.shows("This looks like a secret key: delete it and enter the access key here");
        await_line(&wizard, "Access key");
        paint_again(&mut wizard);
        wizard.send(ctrl('u'));
        wizard.send(ACCESS_KEY);
        wizard.until("the access key", |text| text.contains(ACCESS_KEY) && !text.contains("Hidden"));
        wizard.send(ENTER);
        await_line(&wizard, "Secret key");
        wizard.send(ctrl('c'));
        wizard.see("the end", Seen::has_ended);
        screen_is_clean(&secrets, &wizard, "the access key");
        assert!(home_is_clean(&secrets, home.path(), &[]) > 0, "there is a log at least");
    }
}
