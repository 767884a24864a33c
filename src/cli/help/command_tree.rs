//! The command line as a tree of clap definitions. The built-in texts of clap are replaced by our own, in English or in
//! the active language.

use clap::builder::{PossibleValue, PossibleValuesParser, StyledStr};
use clap::{Command, CommandFactory as _};

use super::examples;
use crate::cli::args::Args;
use crate::i18n::{self, phrase};

/// Builds the whole command line with English texts.
#[must_use]
pub fn command() -> Command {
    let mut tree = Args::command();
    tree.build();
    with_our_words(tree, "")
}

/// Builds the whole command line with texts in the active language, for display only, not for parsing.
#[must_use]
pub fn translated_command() -> Command {
    translated(command(), "")
}

/// Lists the English texts of the command line, one paragraph each, sorted and without duplicates.
#[must_use]
pub fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    collect(&command(), &mut texts);
    texts.sort();
    texts.dedup();
    texts
}

const HELP: &str = phrase!("Show the short help (-h) or all of it (--help)");
const VERSION: &str = phrase!("Show version, commit and target");
const HELP_COMMAND: &str = phrase!("Show the help of a command");

pub(super) fn below(path: &str, name: &str) -> String {
    format!("{path} {name}").trim_start().to_owned()
}

/// Replaces the help texts of the built-in flags and the built-in command, and adds the examples to every command.
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

/// Collects the texts of a command and its subcommands, except the built-in `help`, which repeats those of all others.
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

/// Translates a text by paragraphs, so that the long help shares its first paragraph with the short help.
pub(super) fn translated_text(text: &StyledStr) -> String {
    let said = paragraphs(&text.to_string()).into_iter().map(i18n::translate_text);
    said.collect::<Vec<_>>().join("\n\n")
}

fn translated(command: Command, path: &str) -> Command {
    let texts = [command.get_about(), command.get_long_about(), command.get_before_help(), command.get_after_help()];
    let [about, long_about, before, after] = texts.map(|text| text.map(translated_text));
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
    let (help, long_help) = (arg.get_help().map(translated_text), arg.get_long_help().map(translated_text));
    let value = |value: PossibleValue| match value.get_help().map(translated_text) {
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
