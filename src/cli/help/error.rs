//! The messages for an invalid command line: our own sentence for every kind of error that clap reports, and what would
//! be valid. User input is shown shortened and without control characters.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::i18n::tr;
use crate::text::sanitize::brief;

/// The number of characters of an argument that is shown.
const MAX_CHARS: usize = 60;

/// Returns the lines of the message: the error with any suggestions, then the help command to run.
pub fn lines(error: &Error, root: &Command, path: &[String]) -> Vec<String> {
    let here = path.iter().try_fold(root, |here, word| here.find_subcommand(word)).unwrap_or(root);
    let sentence = sentence(error, here, root);
    let near = near(error);
    let first = match near.as_slice() {
        [] => sentence,
        [one] => tr!("{sentence} Did you mean {one}?", sentence, one),
        several => tr!("{sentence} Did you mean one of {all}?", sentence, all = several.join(", ")),
    };
    let command = [&["cph-wizard".to_owned()], path].concat().join(" ");
    vec![first, tr!("`{command} --help` shows what is right.", command)]
}

/// Returns the values that clap attached to the error under one kind, shortened for display.
fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    let shown = |text: &str| brief(text, MAX_CHARS);
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![shown(text)],
        Some(ContextValue::Strings(texts)) => texts.iter().map(|text| shown(text)).collect(),
        _ => Vec::new(),
    }
}

fn text(error: &Error, kind: ContextKind) -> String {
    texts(error, kind).join(", ")
}

/// Returns the suggestions of clap for flags, commands and values.
fn near(error: &Error) -> Vec<String> {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    kinds.into_iter().flat_map(|kind| texts(error, kind)).collect()
}

fn sentence(error: &Error, here: &Command, root: &Command) -> String {
    let flag = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument if flag.starts_with('-') => tr!("There is no flag {flag} here.", flag),
        ErrorKind::UnknownArgument => tr!("{word} is a word too many.", word = flag),
        ErrorKind::InvalidSubcommand => {
            let word = text(error, ContextKind::InvalidSubcommand);
            tr!("There is no command {word}.", word)
        }
        ErrorKind::InvalidValue => {
            let values = text(error, ContextKind::ValidValue);
            match (value.is_empty(), values.is_empty()) {
                (true, true) => tr!("{flag} needs a value.", flag),
                (true, false) => tr!("{flag} needs a value: one of {values}.", flag, values),
                (false, true) => tr!("{flag} does not take {value}.", flag, value),
                (false, false) => tr!("{flag} does not take {value}; one of {values} is right.", flag, value, values),
            }
        }
        ErrorKind::ValueValidation => not_taken(error, here, &flag, &value),
        ErrorKind::NoEquals => tr!("The value of {flag} follows an equals sign.", flag),
        ErrorKind::TooManyValues => tr!("{flag} takes no value, and was given {value}.", flag, value),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => tr!("{flag} needs another number of values.", flag),
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            match error.get(ContextKind::InvalidSubcommand) {
                Some(_) => misplaced(&text(error, ContextKind::InvalidSubcommand), &other, root),
                None if other == flag => tr!("{flag} may be given once only.", flag),
                None => tr!("{flag} does not go together with {other}.", flag, other),
            }
        }
        ErrorKind::MissingRequiredArgument => tr!("This is missing: {names}.", names = flag),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let commands: Vec<&str> = here.get_subcommands().map(Command::get_name).collect();
            if commands.is_empty() {
                return tr!("More words are needed here.");
            }
            tr!("A command is missing: one of {commands}.", commands = commands.join(", "))
        }
        ErrorKind::InvalidUtf8 => tr!("A word of the command line is not UTF-8."),
        // Help and version are no errors; what is left is new in the library.
        _ => tr!("The command line cannot be read."),
    }
}

/// Returns the message for a command, or another argument, that follows flags of the form.
fn misplaced(word: &str, flags: &str, root: &Command) -> String {
    if root.find_subcommand(word).is_some() {
        return tr!("The command {word} comes first: {flags} before it belong to the form.", word, flags);
    }
    if flags.ends_with("[=<SCENE>]") {
        return tr!("{word} is a word too many; the value of {flags} follows an equals sign.", word, flags);
    }
    tr!("{word} is a word too many.", word)
}

/// Returns the message for an invalid value: with the reason if it is our own text, else with the help of the flag.
fn not_taken(error: &Error, here: &Command, flag: &str, value: &str) -> String {
    let is_it = |arg: &&clap::Arg| arg.to_string() == flag;
    let why =
        std::error::Error::source(error).filter(|why| !is_of_the_library(*why)).map(|why| brief(&why.to_string(), 200));
    let help = here.get_arguments().find(is_it).and_then(clap::Arg::get_help).map(super::command_tree::translated_text);
    match why.or(help) {
        Some(right) => tr!("{flag} does not take {value}: {right}.", flag, value, right = right.trim_end_matches('.')),
        None => tr!("{flag} does not take {value}.", flag, value),
    }
}

/// Returns whether an error comes from a library; such a message exists in English only.
fn is_of_the_library(why: &(dyn std::error::Error + 'static)) -> bool {
    use std::net::AddrParseError;
    use std::num::{ParseFloatError, ParseIntError};
    // A number outside of the range of a flag.
    why.is::<AddrParseError>()
        || why.is::<ParseIntError>()
        || why.is::<ParseFloatError>()
        || why.is::<std::str::ParseBoolError>()
        || why.to_string().contains(" is not in ")
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use crate::cli::help;
    use crate::i18n::{Language, with_language};

    fn said(line: &str) -> String {
        let words: Vec<OsString> =
            ["cph-wizard"].into_iter().chain(line.split_whitespace()).map(OsString::from).collect();
        help::command_line_errors(&words).join("\n")
    }

    #[test]
    fn what_was_typed_is_shown_without_control_characters_and_cut() {
        let words = ["cph-wizard", "orders", "--x\u{1b}[2J", "y"].map(OsString::from);
        let shown = help::command_line_errors(&words).join("\n");
        assert!(!shown.contains('\u{1b}') && shown.contains("<U+001B>"), "{shown}");
        let long = said(&format!("orders --{}", "x".repeat(300)));
        assert!(long.chars().count() < 200, "{long}");
    }

    #[test]
    fn nothing_of_the_library_is_said_in_chinese() {
        for line in [
            "--no-such",
            "ordres",
            "check",
            "--color=blue",
            "--color",
            "simulate --listen here",
            "--last --template x",
            "--no-mouse=1",
            "--last --last",
            "orders show",
            "orders list extra",
            "--demo x",
            "--last orders",
        ] {
            let shown = with_language(Language::Chinese, || said(line));
            for english in ["error", "unexpected", "tip", "Usage", "invalid", "required", " the ", "cannot", " is "] {
                assert!(!shown.contains(english), "{line}: {shown}");
            }
            assert!(shown.lines().count() == 2 && shown.contains("--help"), "{line}: {shown}");
        }
    }
}
