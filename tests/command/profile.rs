//! `profile list`, `show`, `add`, `edit`, `remove`, `use`: what they write, and what they say.

use serde_json::json;

use crate::test_home::{Home, SECRET, mode};

const FILE: &str = "# of our team\nmouse = false # the wheel\nprofile = \"work\"\n\n# the one that pays\n[profiles.work]\n\
                    region = \"cn-north-4\" # near\n# asks first\nproject_id = \"p1\"\n\n[profiles.work.defaults]\n\
                    count = 2 # two racks\n\n[profiles.home]\nregion = \"ap-southeast-3\"\n";

#[test]
fn a_first_profile_makes_the_file_for_its_owner_alone() {
    let home = Home::new();
    assert!(home.done(&[]).starts_with("No profile is set up yet."));
    assert_eq!(home.json(&["list"])["profiles"], json!([]));
    assert!(!home.settings().exists(), "looking makes nothing");
    let said = home.done(&["add", "work", "--region", "cn-north-4", "--project-id", "p1", "--use"]);
    assert!(said.starts_with("Profile work is set up in ") && said.contains("Profile work is in use."), "{said}");
    assert!(said.ends_with("Next: cph-wizard profile doctor work\n"), "{said}");
    let expected = "version = 2\nprofile = \"work\"\n\n[profiles.work]\nregion = \"cn-north-4\"\nproject_id = \"p1\"\n";
    assert_eq!(home.text(), expected);
    assert_eq!((mode(&home.settings()), mode(home.settings().parent().unwrap())), (0o600, 0o700));
}

#[test]
fn every_flag_of_add_is_kept_as_its_entry() {
    let home = Home::new();
    let flags = [
        ("--project-id", "p1"),
        ("--project-name", "cn-north-4_team"),
        ("--credentials", "password"),
        ("--token-file", "~/token"),
        ("--credentials-file", "~/keys"),
        ("--domain-name", "us"),
        ("--user-name", "me"),
        ("--endpoint", "https://cph.example"),
        ("--iam-endpoint", "https://iam.example"),
        ("--ecs-endpoint", "https://ecs.example"),
        ("--kps-endpoint", "https://kps.example"),
        ("--ca-file", "/ca.pem"),
        ("--proxy", "http://proxy.example:3128"),
        ("--language", "zh"),
        ("--theme", "dark"),
    ];
    let mut args = vec!["add", "work", "--region", "cn-north-4", "--test-endpoint", "--default", "count=3"];
    args.extend(flags.iter().flat_map(|(flag, value)| [*flag, *value]));
    args.extend(["--default", "extend_param.is_auto_pay=no"]);
    home.done(&args);
    let shown = home.json(&["show", "work"]);
    for (flag, value) in flags {
        let entry = flag.trim_start_matches('-').replace('-', "_");
        let found =
            if entry == "credentials" { &shown["credentials"]["kind"] } else { &shown["values"][&entry]["value"] };
        assert_eq!(found, value, "{flag}: {shown}");
    }
    assert_eq!(shown["values"]["test_endpoint"]["value"], "true");
    assert_eq!(shown["defaults"], json!({ "count": 3, "extend_param.is_auto_pay": false }));
}

#[test]
fn the_list_marks_the_profile_in_use() {
    let home = Home::with(FILE);
    let said = home.done(&["list"]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("  home") && lines[0].contains("ap-southeast-3 (Singapore)"), "{said}");
    assert!(lines[1].starts_with("* work") && lines[1].contains("credentials: auto"), "{said}");
    let row = json!({ "name": "work", "region": "cn-north-4", "credentials": "auto", "in_use": true });
    assert_eq!(home.json(&["list"])["profiles"][1], row);
    let other = Home::with(FILE).env("CPH_WIZARD_PROFILE", "home").done(&["list"]);
    assert!(other.starts_with("* home"), "{other}");
    let none = Home::with(&FILE.replace("profile = \"work\"\n", "")).profile(&["list"]);
    assert!(none.code == 0 && !none.out.contains('*') && none.err.contains("profile use NAME"), "{}", none.err);
    let gone = Home::with(&FILE.replace("profile = \"work\"", "profile = \"wrk\"")).profile(&["list"]);
    assert!(gone.code == 0 && gone.err.contains("did you mean work?"), "{}", gone.err);
}

#[test]
fn each_value_is_shown_with_where_it_came_from() {
    let home = Home::with(FILE).env("CPH_WIZARD_REGION", "cn-east-3").env("CPH_WIZARD_TOKEN", SECRET);
    let said = home.done(&["show", "--project-id", "p2"]);
    for line in [
        "profile           work (settings)",
        "region            cn-east-3 (environment CPH_WIZARD_REGION)",
        "project_id        p2 (flag)",
        "endpoint          https://cph.cn-east-3.myhuaweicloud.com (default)",
        "credentials       token (environment CPH_WIZARD_TOKEN)",
        "  found           a token of 17 characters, from the variable CPH_WIZARD_TOKEN",
        "default           count = 2 (profile work)",
    ] {
        assert!(said.lines().any(|shown| shown == line), "{line}\n{said}");
    }
    let plain = Home::with(FILE);
    let shown = plain.json(&["show", "work"]);
    assert_eq!(shown["profile"], json!({ "value": "work", "from": "flag" }));
    assert_eq!(shown["values"]["project_id"], json!({ "value": "p1", "from": "profile:work" }));
    assert_eq!(shown["credentials"]["ready"], false);
    assert_eq!(shown["files"]["settings"], plain.settings().display().to_string());
    assert_eq!(shown["files"]["journal"], plain.path("state/cph-wizard/live").display().to_string());
}

#[test]
fn credentials_are_shown_by_their_place_and_masked() {
    let keys = Home::with_keys(SECRET);
    keys.done(&["add", "work", "--region", "cn-north-4"]);
    let said = keys.done(&["show"]);
    assert!(said.contains("  found           access key FAKE...S001, from the SDK's file "), "{said}");
    let shown = keys.env("CPH_WIZARD_TOKEN", SECRET).env("CPH_WIZARD_CREDENTIALS", "auto").json(&["show"]);
    let credentials = &shown["credentials"];
    assert_eq!((&credentials["masked"], &credentials["ready"]), (&json!("FAKE...S001"), &json!(true)));
    assert_eq!(credentials["others"][0]["source"]["kind"], "token_environment");
    let asked = Home::new();
    asked.done(&["add", "work", "--region", "cn-north-4", "--credentials", "typed"]);
    assert!(asked.done(&["show"]).contains("  found           an access key is asked for at each start"));
}

#[test]
fn an_edit_changes_what_it_names_and_keeps_every_comment() {
    let home = Home::with(FILE);
    let default = ["--default", "extend_param.period_num=3", "--clear-default", "count"];
    home.done(&[&["edit", "work", "--region", "cn-east-3", "--clear", "project-id"], &default[..]].concat());
    let expected = FILE
        .replace("\"cn-north-4\"", "\"cn-east-3\"")
        .replace("# asks first\nproject_id = \"p1\"\n", "")
        .replace("count = 2 # two racks\n", "\"extend_param.period_num\" = 3\n");
    assert_eq!(home.text(), expected);
    home.done(&["edit", "home", "--use"]);
    assert_eq!(home.text(), expected.replace("profile = \"work\"", "profile = \"home\""));
    assert_eq!(mode(&home.settings()), 0o600);
}

#[test]
fn a_profile_is_put_in_use_and_removed() {
    let home = Home::with(FILE);
    assert!(home.refused(&["remove", "work"]).contains("work is the profile in use; use another one first: home"));
    assert_eq!(home.text(), FILE);
    assert_eq!(home.done(&["use", "home"]), "Profile home is in use.\n");
    assert!(home.done(&["remove", "work"]).starts_with("Profile work is removed from "));
    home.done(&["remove", "home"]);
    let left = home.text();
    assert!(left.starts_with("# of our team\nmouse = false # the wheel\n") && !left.contains("profiles."), "{left}");
    for words in [["remove", "home"], ["use", "home"], ["edit", "home"]] {
        assert!(home.refused(&words).contains("there is no profile home; none is set up yet"));
    }
}

#[test]
fn a_file_may_be_named() {
    let home = Home::new();
    let file = home.path("made/ours.toml");
    let named = file.display().to_string();
    let said = home.done(&["add", "work", "--region", "cn-north-4", "--config", &named]);
    assert!(said.contains(&format!("profile doctor work --config {named}\n")), "{said}");
    assert_eq!((mode(&file), mode(file.parent().unwrap())), (0o600, 0o700));
    assert!(home.done(&["list", "--config", &named]).starts_with("* work"));
    assert!(home.done(&["--config", &named, "show"]).starts_with("profile           work (settings)"));
    assert!(!home.settings().exists());
}

#[test]
fn an_endpoint_here_is_kept_and_told_to_be_refused() {
    let home = Home::new();
    let endpoint = ["--endpoint", "http://127.0.0.1:4010"];
    let said = home.profile(&[&["add", "test", "--region", "x-1"], &endpoint[..]].concat());
    assert!(said.code == 0 && said.err.contains("--test-endpoint"), "{}", said.err);
    assert_eq!(home.profile(&["edit", "test", "--test-endpoint"]).err, "");
    assert!(home.text().ends_with("test_endpoint = true\n"), "{}", home.text());
    home.done(&["edit", "test", "--test-endpoint=false"]);
    assert!(home.text().ends_with("test_endpoint = false\n"), "{}", home.text());
}
