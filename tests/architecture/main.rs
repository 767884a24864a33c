//! Which module may use which, and which library: rules 1 and 2 of ARCHITECTURE.md, read from the sources (docs/decisions 002).

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

mod docs;
mod imports;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of ours that each module may use.
const MAY_USE: [(&str, &[&str]); 24] = [
    ("exit_code", &[]),
    ("i18n", &[]),
    ("clock", &[]),
    ("text", &["i18n"]),
    ("fs_private", &["i18n", "text"]),
    ("testing", &["clock"]),
    ("signing", &[]),
    ("order", &["i18n", "text"]),
    ("codes", &["order", "i18n", "text"]),
    ("catalogue", &["order", "i18n"]),
    ("form", &["order", "catalogue", "i18n", "text"]),
    ("export", &["order", "codes", "i18n", "text"]),
    ("order_file", &["form", "order", "i18n", "text"]),
    ("api", &["clock", "order", "catalogue", "codes", "signing", "testing", "i18n", "text"]),
    ("purchase", &["clock", "order", "codes", "api", "testing", "i18n", "text"]),
    ("app", &["exit_code", "order", "catalogue", "export", "form", "purchase", "i18n", "text"]),
    ("view", &["app", "export", "form", "order", "catalogue", "i18n", "text"]),
    ("config", &["order", "i18n", "fs_private", "text"]),
    ("linear", &["app", "view", "export", "form", "order", "catalogue", "i18n", "text"]),
    (
        "tui",
        &["clock", "exit_code", "app", "view", "linear", "purchase", "api", "config", "i18n", "fs_private", "text"],
    ),
    ("simulator", &["signing", "i18n"]),
    (
        "bootstrap",
        &[
            "api",
            "app",
            "clock",
            "config",
            "exit_code",
            "form",
            "order",
            "purchase",
            "simulator",
            "tui",
            "view",
            "i18n",
            "fs_private",
            "text",
        ],
    ),
    (
        "cli",
        &[
            "api",
            "app",
            "catalogue",
            "clock",
            "config",
            "exit_code",
            "export",
            "bootstrap",
            "form",
            "order",
            "order_file",
            "purchase",
            "simulator",
            "tui",
            "view",
            "i18n",
            "fs_private",
            "text",
        ],
    ),
    ("main", &["cli"]),
];

/// Libraries, and the only modules in which they may be named.
const ONLY_IN: [(&str, &[&str]); 21] = [
    ("unicode_segmentation", &["app", "form", "text", "view"]),
    ("polib", &["i18n"]),
    ("ratatui", &["view", "tui"]),
    ("crossterm", &["tui"]),
    ("reqwest", &["api"]),
    ("rustls", &["api", "simulator"]),
    ("axum", &["simulator"]),
    ("clap", &["bootstrap", "cli"]),
    ("clap_mangen", &["cli"]),
    ("confy", &["config"]),
    ("csv", &["cli"]),
    ("toml_edit", &["config"]),
    ("nucleo_matcher", &["form"]),
    ("rcgen", &["simulator"]),
    ("tokio_rustls", &["simulator"]),
    ("hyper_util", &["api", "simulator"]),
    ("hmac", &["signing"]),
    // The pure modules do not log.
    ("tracing", &["api", "purchase", "tui", "bootstrap"]),
    ("tracing_subscriber", &["bootstrap"]),
    ("percent_encoding", &["signing"]),
    ("signal_hook", &["cli"]),
];

/// The pure modules, and what they must not touch.
const PURE: [&str; 10] =
    ["text", "order", "order_file", "codes", "catalogue", "export", "form", "app", "view", "linear"];
const IMPURE: [&str; 7] = ["tokio", "SystemTime", "Instant", "std::fs", "std::env", "std::net", "std::process"];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of every module without comments and tests.
fn modules() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let place = file.strip_prefix(&src).unwrap().to_owned();
        let is_test = place.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        if is_test || place == Path::new("lib.rs") {
            continue;
        }
        let module =
            place.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let code: Vec<&str> = code.lines().map(|line| line.split("//").next().unwrap()).collect();
        modules.entry(module).or_default().push((place, code.join("\n")));
    }
    modules
}

/// The modules that a piece of code names.
fn uses(code: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for part in code.split("crate::").skip(1).chain(code.split("cph_wizard::").skip(1)) {
        if let Some(group) = part.strip_prefix('{') {
            let mut depth = 0;
            let mut at_start = true;
            for (at, c) in group.char_indices() {
                if at_start && depth == 0 && c.is_alphabetic() {
                    found.insert(name(&group[at..]));
                    at_start = false;
                }
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => at_start = true,
                    _ => {}
                }
            }
        } else {
            found.insert(name(part));
        }
    }
    found
}

#[test]
fn nothing_is_used_upward() {
    let modules = modules();
    let known: BTreeSet<&str> = MAY_USE.iter().map(|(module, _)| *module).collect();
    let there: BTreeSet<&str> = modules.keys().map(String::as_str).collect();
    assert_eq!(there, known, "every module has its rule");
    let mut broken = Vec::new();
    for (module, may_use) in MAY_USE {
        for (file, code) in &modules[module] {
            for used in uses(code).iter().filter(|used| known.contains(used.as_str()) && *used != module) {
                if !may_use.contains(&used.as_str()) {
                    broken.push(format!("{} uses {used}", file.display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn libraries_stay_in_their_modules() {
    let names = |code: &str, library: &str| {
        code.split(library).collect::<Vec<_>>().windows(2).any(|pair| {
            let before = pair[0].chars().next_back();
            !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"') && pair[1].starts_with("::")
        })
    };
    let mut broken = Vec::new();
    for (module, files) in modules() {
        for (file, code) in files {
            for (library, only_in) in ONLY_IN {
                if !only_in.contains(&module.as_str()) && names(&code, library) {
                    broken.push(format!("{} names {library}", file.display()));
                }
            }
            for impure in IMPURE.iter().filter(|_| PURE.contains(&module.as_str())) {
                if code.contains(impure) {
                    broken.push(format!("{} touches {impure}", file.display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn no_file_has_more_than_400_lines() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let long: Vec<PathBuf> =
        files.into_iter().filter(|file| fs::read_to_string(file).unwrap().lines().count() > 400).collect();
    assert_eq!(long, Vec::<PathBuf>::new());
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    let code = "use crate::order::Draft; use crate::{app::{A, B}, form}; let x = crate::api::Y;";
    let expected: BTreeSet<String> = ["order", "app", "form", "api"].map(String::from).into();
    assert_eq!(uses(code), expected);
}

/// The most files that may use one another in a circle.
const LARGEST_CIRCLE: usize = 3;

/// Modules that have larger circles, with the number of files in the largest.
const LARGER_CIRCLES: [(&str, usize); 0] = [];

#[test]
fn no_files_use_one_another_in_a_large_circle() {
    let files = modules().into_values().flatten().map(|(path, code)| (path.to_string_lossy().into_owned(), code));
    let tree = imports::Crate::read(files);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for circle in imports::circles(&tree.uses()) {
        let module = circle[0].split('/').next().unwrap().to_owned();
        assert!(circle.iter().all(|file| file.starts_with(&module)), "a circle between modules: {circle:?}");
        let is_allowed = LARGER_CIRCLES.iter().any(|(allowed, size)| *allowed == module && circle.len() <= *size);
        assert!(is_allowed || circle.len() <= LARGEST_CIRCLE, "{} files: {circle:?}", circle.len());
        let largest = found.entry(module).or_default();
        *largest = circle.len().max(*largest);
    }
    for (module, size) in LARGER_CIRCLES {
        assert_eq!(found.get(module), Some(&size), "the number for {module} is lower now: write it down");
    }
}

#[test]
fn the_files_behind_imports_are_found() {
    let files = [
        ("a/mod.rs", "mod b;\nmod c;\npub use b::Thing;\nfn all() { c::run() }\n"),
        (
            "a/b.rs",
            "use super::c::{self, Other as Another};\npub struct Thing; // crate::d::no\nlet x = \"crate::d::no\";\n",
        ),
        ("a/c.rs", "use crate::a::Thing;\npub(in crate::d) fn run() {}\n"),
        ("d.rs", "use crate::{a::Thing, e};\nfn f() { e::g() }\n"),
        ("e.rs", "pub fn g() {}\n#[cfg(test)]\nmod tests { use crate::d::f; }\n"),
    ];
    let tree = imports::Crate::read(files.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let uses = tree.uses();
    let of = |file: &str| uses[file].iter().copied().collect::<Vec<_>>();
    assert_eq!(of("a/mod.rs"), ["a/c.rs"], "what is handed on is not used");
    assert_eq!(of("a/b.rs"), ["a/c.rs"]);
    assert_eq!(of("a/c.rs"), ["a/b.rs"]);
    assert_eq!(of("d.rs"), ["a/b.rs", "e.rs"]);
    assert_eq!(of("e.rs"), [""; 0]);
    assert_eq!(imports::circles(&uses), [["a/b.rs", "a/c.rs"]]);
}

/// Where sentences are shown; a function there may fail with one (rule 3).
const EDGE: [&str; 6] = ["app", "view", "linear", "cli", "bootstrap", "main"];

/// The arguments of every `Result` of a piece of code that has two, and of every `type Error`.
fn error_types(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in code.split("Result<").skip(1) {
        let (mut depth, mut before, mut from, mut arguments) = (1, ' ', 0, Vec::new());
        for (at, c) in part.char_indices() {
            match c {
                '<' | '(' | '[' => depth += 1,
                '>' if before == '-' => {}
                '>' | ')' | ']' => depth -= 1,
                ',' if depth == 1 => {
                    arguments.push(part[from..at].trim());
                    from = at + 1;
                }
                _ => {}
            }
            before = c;
            if depth == 0 {
                arguments.push(part[from..at].trim());
                break;
            }
        }
        arguments.retain(|argument| !argument.is_empty());
        if let [_, error] = arguments[..] {
            found.push(error.to_owned());
        }
    }
    let named = code.split("type Error = ").skip(1).filter_map(|part| part.split(';').next());
    found.extend(named.map(str::to_owned));
    found
}

/// Whether an error is a sentence instead of a type.
fn is_sentence(error: &str) -> bool {
    ["String", "&str", "&'static str", "Cow<'static, str>"].contains(&error)
}

#[test]
fn nothing_below_the_edge_fails_with_a_sentence() {
    let mut broken = Vec::new();
    for (module, files) in modules().iter().filter(|(module, _)| !EDGE.contains(&module.as_str())) {
        for (file, code) in files {
            let sentences = error_types(code).into_iter().filter(|error| is_sentence(error));
            broken.extend(sentences.map(|error| format!("{module}: {} fails with {error}", file.display())));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn the_error_types_of_a_piece_of_code_are_found() {
    let code = "fn a() -> Result<Vec<(u8, String)>, String>; type T = Result<Box<dyn Fn() -> u8>, io::Error>; fn b() -> fmt::Result; \
                fn c() -> Result<\n    Option<u8>,\n    String,\n>; type Error = &'static str;";
    let expected = ["String", "io::Error", "String", "&'static str"];
    assert_eq!(error_types(code), expected);
}
