//! `man`: a page for every command, which the tools for such pages read without a word.

use std::fs;
use std::process::Command;

use cph_wizard::cli;
use cph_wizard::i18n::{Language, with_language};

use crate::stale_snapshots::assert_no_stale;
use crate::test_home::Home;

fn pages(language: Language) -> Vec<(String, String)> {
    with_language(language, || {
        let root = cli::translated_command();
        let named = cli::paths(&root).into_iter().map(|path| {
            let name = [&["cph-wizard"], &path[..]].concat().join("-");
            (name, cli::man_page(&root, &path).unwrap())
        });
        named.collect()
    })
}

/// Sections that are the same on every page; the snapshot of the first page has them.
const SHARED: [&str; 3] = ["\"EXIT STATUS\"", "FILES", "ENVIRONMENT"];

/// The sections of a page with their headings; the first one is what comes before any heading.
fn sections(page: &str) -> Vec<&str> {
    let starts = page.match_indices("\n.SH ").map(|(at, _)| at + 1);
    let bounds: Vec<usize> = [0].into_iter().chain(starts).chain([page.len()]).collect();
    bounds.windows(2).map(|pair| &page[pair[0]..pair[1]]).collect()
}

fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = format!(".SH {heading}\n");
    sections(page).into_iter().find(|section| section.starts_with(&start)).unwrap()
}

#[test]
fn the_page_of_every_command() {
    let pages = pages(Language::English);
    let (_, root) = &pages[0];
    for (name, page) in &pages {
        for heading in ["NAME", "SYNOPSIS", "OPTIONS", "EXAMPLES"] {
            assert!(page.contains(&format!("\n.SH {heading}\n")), "{name} has no {heading}");
        }
        let mut shown = page.clone();
        for heading in SHARED {
            assert_eq!(section(page, heading), section(root, heading), "{name}");
            if page != root {
                shown = shown.replace(section(page, heading), &format!(".SH {heading}\n(as of the program)\n"));
            }
        }
        insta::assert_snapshot!(format!("man-{name}"), shown);
    }
    let names: Vec<String> = pages.iter().map(|(name, _)| format!("man-{name}")).collect();
    assert_no_stale("tests/command/snapshots", "command__man", &names);
}

#[test]
fn the_tools_for_pages_read_them_without_a_warning() {
    let home = Home::new();
    for language in Language::ALL {
        for (name, page) in pages(language) {
            let file = home.path(&format!("{name}.1"));
            fs::write(&file, page).unwrap();
            let mut groff = Command::new("groff");
            groff.args(["-man", "-Kutf8", "-Tutf8", "-ww", "-z"]).arg(&file);
            let Ok(read) = groff.output() else {
                eprintln!("SKIPPED: groff is not installed, so no page is read");
                return;
            };
            let said = String::from_utf8_lossy(&read.stderr);
            assert!(read.status.success() && said.is_empty(), "{name}: {said}");
        }
    }
}

#[test]
fn a_page_is_printed_and_all_are_written() {
    let home = Home::new();
    let printed = home.command(&["man", "orders", "show"]).output().unwrap();
    let folder = home.path("pages");
    fs::create_dir(&folder).unwrap();
    let written = home.command(&["man", "--dir", folder.to_str().unwrap()]).output().unwrap();
    assert!(printed.status.success() && written.status.success(), "{printed:?} {written:?}");
    let mut files: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let mut names: Vec<String> = pages(Language::English).into_iter().map(|(name, _)| format!("{name}.1")).collect();
    files.sort();
    names.sort();
    assert_eq!(files, names);
    let file = fs::read_to_string(folder.join("cph-wizard-orders-show.1")).unwrap();
    assert_eq!(String::from_utf8(printed.stdout).unwrap().trim_end(), file.trim_end());
    let unknown = home.command(&["man", "ordres"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("There is no command ordres"), "{unknown:?}");
    let nowhere = home.command(&["man", "--dir", "none/such"]).output().unwrap();
    assert_eq!(nowhere.status.code(), Some(2), "{nowhere:?}");
}
