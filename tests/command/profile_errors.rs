//! What `profile` refuses: with exit code 2, the right way in words, and nothing written.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::test_home::{Home, SECRET};

const FILE: &str = "# ours\n[profiles.work]\nregion = \"cn-north-4\"\n";

#[test]
fn a_wrong_value_says_what_would_be_right_and_nothing_is_written() {
    for (flags, right) in [
        (&["--region", "Peking"][..], "--region has 1 to 32 small letters"),
        (&["--credentials", "koocly"], "did you mean koocli?"),
        (&["--endpoint", "http://cph.example"], "--endpoint: The endpoint is plain http to another machine"),
        (&["--ecs-endpoint", "https://ecs.example/v2"], "--ecs-endpoint: The endpoint has something after the host"),
        (&["--iam-endpoint", "https://us:canary@iam.example"], "without a user name or a password"),
        (&["--proxy", "http://us:canary@proxy:3128"], "goes into the environment's HTTPS_PROXY"),
        (&["--language", "de"], "--language is en or zh-CN"),
        (&["--test-endpoint=perhaps"], "--test-endpoint is true or false"),
        (&["--default", "count=11"], "--default count: "),
        (&["--default", "extend_param.period_type=week"], "is one of: month, year"),
        (&["--default", "counts=1"], "did you mean count?"),
        (&["--default", "ports=80"], "cannot have a default"),
        (&["--default", "count"], "FIELD=VALUE"),
    ] {
        let home = Home::with(FILE);
        let said = home.refused(&[&["edit", "work", "--theme", "dark"], flags].concat());
        assert!(said.contains(right), "{flags:?}: {said}");
        assert_eq!(home.text(), FILE, "{flags:?}");
        let fresh = Home::new();
        let flags: Vec<&str> =
            if flags[0] == "--region" { flags.to_vec() } else { [&["--region", "x-1"], flags].concat() };
        assert!(fresh.refused(&[&["add", "work"], &flags[..]].concat()).contains(right), "{flags:?}");
        assert!(!fresh.settings().exists(), "{flags:?}");
    }
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let home = Home::with(FILE);
    for (words, right) in [
        (&["show", "wrok"][..], "there is no profile wrok (did you mean work?)"),
        (&["doctor", "other"], "there is no profile other; there are work"),
        (&["edit", "wrok", "--theme", "dark"], "did you mean work?"),
        (&["use", "wrok"], "did you mean work?"),
        (&["remove", "wrok"], "did you mean work?"),
        (&["add", "work", "--region", "x-1"], "there is already a profile work"),
        (&["add", "Work", "--region", "x-1"], "the name of a profile has 1 to 32 small letters"),
        (&["add", "other"], "--region <REGION>"),
        (&["edit", "work"], "nothing to change was given"),
        (&["edit", "work", "--clear", "regoin"], "--clear takes one of region, project_id"),
        (&["edit", "work", "--clear", "region"], "region cannot be left out"),
        (&["edit", "work", "--clear-default", "count"], "the profile work has no defaults"),
        (&["list", "--config", "nowhere.toml"], "there is no such file"),
        (&["show", "--project-id", "a b"], "--project-id has 1 to 64"),
    ] {
        let said = home.refused(words);
        assert!(said.contains(right), "{words:?}: {said}");
        assert_eq!(home.text(), FILE, "{words:?}");
    }
    let none = Home::new();
    assert!(none.refused(&["show"]).contains("no account is set up"));
    assert!(none.refused(&["use", "work"]).contains("none is set up yet"));
    assert!(none.refused(&["remove", "work"]).contains("none is set up yet"));
    assert!(!none.settings().exists());
    let wrong = Home::with(FILE).env("CPH_WIZARD_PROJECT_ID", SECRET).env("CPH_WIZARD_REGION", "canary!");
    assert!(wrong.refused(&["show"]).contains("CPH_WIZARD_REGION has 1 to 32"));
}

#[test]
fn there_is_no_flag_for_a_secret() {
    let home = Home::new();
    for flag in ["--token", "--password", "--secret-key", "--access-key", "--security-token", "--ak", "--sk"] {
        for command in [&["add", "work", "--region", "x-1"][..], &["edit", "work"], &["show"], &["doctor"]] {
            let said = home.refused(&[command, &[flag, SECRET]].concat());
            assert!(said.contains("There is no flag"), "{said}");
            home.refused(&[command, &[&format!("{flag}={SECRET}")]].concat());
        }
    }
    assert!(!home.settings().exists());
}

/// Every command that reads or writes the settings.
const ALL: [&[&str]; 7] = [
    &["list"],
    &["show", "work"],
    &["add", "other", "--region", "x-1"],
    &["edit", "work", "--theme", "dark"],
    &["remove", "work"],
    &["use", "work"],
    &["doctor", "work"],
];

#[test]
fn a_broken_file_is_told_with_line_and_column_by_every_command() {
    let text = format!("{FILE}secret_key = \"{SECRET}\"\n");
    let home = Home::with(&text);
    for words in ALL {
        let said = home.refused(words);
        assert!(said.contains("config.toml, line 4, column 1: keys, tokens and passwords are not kept"), "{said}");
    }
    assert_eq!(home.text(), text);
    let torn = Home::with("[profiles.work\n");
    assert!(torn.refused(&["list"]).contains("config.toml, line 1, column 15: "), "{}", torn.refused(&["list"]));
}

#[test]
fn a_file_that_others_can_read_is_refused_with_the_command_that_helps() {
    let home = Home::with(FILE);
    let file = home.settings();
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    for words in ALL {
        let said = home.refused(words);
        assert!(said.contains(&format!("chmod 600 {}", file.display())), "{said}");
    }
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    let folder = file.parent().unwrap();
    fs::set_permissions(folder, Permissions::from_mode(0o770)).unwrap();
    for words in ALL {
        let said = home.refused(words);
        assert!(said.contains(&format!("chmod go-w {}", folder.display())), "{said}");
    }
    assert_eq!(home.text(), FILE);
}

#[test]
fn a_key_file_that_others_can_read_is_told_and_not_used() {
    let home = Home::with_keys(SECRET);
    home.done(&["add", "work", "--region", "cn-north-4"]);
    let keys = home.path(".huaweicloud/credentials");
    fs::set_permissions(&keys, Permissions::from_mode(0o640)).unwrap();
    let said = home.done(&["show"]);
    assert!(said.contains("  found           none\n  not usable      the SDK's file "), "{said}");
    assert!(said.contains(&format!("chmod 600 {}\n", keys.display())), "{said}");
}

#[test]
fn a_link_in_the_place_of_the_file_is_refused() {
    let home = Home::with(FILE);
    let real = home.path("real.toml");
    fs::rename(home.settings(), &real).unwrap();
    symlink(&real, home.settings()).unwrap();
    for words in ALL {
        assert!(home.refused(words).contains("is a link; put the file itself in its place"));
    }
    assert_eq!(fs::read_to_string(&real).unwrap(), FILE);
}
