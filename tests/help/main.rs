//! What the command line says of itself, and of a line that is wrong, in every language.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../common/stale_snapshots.rs"]
mod stale_snapshots;

use std::ffi::OsString;

use clap::Command;
use cph_wizard::cli;
use cph_wizard::i18n::{Language, with_language};
use stale_snapshots::assert_no_stale;
use unicode_width::UnicodeWidthStr as _;

const WIDTH: usize = 80;

/// The words that lead to every command.
fn paths() -> Vec<String> {
    fn walk(command: &Command, path: &str, found: &mut Vec<String>) {
        found.push(path.to_owned());
        for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
            walk(sub, format!("{path} {}", sub.get_name()).trim(), found);
        }
    }
    let mut found = Vec::new();
    walk(&cli::command(), "", &mut found);
    found
}

fn page(path: &str, is_long: bool, language: Language) -> String {
    with_language(language, || cli::page(path, is_long, WIDTH)).unwrap()
}

#[test]
fn the_help_of_every_command() {
    let mut names = vec!["wrong".to_owned()];
    for path in paths() {
        let pages = [
            ("-h", page(&path, false, Language::English)),
            ("--help", page(&path, true, Language::English)),
            ("--help --language zh-CN", page(&path, true, Language::Chinese)),
        ];
        let shown = pages
            .map(|(flag, page)| format!("$ {}\n{page}", format!("cph-wizard {path}").trim().to_owned() + " " + flag));
        let name = if path.is_empty() { "form".to_owned() } else { path.replace(' ', "-") };
        insta::assert_snapshot!(name.clone(), shown.join("\n"));
        names.push(name);
    }
    assert_no_stale("tests/help/snapshots", "help", &names);
}

#[test]
fn no_line_of_the_help_is_too_long_or_ends_in_blanks() {
    for path in paths() {
        for (is_long, language) in Language::ALL.into_iter().flat_map(|one| [(true, one), (false, one)]) {
            for line in page(&path, is_long, language).lines() {
                assert!(line.width() <= WIDTH, "{path}: {} columns: {line}", line.width());
                assert_eq!(line, line.trim_end(), "{path}");
            }
        }
    }
}

#[test]
fn nothing_of_the_chinese_help_is_english() {
    let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    for path in paths() {
        for is_long in [true, false] {
            let shown = page(&path, is_long, Language::Chinese);
            for line in shown.lines().filter(|line| !line.contains("cph-wizard")) {
                let words: Vec<&str> = line.split(' ').collect();
                let sentence = words.windows(2).find(|pair| pair.iter().all(is_word));
                assert_eq!(sentence, None, "{path}: {line}");
            }
        }
    }
}

/// Command lines that are wrong, each in another way.
const WRONG: [&str; 25] = [
    "--no-such",
    "--profle work",
    "ordres",
    "zzz",
    "profile lst",
    "orders --jsno",
    "orders list extra",
    "check",
    "check a b",
    "buy",
    "profile add",
    "orders show",
    "simulate --ca-out ca.pem",
    "--color",
    "--color=blue",
    "--set",
    "simulate --scene",
    "simulate --listen here",
    "--no-mouse=1",
    "--last --last",
    "--last --template farm",
    "--from order.json --last",
    "--demo slow",
    "--last orders",
    "--language",
];

#[test]
fn every_way_in_which_a_command_line_is_wrong() {
    let said = |line: &str| {
        let words: Vec<OsString> = ["cph-wizard"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
        let of = |language| with_language(language, || cli::command_line_errors(&words).join("\n"));
        format!("$ cph-wizard {line}\n{}\n{}\n", of(Language::English), of(Language::Chinese))
    };
    insta::assert_snapshot!("wrong", WRONG.map(said).join("\n"));
}
