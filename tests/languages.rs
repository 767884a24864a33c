//! Every text that the program says in English it also says in Chinese, with the same placeholders.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A text of the code: where it stands, and what it is given.
struct Text {
    file: PathBuf,
    /// The other form of a text that counts something.
    plural: Option<String>,
    /// `None` for a phrase of a table, which is given nothing.
    given: Option<Vec<String>>,
}

fn files(dir: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
}

fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

fn is(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// The arguments of a `tr!`, split at its commas: a name, or nothing for an expression without one.
fn arguments(tokens: &[TokenTree]) -> Vec<String> {
    let mut parts: Vec<&[TokenTree]> = tokens.split(|token| is(Some(token), ',')).collect();
    parts.retain(|part| !part.is_empty());
    let name = |part: &&[TokenTree]| match part {
        [TokenTree::Ident(name)] => name.to_string(),
        [TokenTree::Ident(name), equals, ..] if is(Some(equals), '=') => name.to_string(),
        _ => String::new(),
    };
    parts.iter().map(name).collect()
}

/// Finds `tr!("...", ...)` and `phrase!("...")`, inside other macros too.
fn collect(file: &Path, stream: TokenStream, texts: &mut BTreeMap<String, Vec<Text>>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let inside: Vec<TokenTree> = group.stream().into_iter().collect();
        let name = at.checked_sub(2).map(|at| tokens[at].to_string()).unwrap_or_default();
        let is_call = at > 0 && is(tokens.get(at - 1), '!') && group.delimiter() == Delimiter::Parenthesis;
        if is_call && (name == "tr" || name == "phrase") {
            let Some(english) = inside.first().and_then(literal) else { continue };
            let counts = is(inside.get(1), '|');
            let rest = if counts { &inside[4..] } else { &inside[1..] };
            // What is counted is the first part of the rest, and called `n`.
            let skipped = if counts { rest.iter().position(|it| is(Some(it), ',')).unwrap_or(rest.len()) } else { 0 };
            let mut given = arguments(&rest[skipped..]);
            given.extend(counts.then(|| "n".to_owned()));
            let plural = if counts { inside.get(2).and_then(literal) } else { None };
            let given = (name == "tr").then_some(given);
            texts.entry(english).or_default().push(Text { file: file.to_owned(), plural, given });
        }
        collect(file, group.stream(), texts);
    }
}

fn texts() -> BTreeMap<String, Vec<Text>> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, "rs", &mut found);
    let mut texts = BTreeMap::new();
    for file in found.iter().filter(|file| !file.ends_with("tests.rs") && !file.iter().any(|part| part == "tests")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        collect(file.strip_prefix(&src).unwrap(), TokenStream::from_str(code).unwrap(), &mut texts);
    }
    // What the command line says of itself stands in comments.
    for text in cph_wizard::cli::texts() {
        let text_of_help = Text { file: "cli: help".into(), plural: None, given: None };
        texts.entry(text).or_default().push(text_of_help);
    }
    texts
}

/// A translation: its file, the plural of its English text, and itself.
struct Translation {
    file: String,
    plural: Option<String>,
    text: String,
}

fn translations() -> BTreeMap<String, Vec<Translation>> {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/locales/zh-CN"), "po", &mut found);
    let mut translations: BTreeMap<String, Vec<Translation>> = BTreeMap::new();
    for path in found {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let catalogue = polib::po_file::parse(&path).unwrap_or_else(|why| panic!("{file}: {why}"));
        for message in catalogue.messages() {
            let (plural, text) = if message.is_plural() {
                (Some(message.msgid_plural().unwrap().to_owned()), message.msgstr_plural().unwrap()[0].clone())
            } else {
                (None, message.msgstr().unwrap().to_owned())
            };
            let translation = Translation { file: file.clone(), plural, text };
            translations.entry(message.msgid().to_owned()).or_default().push(translation);
        }
    }
    translations
}

/// What stands between single braces.
fn placeholders(text: &str) -> BTreeSet<String> {
    let plain = text.replace("{{", "").replace("}}", "");
    plain.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn none(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{} {what}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_text_has_its_translation() {
    let translations = translations();
    let has_words = |text: &str| translations.get(text).is_some_and(|all| all.iter().all(|one| !one.text.is_empty()));
    let texts = texts();
    let missing = texts.iter().filter(|(english, _)| !has_words(english));
    let line = |(english, uses): (&String, &Vec<Text>)| format!("{}: {english:?}", uses[0].file.display());
    none(&missing.map(line).collect::<Vec<_>>(), "texts have no translation");
}

#[test]
fn a_text_has_the_placeholders_that_it_is_given_and_its_translation_the_same() {
    let translations = translations();
    let mut wrong = Vec::new();
    for (english, uses) in texts() {
        for Text { file, plural, given } in &uses {
            let wanted: BTreeSet<String> =
                placeholders(&english).into_iter().chain(plural.iter().flat_map(|it| placeholders(it))).collect();
            if let Some(given) = given {
                let named: BTreeSet<String> = given.iter().filter(|name| !name.is_empty()).cloned().collect();
                let strange = wanted.iter().find(|name| name.is_empty() || !named.contains(*name));
                let unused = named.iter().find(|name| *name != "n" && !wanted.contains(*name));
                if let Some(name) = strange.or(unused) {
                    wrong.push(format!("{}: {english:?}: {{{name}}} is not given or not used", file.display()));
                }
            }
            for translation in translations.get(&english).into_iter().flatten() {
                if placeholders(&translation.text) != wanted || translation.plural != *plural {
                    wrong.push(format!("{}: {english:?} is {:?}", translation.file, translation.text));
                }
            }
        }
    }
    none(&wrong, "texts have other placeholders");
}

#[test]
fn no_translation_is_left_over_or_says_one_thing_in_two_ways() {
    let texts = texts();
    let mut wrong = Vec::new();
    for (english, all) in translations() {
        if !texts.contains_key(&english) {
            wrong.push(format!("{}: {english:?} is said nowhere", all[0].file));
        }
        if let Some(other) = all.iter().find(|one| one.text != all[0].text) {
            wrong.push(format!("{english:?} is {:?} and {:?}", all[0].text, other.text));
        }
    }
    none(&wrong, "translations are wrong");
}
