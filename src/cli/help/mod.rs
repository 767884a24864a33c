//! The help of every command, made from the definitions of the command line and told in the language that is spoken.
//! clap reads the command line; what is said about it is ours.

mod error;
pub(super) mod examples;
mod layout;
mod page;

use std::ffi::OsString;

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};

use super::args::Args;
use super::print;
use crate::bootstrap::language::CommandLine;
use crate::i18n::{self, phrase, tr};

pub use layout::padded;

/// The whole command line with its English texts.
#[must_use]
pub fn command() -> Command {
    let mut tree = Args::command();
    tree.build();
    with_our_words(tree, "")
}

/// The whole command line with its texts in the language that is spoken; for showing it, not for reading one.
#[must_use]
pub fn spoken() -> Command {
    translated(command(), "")
}

/// Every English text of the command line, a paragraph each.
#[must_use]
pub fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    collect(&command(), &mut texts);
    texts.sort();
    texts.dedup();
    texts
}

/// The help of a command, such as `orders show`, in so many columns; nothing if there is no such command.
#[must_use]
pub fn page(path: &str, is_long: bool, width: usize) -> Option<String> {
    let root = spoken();
    let mut here = &root;
    for word in path.split(' ').filter(|word| !word.is_empty()) {
        here = here.find_subcommand(word)?;
    }
    Some(page::page(here, is_long, width))
}

/// Why a command line is wrong, each line of it; nothing if it is right, or asks for help.
#[must_use]
pub fn wrong(args: &[OsString]) -> Vec<String> {
    let root = command();
    let line = CommandLine::read(&root, args.iter().cloned());
    match root.clone().try_get_matches_from(&line.rest) {
        Ok(_) => Vec::new(),
        Err(error) => error::lines(&error, &root, &line.path),
    }
}

/// Reads a command line with the tree of `command`. Where it asks for help or is wrong, that is said, and the exit code is the error.
pub fn parse(tree: Command, line: &CommandLine) -> Result<Args, u8> {
    let read = marked(tree, "").try_get_matches_from_mut(&line.rest);
    let error = match read.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => return Ok(args),
        Err(error) => error,
    };
    match error.kind() {
        ErrorKind::DisplayHelp => {
            let mark = error.render().to_string();
            let (path, is_long) = read_mark(&mark);
            print::lines(page(path, is_long, layout::columns()).unwrap_or_default().trim_end());
            Err(0)
        }
        ErrorKind::DisplayVersion => {
            print::line(&version());
            Err(0)
        }
        _ => {
            let mut lines = error::lines(&error, &command(), &line.path).into_iter();
            print::eprint(&format!("cph-wizard: {}", lines.next().unwrap_or_default()));
            lines.for_each(|line| print::eprint(&line));
            Err(2)
        }
    }
}

/// Version, commit and target.
fn version() -> String {
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("CPH_WIZARD_TARGET"));
    match env!("CPH_WIZARD_COMMIT") {
        "" => tr!("cph-wizard {version} (commit unknown, {target})", version, target),
        "development" => tr!("cph-wizard {version} (development build, {target})", version, target),
        commit => tr!("cph-wizard {version} (commit {commit}, {target})", version, commit, target),
    }
}

const HELP: &str = phrase!("Show the short help (-h) or all of it (--help)");
const VERSION: &str = phrase!("Show version, commit and target");
const HELP_COMMAND: &str = phrase!("Show the help of a command");

fn below(path: &str, name: &str) -> String {
    format!("{path} {name}").trim_start().to_owned()
}

/// The built-in flags and the built-in command get words of ours, and every command its examples.
fn with_our_words(command: Command, path: &str) -> Command {
    let command = command.mut_args(|arg| match arg.get_id().as_str() {
        "help" => arg.help(HELP).long_help(HELP),
        "version" => arg.help(VERSION).long_help(VERSION),
        _ => arg,
    });
    let command = match examples::shown(path) {
        Some(text) => command.after_long_help(text),
        None => command,
    };
    command.mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        if name == "help" { sub.about(HELP_COMMAND) } else { with_our_words(sub, &below(path, &name)) }
    })
}

/// Commands whose help says only which one it is, for finding out which one was asked for.
fn marked(command: Command, path: &str) -> Command {
    let command = command.help_template("{before-help}").before_help(format!("{path}|short"));
    let command = command.before_long_help(format!("{path}|long"));
    command.mut_subcommands(|sub| {
        let path = below(path, sub.get_name());
        marked(sub, &path)
    })
}

fn read_mark(mark: &str) -> (&str, bool) {
    let (path, which) = mark.trim().split_once('|').unwrap_or_default();
    (path, which == "long")
}

/// The texts of a command; the built-in `help` repeats those of all others.
fn collect(command: &Command, texts: &mut Vec<String>) {
    let mut add = |text: Option<&StyledStr>| {
        texts.extend(text.iter().flat_map(|text| paragraphs(&text.to_string())));
    };
    add(command.get_about());
    add(command.get_long_about());
    add(command.get_before_help());
    add(command.get_after_help());
    for arg in command.get_arguments() {
        add(arg.get_help());
        add(arg.get_long_help());
        for value in arg.get_possible_values() {
            add(value.get_help());
        }
    }
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        collect(sub, texts);
    }
}

fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n").map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// A text by paragraphs, so that the long help shares the first one with the short.
fn said(text: &StyledStr) -> String {
    let said = paragraphs(&text.to_string()).into_iter().map(i18n::translate_text);
    said.collect::<Vec<_>>().join("\n\n")
}

fn translated(command: Command, path: &str) -> Command {
    let texts = [command.get_about(), command.get_long_about(), command.get_before_help(), command.get_after_help()];
    let [about, long_about, before, after] = texts.map(|text| text.map(said));
    let command = command.mut_args(translated_arg);
    let command = with(command, about, Command::about);
    let command = with(command, long_about, Command::long_about);
    let command = with(command, before, Command::before_help);
    let command = with(command, after, Command::after_help);
    let command = with(command, examples::shown(path), Command::after_long_help);
    command.mut_subcommands(|sub| {
        let path = below(path, sub.get_name());
        if sub.get_name() == "help" { sub.about(i18n::t(HELP_COMMAND)) } else { translated(sub, &path) }
    })
}

fn with(command: Command, text: Option<String>, put: impl FnOnce(Command, String) -> Command) -> Command {
    match text {
        Some(text) => put(command, text),
        None => command,
    }
}

fn translated_arg(arg: clap::Arg) -> clap::Arg {
    let (help, long_help) = (arg.get_help().map(said), arg.get_long_help().map(said));
    let value = |value: PossibleValue| match value.get_help().map(said) {
        Some(help) => value.help(help),
        None => value,
    };
    let values: Vec<PossibleValue> = arg.get_possible_values().into_iter().map(value).collect();
    let arg = if values.is_empty() || !arg.get_action().takes_values() {
        arg
    } else {
        arg.value_parser(PossibleValuesParser::new(values))
    };
    let arg = help.map_or(arg.clone(), |help| arg.help(help));
    match long_help {
        Some(help) => arg.long_help(help),
        None => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command with the words that lead to it.
    fn all(command: &Command, path: &str) -> Vec<(String, Command)> {
        let subs = command.get_subcommands().filter(|sub| sub.get_name() != "help");
        let below = subs.flat_map(|sub| all(sub, &below(path, sub.get_name())));
        [(path.to_owned(), command.clone())].into_iter().chain(below).collect()
    }

    #[test]
    fn every_command_has_its_examples_and_they_can_be_read() {
        for (path, command) in all(&command(), "") {
            let shown = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            let lines: Vec<&str> = shown.lines().filter_map(|line| line.trim().strip_prefix("cph-wizard")).collect();
            assert!((1..=3).contains(&lines.len()), "`{path}` has {} examples", lines.len());
            for line in lines {
                let words: Vec<&str> = line.split('#').next().unwrap().split_whitespace().collect();
                assert!(words.join(" ").starts_with(&path), "{path}: {line}");
                let words = ["cph-wizard"].into_iter().chain(words);
                let read = crate::cli::help::command().try_get_matches_from(words);
                assert!(read.is_ok(), "{path}: {line}: {}", read.unwrap_err());
            }
        }
    }

    #[test]
    fn every_command_and_every_argument_has_its_help() {
        for (path, command) in all(&command(), "") {
            assert!(command.get_about().is_some(), "{path}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.ends_with('.'), "{path} {}: {help:?}", arg.get_id());
            }
        }
    }

    #[test]
    fn help_is_asked_for_by_flag_and_by_command() {
        for (line, path, is_long) in [
            ("-h", "", false),
            ("orders show --help", "orders show", true),
            ("orders -h", "orders", false),
            ("help orders show", "orders show", true),
        ] {
            let words = ["cph-wizard"].into_iter().chain(line.split(' '));
            let error = marked(command(), "").try_get_matches_from_mut(words).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::DisplayHelp);
            assert_eq!(read_mark(&error.render().to_string()), (path, is_long), "{line}");
        }
    }

    #[test]
    fn the_version_names_the_target() {
        let shown = version();
        assert!(shown.starts_with(concat!("cph-wizard ", env!("CARGO_PKG_VERSION"), " (")), "{shown}");
        assert!(shown.contains(std::env::consts::ARCH), "{shown}");
    }
}
