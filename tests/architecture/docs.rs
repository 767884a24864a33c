//! Doc comments: those of functions begin with a verb, no other one opens with a question word.

use std::path::{Path, PathBuf};

use crate::sources;

/// The word that begins a doc comment, the item below it, and the line of the file.
struct DocComment<'a> {
    first_word: &'a str,
    item: &'a str,
    line: usize,
}

const QUESTION_WORDS: [&str; 9] = ["What", "Whether", "How", "Why", "Where", "When", "Which", "Who", "If"];

fn doc_comments(text: &str) -> Vec<DocComment<'_>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_doc = |at: usize| lines.get(at).is_some_and(|line| line.starts_with("/// "));
    let firsts = (0..lines.len()).filter(|at| is_doc(*at) && (*at == 0 || !lines[at - 1].starts_with("///")));
    let mut found = Vec::new();
    for at in firsts {
        let rest = lines[at..].iter().skip_while(|line| line.starts_with("///") || line.starts_with("#["));
        // An attribute of several lines ends with its bracket.
        let item = rest.copied().find(|line| !line.ends_with(")]") && !line.ends_with("\",")).unwrap_or_default();
        let first_word = lines[at][4..].split_whitespace().next().unwrap_or_default();
        found.push(DocComment { first_word, item, line: at + 1 });
    }
    found
}

fn is_function(item: &str) -> bool {
    let mut words = item.split_whitespace().skip_while(|word| {
        word.starts_with("pub") || word.ends_with(')') || ["const", "async", "unsafe", "in"].contains(word)
    });
    words.next() == Some("fn")
}

/// Tells whether a word has the form of a verb in the third person.
fn is_verb(word: &str) -> bool {
    let is_capital = word.starts_with(|first: char| first.is_ascii_uppercase());
    is_capital && word.chars().skip(1).all(|c| c.is_ascii_lowercase() || c == '-') && word.ends_with('s')
}

/// Tells whether the comments of a file are texts of the command line: `clap` prints them as help.
fn is_help(text: &str) -> bool {
    ["clap::Args", "Subcommand", "Parser", "ValueEnum"].iter().any(|name| text.contains(name))
}

fn faults(path: &Path, text: &str) -> Vec<String> {
    let is_help = is_help(text);
    let is_wrong = |doc: &DocComment<'_>| {
        if is_function(doc.item) {
            !is_verb(doc.first_word)
        } else {
            !is_help && QUESTION_WORDS.contains(&doc.first_word)
        }
    };
    let wrong = doc_comments(text).into_iter().filter(is_wrong);
    wrong.map(|doc| format!("{}:{}: {} ... {}", path.display(), doc.line, doc.first_word, doc.item)).collect()
}

#[test]
fn doc_comments_begin_with_a_verb_or_a_noun() {
    let mut files: Vec<PathBuf> = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
    let faults: Vec<String> = files.iter().flat_map(|path| faults(path, &read(path))).collect();
    assert_eq!(faults, [""; 0], "{} doc comments", faults.len());
}

#[test]
fn the_reader_of_doc_comments_sees_functions_and_types() {
    let text = "
        /// The size of it.
        fn size() {}
        /// Returns the size.
        #[must_use]
        pub(in crate::app) const fn size_of() {}
        /// What it is.
        #[derive(Debug)]
        struct It;
        /// Its size.
        const SIZE: u8 = 1;
    ";
    let found = faults(Path::new("x.rs"), text);
    assert_eq!(found, ["x.rs:2: The ... fn size() {}", "x.rs:7: What ... struct It;"]);
}
