//! `template`, `schema` and `export` as commands: what they write and what they refuse.

use serde_json::Value;

use crate::exports::{checked_hash, exported, fed, text};
use crate::test_home::{Home, SECRET};

pub fn template(home: &Home, more: &[&str]) -> String {
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

/// NUL is the one character that no command line can hold.
#[test]
fn an_order_that_a_language_cannot_hold_is_refused_in_words() {
    let home = Home::new();
    let port = r#""ports": [{ "name": "a\u0000b", "listen_port": 20000, "internet_accessible": "true" }],"#;
    let order = template(&home, &["--minimal"]).replacen("\"band_width\"", &format!("{port} \"band_width\""), 1);
    let output = fed(&home, &["export", "-", "--as", "hcloud"], &order);
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""));
    assert!(text(&output.stderr).contains("the character U+0000, which no command line can hold"));
    for format in ["curl", "http", "terraform", "python", "go"] {
        assert!(exported(&home, format, &order).contains("u0000"), "{format}");
    }
    // A backslash before it makes it a name of six letters.
    let spelled = order.replace("\\u0000", "\\\\u0000");
    assert!(exported(&home, "hcloud", &spelled).contains("--ports.1.name='a\\u0000b'"));
}
