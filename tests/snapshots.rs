//! The files of snapshots as a whole: few enough lines for a person to review, and every file is used.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of all files of snapshots together.
const MOST_LINES: usize = 25_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder whose names end so, by their paths from the root.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path.strip_prefix(root()).unwrap_or(&path).to_owned());
        }
    }
    found
}

/// Every file of a snapshot, and what is in it.
fn snapshots() -> Vec<(PathBuf, String)> {
    let files = ["src", "tests"].into_iter().flat_map(|folder| files(&root().join(folder), "snap"));
    files.map(|file| (file.clone(), fs::read_to_string(root().join(file)).unwrap())).collect()
}

#[test]
fn all_snapshots_can_be_reviewed() {
    let snapshots = snapshots();
    let lines: usize = snapshots.iter().map(|(_, text)| text.lines().count()).sum();
    assert!(lines <= MOST_LINES, "{} files have {lines} lines, {MOST_LINES} are the most", snapshots.len());
    assert!(lines > 1_000, "{lines} lines are not all of them");
}

/// The modules of a source as they stand before the name of a snapshot: `rules__files__exports`.
fn module(source: &Path) -> String {
    let text = source.with_extension("").to_str().unwrap().replace('/', "__");
    let module = text.strip_prefix("tests__").map_or_else(|| text.replacen("src", "cph_wizard", 1), str::to_owned);
    module.trim_end_matches("__main").trim_end_matches("__mod").to_owned()
}

/// Why nobody compares a file any more; nothing if somebody does.
fn stale(file: &Path, text: &str) -> Option<String> {
    let source = text.lines().find_map(|line| line.strip_prefix("source: ")).map(PathBuf::from);
    let Some(source) = source.filter(|source| root().join(source).is_file()) else {
        return Some("its source is not there".to_owned());
    };
    let module = module(&source);
    let name = file.file_stem().unwrap().to_str().unwrap();
    let Some(name) = name.strip_prefix(&module).and_then(|rest| rest.strip_prefix("__")) else {
        return Some(format!("its name does not begin with {module}"));
    };
    if file.parent() != Some(&source.parent().unwrap().join("snapshots")) {
        return Some("it lies beside another source".to_owned());
    }
    let code = fs::read_to_string(root().join(&source)).unwrap();
    let is_named = code.contains(&format!("\"{name}\"")) || code.contains(&format!("fn {name}()"));
    // Where names are made while a suite runs, the suite holds them against its files.
    let suite = files(&root().join(source.parent().unwrap()), "rs");
    let is_checked = suite.iter().any(|file| {
        let code = fs::read_to_string(root().join(file)).unwrap();
        code.contains("assert_no_stale(") && code.contains(&format!("\"{module}\""))
    });
    (!is_named && !is_checked).then(|| format!("{} does not name {name}", source.display()))
}

#[test]
fn every_snapshot_is_compared() {
    let left: Vec<String> = snapshots()
        .iter()
        .filter_map(|(file, text)| Some(format!("{}: {}", file.display(), stale(file, text)?)))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn a_file_that_nobody_compares_is_found() {
    let text = "---\nsource: tests/codes/main.rs\n---\n";
    assert_eq!(stale(Path::new("tests/codes/snapshots/codes__every_code.snap"), text), None);
    for (file, text) in [
        ("tests/codes/snapshots/codes__no_code.snap", text),
        ("tests/codes/snapshots/linear__every_code.snap", text),
        ("tests/rules/snapshots/codes__every_code.snap", text),
        ("tests/codes/snapshots/codes__every_code.snap", "---\nsource: tests/codes/gone.rs\n---\n"),
    ] {
        assert!(stale(Path::new(file), text).is_some(), "{file}");
    }
}

#[test]
fn modules_are_named_as_in_the_files() {
    for (source, expected) in [
        ("tests/help/main.rs", "help"),
        ("tests/rules/files/mod.rs", "rules__files"),
        ("tests/rules/files/exports.rs", "rules__files__exports"),
        ("src/purchase/tests/reasons.rs", "cph_wizard__purchase__tests__reasons"),
    ] {
        assert_eq!(module(Path::new(source)), expected);
    }
}
