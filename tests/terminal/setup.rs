//! Who orders, asked on the first screen: the demo, credentials that lie on the machine, typed ones; and settings that
//! answer it, or that cannot be used.

use std::fs::{Permissions, metadata, read_to_string, set_permissions};
use std::os::unix::fs::PermissionsExt as _;

use crate::form_steps::{await_flavors, focused, place, to_review, to_server_name, type_name};
use crate::harness::{ENTER, ESC, Terminal, ctrl};
use crate::launch::{Home, Opened, Start, new_home};
use crate::setup_steps::{SETTINGS, await_line, choose, flat, koocli, put, take_region, through_project, type_lines};
use crate::simulator_process::Cloud;

/// A pair in the form that the vendor's keys have.
pub const ACCESS_KEY: &str = "FAKEKEYOFTHETESTS001";
pub const SECRET_KEY: &str = "fakeSecretOfTheTests00000000000000000001";
const MASKED: &str = "FAKE...S001";
/// The project of that pair.
pub const PROJECT: &str = "0123456789abcdef0123456789abcdef";

/// A simulator that knows this pair alone.
pub fn cloud_of(access_key: &str, secret_key: &str, scene: &str) -> Cloud {
    let key = format!(r#"{{"access_key":"{access_key}","secret_key":"{secret_key}","project_id":"{PROJECT}"}}"#);
    Cloud::secure(Some(&format!("[{key}]")), scene)
}

fn cloud() -> Cloud {
    cloud_of(ACCESS_KEY, SECRET_KEY, "")
}

fn buys(terminal: &mut Terminal) {
    to_review(terminal, "alpha");
    place(terminal);
    terminal.until("the result", |text| text.contains("ACCEPTED") && text.contains("Order id"));
}

fn leave(mut terminal: Opened, code: u32) {
    terminal.send(ctrl('c'));
    let ended = terminal.ended();
    assert_eq!(ended.code, code, "{}", ended.words);
}

#[test]
fn the_first_run_offers_everything_and_the_demo_is_one_enter_away() {
    for (cols, rows, colour) in [(80, 24, ""), (60, 16, "1"), (120, 40, "1"), (60, 16, ""), (120, 40, "")] {
        let mut wizard = Start::with(&[]).env("NO_COLOR", colour).size(cols, rows).open();
        wizard.shows("Who orders?");
        wizard.until("the end of the search", |text| {
            text.contains("Enter take it") && !text.contains("Looking for credentials")
        });
        for words in ["NO ACCOUNT", "no account is set up", "> Demo", "Type an access key", "Type a token", "Log in"] {
            assert!(wizard.text().to_lowercase().contains(&words.to_lowercase()), "{words}\n{}", wizard.text());
        }
        wizard.send(ENTER);
        wizard.shows("SIMULATOR");
        await_flavors(&wizard);
        leave(wizard, 130);
    }
}

#[test]
fn a_typed_key_orders_and_its_profile_asks_for_it_at_the_next_start() {
    let (cloud, home) = (cloud(), new_home());
    let mut wizard = Start::towards(&cloud).home(&home).open();
    choose(&mut wizard, "Type an access key");
    await_line(&wizard, "Access key");
    wizard.send(ACCESS_KEY);
    wizard.send(ENTER);
    await_line(&wizard, "Secret key");
    // What was copied ends with a line break, which is not Enter.
    wizard.paste(&format!("{SECRET_KEY}\r\n"));
    wizard.until("stars for it", |text| text.contains(&"*".repeat(SECRET_KEY.len())));
    await_line(&wizard, "Secret key");
    wizard.send(ENTER);
    await_line(&wizard, "Security token");
    wizard.send(ENTER);
    wizard.shows("In which region?");
    wizard.send("north-4");
    wizard.until("one region", |text| text.contains("> cn-north-4") && !text.contains("cn-east-3"));
    wizard.send(ENTER);
    wizard.shows("In which project?");
    wizard.shows("cn-north-4_team");
    through_project(&mut wizard, PROJECT, Some("work"));
    wizard.until("whose money it is", |text| flat(text).contains("LIVE work demo-domain / cn-north-4"));
    buys(&mut wizard);
    leave(wizard, 0);
    let path = home.path().join(SETTINGS);
    let kept = read_to_string(&path).expect("the settings");
    for words in
        ["[profiles.work]", "region = \"cn-north-4\"", PROJECT, "credentials = \"typed\"", "profile = \"work\""]
    {
        assert!(kept.contains(words), "{words}\n{kept}");
    }
    assert!(!kept.contains(ACCESS_KEY) && !kept.contains(SECRET_KEY), "{kept}");
    assert_eq!(metadata(path).expect("its mode").permissions().mode() & 0o777, 0o600);

    let mut wizard = Start::towards(&cloud).home(&home).open();
    wizard.shows("Account work keeps no credentials");
    await_line(&wizard, "Access key");
    type_lines(&mut wizard, &[ACCESS_KEY, SECRET_KEY, ""]);
    wizard.shows("demo-domain / cn-north-4");
    wizard.until("the account", |text| flat(text).contains("LIVE work demo-domain / cn-north-4"));
    leave(wizard, 130);
    let wire = cloud.wire();
    wire.counts(1, 1);
    assert!(wire.lines.iter().all(|line| !line.contains(" 401 ")), "{:?}", wire.lines);
}

/// Credentials that lie on the machine are in the list with their source, are kept by their kind, and order.
fn found_credentials_order(start: Start, home: &Home, cloud: Cloud, row: [&str; 2], kind: &str) {
    let mut wizard = start.home(home).open();
    wizard.shows("Who orders?");
    wizard
        .until("source and masked key", |text| text.lines().any(|line| line.contains(row[0]) && line.contains(row[1])));
    choose(&mut wizard, row[0]);
    // A place that names no region leaves it to be chosen.
    wizard.until("the next question", |text| text.contains("In which region?") || text.contains("In which project?"));
    if wizard.text().contains("In which region?") {
        take_region(&mut wizard);
    }
    wizard.until("the projects", |text| text.contains("_team"));
    through_project(&mut wizard, "_team", None);
    wizard.shows("demo-domain / cn-north-4_team");
    wizard.until("whose money it is", |text| text.contains("LIVE"));
    buys(&mut wizard);
    leave(wizard, 0);
    let kept = read_to_string(home.path().join(SETTINGS)).expect("the settings");
    assert!(kept.contains(&format!("credentials = \"{kind}\"")), "{kept}");
    assert!(!kept.contains(SECRET_KEY) && !kept.contains("demo-password"), "{kept}");
    cloud.wire().counts(1, 1);
}

/// A simulator whose keys may use any project.
fn free_cloud() -> Cloud {
    Cloud::secure(Some(&format!(r#"[{{"access_key":"{ACCESS_KEY}","secret_key":"{SECRET_KEY}"}}]"#)), "")
}

#[test]
fn a_key_in_the_variables_of_the_sdk_orders() {
    let cloud = free_cloud();
    let start = Start::moved_to(&cloud).env("HUAWEICLOUD_SDK_AK", ACCESS_KEY).env("HUAWEICLOUD_SDK_SK", SECRET_KEY);
    found_credentials_order(start, &new_home(), cloud, [MASKED, "the SDK's variables"], "sdk-environment");
}

#[test]
fn a_key_in_the_file_of_the_sdk_orders() {
    let (cloud, home) = (free_cloud(), new_home());
    put(&home, ".huaweicloud/credentials", &format!("[basic]\nak = {ACCESS_KEY}\nsk = {SECRET_KEY}\n"));
    let start = Start::moved_to(&cloud);
    found_credentials_order(start, &home, cloud, [MASKED, "the SDK's file"], "sdk-file");
}

#[test]
fn a_key_in_the_variables_of_terraform_orders() {
    let cloud = free_cloud();
    let start = Start::moved_to(&cloud)
        .env("HW_ACCESS_KEY", ACCESS_KEY)
        .env("HW_SECRET_KEY", SECRET_KEY)
        .env("HW_REGION_NAME", "cn-north-4");
    found_credentials_order(start, &new_home(), cloud, [MASKED, "the Terraform"], "terraform-environment");
}

#[test]
fn a_password_in_the_variables_of_terraform_orders() {
    let cloud = free_cloud();
    let start = Start::moved_to(&cloud)
        .env("OS_USERNAME", "demo-user")
        .env("OS_PASSWORD", "demo-password")
        .env("OS_DOMAIN_NAME", "demo-domain")
        .env("OS_REGION_NAME", "cn-north-4");
    let row = ["demo-user@demo-domain", "the Terraform"];
    found_credentials_order(start, &new_home(), cloud, row, "terraform-environment");
}

#[test]
fn a_key_in_the_file_of_koocli_orders() {
    let (cloud, home) = (free_cloud(), new_home());
    put(&home, ".hcloud/config.json", &koocli(ACCESS_KEY, SECRET_KEY));
    let start = Start::moved_to(&cloud);
    found_credentials_order(start, &home, cloud, [MASKED, "the KooCLI's profile default"], "koocli");
}

#[test]
fn an_encrypted_koocli_profile_is_said_with_the_command_that_helps() {
    for (cols, rows) in [(80, 24), (60, 16), (120, 40)] {
        let home = new_home();
        put(&home, ".hcloud/config.json", &koocli("AQIDBAUGBwgJCgsMDQ4PEA==", "ERITFBUWFxgZGhscHR4fIA=="));
        let wizard = Start::with(&[]).home(&home).size(cols, rows).open();
        wizard.until("the command", |text| {
            let text = flat(text);
            text.contains("its keys are encrypted")
                && text.contains("hcloud configure set --cli-auth-encrypt=false")
                && text.contains("> Demo")
        });
        leave(wizard, 130);
    }
}

/// From the first screen to the question for the project, with a typed key and no region asked.
fn type_key(wizard: &mut Terminal, secret_key: &str) {
    choose(wizard, "Type an access key");
    await_line(wizard, "Access key");
    type_lines(wizard, &[ACCESS_KEY, secret_key, ""]);
    take_region(wizard);
}

#[test]
fn a_wrong_key_is_said_with_its_lock_after_one_call() {
    for (cols, rows) in [(80, 24), (60, 16), (120, 40)] {
        let cloud = cloud();
        let mut wizard = Start::towards(&cloud).env("NO_COLOR", "1").size(cols, rows).open();
        type_key(&mut wizard, "fakeSecretThatIsWrong0000000000000000001");
        wizard.until("the sentence", |text| {
            let text = flat(text);
            text.contains("locked after more than five failed calls")
                && text.contains("wait five minutes")
                && text.contains("type the id of the project")
        });
        leave(wizard, 130);
        let wire = cloud.wire();
        assert!(wire.lines.len() == 1 && wire.lines[0].contains(" 401 "), "{:?}", wire.lines);
    }
}

#[test]
fn a_project_is_typed_where_the_list_cannot_be_read() {
    let cloud = cloud_of(
        ACCESS_KEY,
        SECRET_KEY,
        r#","tampering":{"operations":["auth-projects"],"times":1,"captive_portal":true}"#,
    );
    let mut wizard = Start::towards(&cloud).open();
    type_key(&mut wizard, SECRET_KEY);
    wizard.shows("type the id of the project");
    wizard.send(PROJECT);
    wizard.shows("take this as the id of the project");
    through_project(&mut wizard, PROJECT, Some(""));
    wizard.shows("demo-domain / cn-north-4");
    leave(wizard, 130);
}

const BROKEN: &str = "version = 1\n[profiles.work\nregion = \"cn-north-4\"\n";

#[test]
fn settings_that_cannot_be_used_are_said_and_the_demo_still_starts() {
    for (cols, rows) in [(80, 24), (60, 16), (120, 40)] {
        for (mode, words) in [(0o600, "line 2, column"), (0o644, "chmod 600 /")] {
            let home = new_home();
            put(&home, SETTINGS, BROKEN);
            set_permissions(home.path().join(SETTINGS), Permissions::from_mode(mode)).expect("its mode");
            let mut wizard = Start::with(&[]).home(&home).size(cols, rows).open();
            wizard.until(words, |text| flat(text).contains(words) && text.contains("> Demo"));
            wizard.send(ENTER);
            wizard.shows("SIMULATOR");
            await_flavors(&wizard);
            leave(wizard, 130);
            assert_eq!(read_to_string(home.path().join(SETTINGS)).expect("the settings"), BROKEN);
        }
    }
}

/// Settings in which nothing is missing.
fn complete(cloud: &Cloud, home: &Home, more: &str) {
    let keys = home.path().join("keys.ini");
    put(home, "keys.ini", &format!("[basic]\nak = {ACCESS_KEY}\nsk = {SECRET_KEY}\n"));
    let (url, ca, keys) = (&cloud.url, cloud.ca(), keys.display());
    let text = format!(
        "profile = \"work\"\n[profiles.work]\nregion = \"cn-north-4\"\nproject_id = \"{PROJECT}\"\n\
         endpoint = \"{url}\"\nca_file = \"{ca}\"\ncredentials = \"sdk-file\"\ncredentials_file = \"{keys}\"\n{more}"
    );
    put(home, SETTINGS, &text);
}

#[test]
fn a_complete_profile_leads_straight_to_the_form() {
    let (cloud, home) = (cloud(), new_home());
    complete(&cloud, &home, "test_endpoint = true\n");
    for (cols, rows) in [(80, 24), (60, 16), (120, 40)] {
        let wizard = Start::with(&[]).home(&home).size(cols, rows).open();
        wizard.until("whose money it is", |text| {
            text.contains("LIVE") && (cols < 80 || text.contains("demo-domain / cn-north-4"))
        });
        await_flavors(&wizard);
        let all = String::from_utf8_lossy(&wizard.seen().bytes).into_owned();
        assert!(!all.contains("Who orders"), "it was asked");
        leave(wizard, 130);
    }
}

#[test]
fn a_profile_asks_for_what_it_lacks_and_another_account_can_be_taken() {
    let (cloud, home) = (Cloud::secure(None, ""), new_home());
    let profile = |kind: &str| {
        let who = "domain_name = \"demo-domain\"\nuser_name = \"demo-user\"";
        format!("[profiles.work]\nregion = \"cn-north-4\"\ncredentials = \"{kind}\"\n{who}\n")
    };
    for (kind, line, secret) in [("token", "Token", "any"), ("password", "Password", "demo-password")] {
        put(&home, SETTINGS, &profile(kind));
        let mut wizard = Start::towards(&cloud).home(&home).open();
        wizard.shows("Account work keeps no credentials");
        await_line(&wizard, line);
        wizard.send(secret);
        wizard.send(ENTER);
        choose(&mut wizard, "_team");
        wizard.until("whose money it is", |text| flat(text).contains("LIVE work demo-domain / cn-north-4_team"));
        leave(wizard, 130);
    }
    let mut wizard = Start::towards(&cloud).home(&home).open();
    await_line(&wizard, "Password");
    wizard.send(ESC);
    wizard.shows("Profile work");
    choose(&mut wizard, "Demo");
    wizard.shows("SIMULATOR");
    leave(wizard, 130);
}

#[test]
fn live_on_this_machine_needs_the_word_test() {
    let (cloud, home) = (cloud(), new_home());
    complete(&cloud, &home, "");
    let ended = Start::with(&[]).home(&home).open().ended();
    assert_eq!(ended.code, 2, "{}", ended.words);
    for words in ["nothing real is sold", "test_endpoint = true", "CPH_WIZARD_TEST_ENDPOINT=1"] {
        assert!(ended.words.contains(words), "{}", ended.words);
    }
    assert!(cloud.wire().lines.is_empty());
}

#[test]
fn another_account_is_asked_over_a_form_that_was_begun() {
    const F9: &str = "\x1b[20~";
    let cloud = cloud();
    let mut wizard = Start::towards(&cloud)
        .env("HUAWEICLOUD_SDK_AK", ACCESS_KEY)
        .env("HUAWEICLOUD_SDK_SK", SECRET_KEY)
        .env("HUAWEICLOUD_SDK_PROJECT_ID", PROJECT)
        .open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    for _ in 0..2 {
        wizard.send(F9);
        wizard.shows("what was typed stays");
        wizard.send(ESC);
        wizard.until("the form", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha")));
    }
    wizard.send(F9);
    choose(&mut wizard, "found in the SDK's variables");
    take_region(&mut wizard);
    through_project(&mut wizard, PROJECT, Some("other"));
    wizard.until("the other account", |text| text.contains("LIVE") && text.contains("other"));
    wizard.until("the name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha")));
    leave(wizard, 130);
}

/// Keys that mean nothing here, or open the calls and close them, and sizes that come and go.
fn shake(wizard: &mut Terminal, page: &str) {
    for key in [
        "\x1bOQ", "\x1b[18~", "\x1b[18~", "\x1b[21~", "\x1b[24~", "\x1b[20~", "\x0f", "\x0e", "\x10", "\x12", "\x19",
        "\x07",
    ] {
        wizard.send(key);
    }
    for (cols, rows) in [(1, 1), (200, 60), (60, 16), (3, 40), (80, 24)] {
        let before = wizard.seen().bytes.len();
        wizard.resize(cols, rows);
        wizard.see("a repaint", |seen| seen.bytes.len() > before);
    }
    wizard.send(ctrl('l'));
    wizard.shows(page);
}

#[test]
fn stray_keys_and_sizes_change_nothing_on_any_page() {
    let cloud = cloud();
    let mut wizard = Start::towards(&cloud).open();
    wizard.shows("Who orders?");
    shake(&mut wizard, "Who orders?");
    for (row, page) in [("Type a token", "Type the token"), ("Log in", "Log in; the password")] {
        choose(&mut wizard, row);
        wizard.shows(page);
        shake(&mut wizard, page);
        wizard.send(ESC);
        wizard.shows("Who orders?");
    }
    choose(&mut wizard, "Type an access key");
    shake(&mut wizard, "Type the access key");
    type_lines(&mut wizard, &[ACCESS_KEY, SECRET_KEY, ""]);
    wizard.shows("In which region?");
    shake(&mut wizard, "In which region?");
    take_region(&mut wizard);
    wizard.shows("_team");
    shake(&mut wizard, "In which project?");
    choose(&mut wizard, PROJECT);
    await_line(&wizard, "Profile");
    shake(&mut wizard, "Keep this as a profile?");
    wizard.send(ENTER);
    wizard.shows("demo-domain / cn-north-4");
    leave(wizard, 130);
    cloud.wire().counts(0, 0);
}
