//! `profile doctor` against simulators: what it finds, what it leaves alone, and how it ends.

use serde_json::{Value, json};

use crate::simulator_process::Cloud;
use crate::test_home::{ACCESS_KEY, Home, SECRET};

/// The names of the steps, each with what was found.
fn steps(report: &Value) -> Vec<(&str, &str)> {
    let steps = report["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["message"].as_str().is_some_and(|words| !words.is_empty())), "{report}");
    steps.iter().map(|step| (step["name"].as_str().unwrap(), step["result"].as_str().unwrap())).collect()
}

/// The words of the only step of this name.
fn words<'a>(report: &'a Value, name: &str) -> &'a str {
    let mut found = report["steps"].as_array().unwrap().iter().filter(|step| step["name"] == name);
    let words = found.next().unwrap_or_else(|| panic!("{name}: {report}"))["message"].as_str().unwrap();
    assert!(found.next().is_none(), "{report}");
    words
}

const WAY: [(&str, &str); 3] = [("name", "ok"), ("connect", "ok"), ("TLS", "ok")];

#[test]
fn a_good_account_is_good_from_end_to_end() {
    let cloud = Cloud::start("");
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &["--project-id", "p"]);
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let address = cloud.url.trim_start_matches("https://");
    for line in [
        "ok      profile        test (settings)",
        "ok      region         cn-north-4 (profile test)",
        "ok      test_endpoint  true (profile test)",
        "ok      project        p (profile test)",
        "ok      proxy          none (the endpoint is on this machine)",
        &format!("ok      ca_file        {} (profile test)", cloud.ca().display()),
        &format!("ok      TLS            {} answers; its certificate is trusted", cloud.url),
        "ok      credentials    account demo-domain",
        "ok      project        cn-north-4 (p)",
        "?       permission     the right to buy (cph:servers:create) is told by an order only",
        "For a network administrator:",
        &format!("    {address}  Cloud Phone, IAM, ECS, KPS"),
    ] {
        assert!(said.out.lines().any(|shown| shown == line), "{line}\n{}", said.out);
    }
    assert!(said.out.contains("ok      credentials    access key FAKE...S001, from the SDK's file "), "{}", said.out);
    assert_eq!(said.out.matches("ok      permission ").count(), 7, "{}", said.out);
    assert!(cloud.calls_with_a_key().iter().all(|call| call.starts_with("GET ")), "nothing is changed");
}

#[test]
fn a_report_in_json_says_the_same() {
    let cloud = Cloud::start("");
    let home = Home::with_keys(SECRET);
    // The project is looked up by the region.
    cloud.account(&home, &[]);
    let report = home.json(&["doctor", "test"]);
    let asked = [("clock", "ok"), ("credentials", "ok"), ("project", "ok")];
    let permissions = [("permission", "ok"); 7];
    let expected = [&WAY[..], &asked, &permissions, &[("permission", "warning")]].concat();
    assert_eq!(steps(&report), expected);
    let account = &report["account"];
    assert_eq!(account["profile"], json!({ "value": "test", "from": "flag" }));
    assert_eq!(account["project"], json!({ "value": "p", "from": "iam" }));
    assert_eq!(account["proxy"]["value"], Value::Null);
    assert_eq!(account["credentials"]["masked"], "FAKE...S001");
    let port: u16 = cloud.url.rsplit(':').next().unwrap().parse().unwrap();
    let services = json!(["Cloud Phone", "IAM", "ECS", "KPS"]);
    let host = json!({ "services": services, "host": "127.0.0.1", "port": port, "tls": true, "proxy": null });
    assert_eq!(report["hosts"], json!([host]));
}

#[test]
fn a_refused_key_is_used_once() {
    // With the project known and with the project to be looked up.
    for more in [&["--project-id", "p"][..], &[]] {
        let cloud = Cloud::start("");
        let home = Home::with_keys("canary-another-one");
        cloud.account(&home, more);
        assert_eq!(home.profile(&["doctor"]).code, 1);
        let again = Home::with_keys("canary-another-one");
        cloud.account(&again, more);
        let report = again.json(&["doctor"]);
        let ends = [("clock", "ok"), ("credentials", "failed")];
        assert_eq!(steps(&report), [&WAY[..], &ends].concat());
        let said = words(&report, "credentials");
        assert!(said.contains("access key or its secret is wrong") && said.contains("APIGW.0301"), "{said}");
        let calls = cloud.calls_with_a_key();
        assert_eq!(calls.len(), 2, "one for each of the two: {calls:?}");
    }
}

#[test]
fn a_refusal_by_the_first_list_ends_the_walk() {
    let refusal = r#","rejection":{"stage":"gateway","operations":["server-models","phone-models"],"status":401,"code":"APIGW.0301","message":"no"}"#;
    let cloud = Cloud::start(refusal);
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &["--project-id", "p"]);
    let report = home.json(&["doctor"]);
    let ends = [("clock", "ok"), ("credentials", "ok"), ("project", "ok"), ("permission", "failed")];
    assert_eq!(steps(&report), [&WAY[..], &ends].concat());
    assert!(words(&report, "permission").starts_with("server flavors: "), "{report}");
    let calls = cloud.calls_with_a_key();
    assert_eq!(calls.len(), 3, "two of IAM and one list: {calls:?}");
}

#[test]
fn what_cannot_be_reached_is_not_asked() {
    let home = Home::with_keys(SECRET);
    // Nobody listens at the first port of a machine.
    let args = ["add", "test", "--region", "cn-north-4", "--endpoint", "https://127.0.0.1:1", "--test-endpoint"];
    home.done(&args);
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.out.contains("FAILED  connect        127.0.0.1:1: The connection was refused: nothing"),
        "{}",
        said.out
    );
    assert!(
        said.out.contains("For a network administrator:") && said.out.contains("    127.0.0.1:1  "),
        "{}",
        said.out
    );
    assert_eq!(steps(&home.json(&["doctor"])), [("name", "ok"), ("connect", "failed")]);
}

#[test]
fn a_certificate_of_nobody_known_ends_the_walk_before_any_key() {
    let cloud = Cloud::start("");
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &[]);
    home.done(&["edit", "test", "--clear", "ca_file"]);
    let report = home.json(&["doctor"]);
    assert_eq!(steps(&report), [("name", "ok"), ("connect", "ok"), ("TLS", "failed")]);
    assert!(words(&report, "TLS").contains("set ca_file in the profile"), "{report}");
    assert_eq!(cloud.calls_with_a_key(), Vec::<String>::new());
}

#[test]
fn a_ca_file_that_cannot_be_used_ends_the_walk_before_any_call() {
    let home = Home::with_keys(SECRET);
    let args = ["add", "test", "--region", "cn-north-4", "--endpoint", "https://127.0.0.1:1", "--test-endpoint"];
    home.done(&args);
    home.write("not-one.pem", "a certificate");
    let path = home.path("not-one.pem").display().to_string();
    for (file, words_of) in [("/nowhere/ca.pem", "does not exist"), (&path, "holds no certificate in PEM form")] {
        home.done(&["edit", "test", "--ca-file", file]);
        let report = home.json(&["doctor"]);
        assert_eq!(steps(&report), [("ca_file", "failed")]);
        assert_eq!(words(&report, "ca_file"), format!("The CA file {file} {words_of} (profile test)."));
        assert_eq!(report["hosts"][0]["host"], "127.0.0.1");
    }
}

#[test]
fn a_clock_that_is_off_is_found_and_explains_the_refusal() {
    for (offset, side) in [(3_600, "behind"), (-3_600, "ahead of")] {
        let cloud = Cloud::start(&format!(r#","clock_offset_s":{offset}"#));
        let home = Home::with_keys(SECRET);
        cloud.account(&home, &["--project-id", "p"]);
        let said = home.profile(&["doctor"]);
        assert_eq!(said.code, 1);
        let line = said.out.lines().find(|line| line.starts_with("FAILED  clock ")).unwrap_or_default();
        assert!(line.contains(side) && line.contains("set the clock"), "{}", said.out);
        assert!(
            said.out.contains("FAILED  credentials    The signature was refused: this machine's clock"),
            "{}",
            said.out
        );
        assert!(!said.out.contains("permission"), "{}", said.out);
        assert_eq!(cloud.calls_with_a_key().len(), 1);
    }
}

#[test]
fn a_project_of_others_is_found() {
    let cloud = Cloud::start("");
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &["--project-id", "elsewhere"]);
    let report = home.json(&["doctor"]);
    assert!(words(&report, "project").starts_with("elsewhere is not among the projects"), "{report}");
    assert!(steps(&report).contains(&("credentials", "ok")) && steps(&report).contains(&("permission", "failed")));
    assert_eq!(home.profile(&["doctor"]).code, 1);
    home.done(&["edit", "test", "--clear", "project_id", "--project-name", "cn-north-4_nobody"]);
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 1);
    assert!(
        said.out.contains("FAILED  project        These credentials open no project cn-north-4_nobody"),
        "{}",
        said.out
    );
}

#[test]
fn a_permission_that_is_missing_is_named_and_the_others_are_tried() {
    let refusal =
        r#","rejection":{"stage":"gateway","operations":["bandwidths"],"status":403,"code":"CPS.0001","message":"no"}"#;
    let cloud = Cloud::start(refusal);
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &["--project-id", "p"]);
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 1);
    let failed: Vec<&str> = said.out.lines().filter(|line| line.starts_with("FAILED")).collect();
    assert_eq!(failed.len(), 1, "{}", said.out);
    assert!(failed[0].starts_with("FAILED  permission     shared bandwidths: ") && failed[0].contains("CPS.0001"));
    assert_eq!(said.out.matches("ok      permission ").count(), 6, "{}", said.out);
}

#[test]
fn without_credentials_the_way_is_tried_all_the_same() {
    let cloud = Cloud::start("");
    let bare = Home::new();
    cloud.account(&bare, &[]);
    let report = bare.json(&["doctor"]);
    assert_eq!(steps(&report), [&[("credentials", "failed")], &WAY[..]].concat());
    assert_eq!(bare.profile(&["doctor"]).code, 1);
    // What is asked for at each start is no fault of the account.
    bare.done(&["edit", "test", "--credentials", "password", "--domain-name", "us", "--user-name", "me"]);
    let said = bare.profile(&["doctor"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(
        said.out.contains("?       credentials    a password is asked for at each start of the wizard"),
        "{}",
        said.out
    );
    assert_eq!(cloud.calls_with_a_key(), Vec::<String>::new());
}

#[test]
fn an_endpoint_here_is_refused_until_the_profile_means_it() {
    let cloud = Cloud::start("");
    let home = Home::with_keys(SECRET);
    cloud.account(&home, &["--project-id", "p"]);
    home.done(&["edit", "test", "--clear", "test-endpoint"]);
    let report = home.json(&["doctor"]);
    assert_eq!(steps(&report), [("endpoint", "failed")]);
    assert!(words(&report, "endpoint").contains("CPH_WIZARD_TEST_ENDPOINT=1"), "{report}");
    assert_eq!(report["hosts"][0]["host"], "127.0.0.1");
    let home = home.env("CPH_WIZARD_TEST_ENDPOINT", "1");
    assert_eq!(home.profile(&["doctor"]).code, 0);
}

#[test]
fn a_proxy_is_tried_in_place_of_the_hosts_and_shown_without_its_password() {
    let home = Home::with_keys(SECRET);
    home.done(&["add", "work", "--region", "cn-north-4", "--project-id", "p"]);
    // Nobody listens there, so that nothing leaves this machine.
    let home = home.env("HTTPS_PROXY", &format!("http://us:{SECRET}@127.0.0.1:1"));
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 1);
    for line in [
        "ok      proxy          127.0.0.1:1 (environment HTTPS_PROXY or ALL_PROXY)",
        "    cph.cn-north-4.myhuaweicloud.com:443  Cloud Phone, by CONNECT through 127.0.0.1:1 (environment)",
        "    kms.cn-north-4.myhuaweicloud.com:443  KPS, by CONNECT through 127.0.0.1:1 (environment)",
    ] {
        assert!(said.out.lines().any(|shown| shown == line), "{line}\n{}", said.out);
    }
    home.done(&["edit", "work", "--proxy", "http://127.0.0.1:2"]);
    let report = home.json(&["doctor"]);
    assert_eq!(report["account"]["proxy"], json!({ "value": "127.0.0.1:2", "from": "profile:work" }));
    assert_eq!(report["hosts"][0]["proxy"], "127.0.0.1:2 (profile)");
    assert_eq!(steps(&report), [("name", "ok"), ("connect", "failed")].repeat(3));
}

#[test]
fn the_environment_overrides_the_profile_and_is_named() {
    let cloud = Cloud::start("");
    let home = Home::new();
    cloud.account(&home, &[]);
    let home = home
        .env("HW_ACCESS_KEY", ACCESS_KEY)
        .env("HW_SECRET_KEY", SECRET)
        .env("CPH_WIZARD_CREDENTIALS", "terraform-environment")
        .env("CPH_WIZARD_PROJECT_ID", "p");
    let said = home.profile(&["doctor"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    assert!(said.out.contains("ok      project        p (environment CPH_WIZARD_PROJECT_ID)\n"), "{}", said.out);
    assert!(said.out.contains("(terraform-environment, environment CPH_WIZARD_CREDENTIALS)\n"), "{}", said.out);
}
