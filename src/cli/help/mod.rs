//! The help of every command, made from the definitions of the command line and shown in the active language. clap
//! parses the command line; all texts about it are our own.

mod command_tree;
mod error;
pub(super) mod examples;
mod layout;
mod page;

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{Command, FromArgMatches as _};

use super::args::Args;
use super::print;
use crate::bootstrap::language::CommandLine;
use crate::exit_code::ExitCode;
use crate::i18n::tr;

pub use command_tree::{command, texts, translated_command};
pub use layout::padded;

use command_tree::below;

/// Renders the help of a command, e.g. `orders show`, for a width in columns; `None` if there is no such command.
#[must_use]
pub fn page(path: &str, is_long: bool, width: usize) -> Option<String> {
    let root = translated_command();
    let mut here = &root;
    for word in path.split(' ').filter(|word| !word.is_empty()) {
        here = here.find_subcommand(word)?;
    }
    Some(page::page(here, is_long, width))
}

/// Returns the message for an invalid command line, in lines; empty if it is valid. A request for help or for the
/// version counts as an error here.
#[must_use]
pub fn command_line_errors(args: &[OsString]) -> Vec<String> {
    let root = command();
    let line = CommandLine::read(&root, args.iter().cloned());
    match root.clone().try_get_matches_from(&line.rest) {
        Ok(_) => Vec::new(),
        Err(error) => error::lines(&error, &root, &line.path),
    }
}

/// Parses a command line with the tree of `command`. If it asks for help or the version, or is invalid, the text is
/// printed and the exit code returned as the error.
pub fn parse(tree: Command, line: &CommandLine) -> Result<Args, ExitCode> {
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
            Err(ExitCode::Success)
        }
        ErrorKind::DisplayVersion => {
            print::line(&version());
            Err(ExitCode::Success)
        }
        _ => {
            let mut lines = error::lines(&error, &command(), &line.path).into_iter();
            print::eprint(&format!("cph-wizard: {}", lines.next().unwrap_or_default()));
            lines.for_each(|line| print::eprint(&line));
            Err(ExitCode::Usage)
        }
    }
}

/// Returns the version line, with commit and target.
fn version() -> String {
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("CPH_WIZARD_TARGET"));
    match env!("CPH_WIZARD_COMMIT") {
        "" => tr!("cph-wizard {version} (commit unknown, {target})", version, target),
        "development" => tr!("cph-wizard {version} (development build, {target})", version, target),
        commit => tr!("cph-wizard {version} (commit {commit}, {target})", version, commit, target),
    }
}

/// Replaces the help of every command by a mark with its path, to find out which help clap was asked for.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Lists every command with its path.
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
