use super::*;
use crate::cli::command;
use crate::i18n::{Language, with_language};

struct Invented;

fn words(words: &[&str]) -> Vec<(String, String)> {
    words.iter().map(|word| ((*word).to_owned(), String::new())).collect()
}

impl Values for Invented {
    fn profiles(&self) -> Vec<(String, String)> {
        words(&["play", "work"])
    }

    fn templates(&self) -> Vec<(String, String)> {
        words(&["farm"])
    }

    fn orders(&self) -> Vec<(String, String)> {
        words(&["3f2a0000", "99990000"])
    }
}

fn offered(line: &str) -> Offer {
    let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
    offer(&command(), &words, &Invented)
}

fn names(line: &str) -> String {
    match offered(line) {
        Offer::Words(words) => words.into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" "),
        Offer::Files => "FILES".into(),
        Offer::Folders => "FOLDERS".into(),
    }
}

#[test]
fn words_of_every_kind_are_offered_where_they_may_stand() {
    for (line, expected) in [
        ("ord", "orders"),
        ("orders show ", "3f2a0000 99990000"),
        ("orders show 9", "99990000"),
        ("orders reconcile 9 --prof", "--profile"),
        ("orders reconcile --profile w", "work"),
        ("--profile ", "play work"),
        ("--profile=w", "--profile=work"),
        ("--template ", "farm"),
        ("profile use w", "work"),
        ("profile add w", ""),
        ("profile edit work --clear proj", "project_id project_name"),
        ("profile edit work --credentials to", "token-file token"),
        ("--demo=sold", "--demo=sold-out"),
        ("simulate --scene token", "token-expired"),
        ("--language ", "en zh-CN"),
        ("orders --language zh", "zh-CN"),
        ("--region cn-north-", "cn-north-4 cn-north-9"),
        ("--set cou", "count="),
        ("--set is_auto_pay=", "is_auto_pay=false is_auto_pay=true"),
        ("--set period_type=m", "period_type=month"),
        ("--set=is_auto_pay=t", "--set=is_auto_pay=true"),
        ("--color a", "auto always"),
        ("--no-mouse --no-m", ""),
        ("--set count=3 --se", "--set"),
        ("check ", "FILES"),
        ("check order.json ", ""),
        ("--from ", "FILES"),
        ("--from=x", "FILES"),
        ("--state-dir ", "FOLDERS"),
        ("--log run.log -v orders sh", "show"),
        ("check -- --js", "FILES"),
        ("completions p", "powershell"),
        ("nonsense --more", ""),
    ] {
        assert_eq!(names(line), expected, "{line}");
    }
    let all = names("orders ");
    assert!(["list", "show", "reconcile"].iter().all(|name| all.split(' ').any(|word| word == *name)), "{all}");
}

#[test]
fn what_a_word_is_is_said_in_the_language_that_is_spoken() {
    let said = |line: &str| match offered(line) {
        Offer::Words(words) => words[0].1.clone(),
        Offer::Files | Offer::Folders => String::new(),
    };
    assert_eq!(said("--set cou"), "Count");
    assert_eq!(with_language(Language::Chinese, || said("--set cou")), "数量");
}

#[test]
fn whatever_stands_before_there_is_an_answer() {
    for line in ["", "-", "--", "-- ", "=", "--=", "--set", "--set=", "-v", "-vv -", "orders -- -- --", "\u{1b}[2J ="] {
        let _ = offered(line);
    }
    assert_eq!(offer(&command(), &[], &Invented), offered(""));
}
