//! Which language the program speaks as a process, and what it says of a wrong command line.

use crate::test_home::{Home, Said};

fn run(home: &Home, args: &[&str]) -> Said {
    let output = home.command(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

const CHINESE: &str = "[profiles.work]\nregion = \"cn-north-4\"\nlanguage = \"zh\"\n";

#[test]
fn help_and_errors_are_told_in_the_language_of_flag_variable_settings_and_locale() {
    let homes = [
        (Home::new(), &["--language", "zh-CN"][..]),
        (Home::new().env("CPH_WIZARD_LANGUAGE", "zh"), &[]),
        (Home::with(CHINESE), &[]),
        (Home::with("language = \"zh-CN\"\n"), &[]),
        (Home::new().env("LANG", "zh_CN.UTF-8"), &[]),
    ];
    for (home, flags) in &homes {
        let help = run(home, &[flags, &["orders", "-h"][..]].concat());
        assert!(help.code == 0 && help.out.contains("用法：cph-wizard orders") && help.err.is_empty(), "{}", help.out);
        let wrong = run(home, &[flags, &["orders", "--no-such"][..]].concat());
        assert!(
            wrong.code == 2 && wrong.out.is_empty() && wrong.err.contains("此处没有选项 --no-such"),
            "{}",
            wrong.err
        );
    }
    let english = run(&homes[2].0, &["--language", "en", "orders", "-h"]);
    assert!(english.out.contains("Usage: cph-wizard orders"), "{}", english.out);
    let c = Home::new().env("LC_ALL", "C").env("LANG", "zh_CN.UTF-8");
    assert!(run(&c, &["-h"]).out.contains("Usage: cph-wizard"));
}

#[test]
fn a_language_that_is_not_spoken_is_one_sentence() {
    let said = run(&Home::new(), &["orders", "--language", "canary"]);
    let expected = "cph-wizard: --language names no language of this program: en and zh-CN are right\n";
    assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (2, "", expected));
    let of_variable = run(&Home::new().env("CPH_WIZARD_LANGUAGE", "de"), &["-h"]);
    assert!(of_variable.code == 2 && of_variable.err.starts_with("cph-wizard: CPH_WIZARD_LANGUAGE names no"));
}

#[test]
fn the_language_that_is_spoken_is_shown_with_its_reason() {
    let home = Home::with(CHINESE);
    let said = home.done(&["show"]);
    assert!(said.lines().any(|line| line.starts_with("当前语言          zh-CN")), "{said}");
    let locale = Home::with("[profiles.work]\nregion = \"cn-north-4\"\n").env("LANG", "en_GB.UTF-8");
    assert!(locale.done(&["show"]).contains("spoken            en (environment LANG)"), "{}", locale.done(&["show"]));
}

#[test]
fn members_codes_and_origins_in_json_are_the_same_in_every_language() {
    let home = Home::with(CHINESE);
    let chinese = home.json(&["show"]);
    let english = Home::with(&CHINESE.replace("\"zh\"", "\"en\"")).json(&["show"]);
    assert_eq!(chinese["language"], serde_json::json!({ "value": "zh-CN", "from": "profile:work" }));
    for member in ["profile", "defaults"] {
        assert_eq!(chinese[member], english[member]);
    }
    assert_eq!(chinese["values"]["endpoint"], english["values"]["endpoint"]);
    assert_eq!(chinese["credentials"]["from"], english["credentials"]["from"]);
}

#[test]
fn a_wrong_command_line_is_told_in_two_lines_and_without_what_cannot_be_seen() {
    let said = run(&Home::new(), &["orders", "li\u{1b}[2Jst"]);
    assert_eq!((said.code, said.err.lines().count()), (2, 2), "{}", said.err);
    assert!(!said.err.contains('\u{1b}') && said.err.ends_with("`cph-wizard orders --help` shows what is right.\n"));
}

#[test]
fn the_version_says_what_it_is_built_from_and_for() {
    let said = run(&Home::new(), &["--version"]);
    let expected = format!("cph-wizard {} (", env!("CARGO_PKG_VERSION"));
    assert!(said.code == 0 && said.out.starts_with(&expected) && said.out.contains("linux"), "{}", said.out);
}
