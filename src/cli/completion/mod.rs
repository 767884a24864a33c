//! Shell completion: `completions SHELL` prints a small script that calls the program itself for every completion. The
//! program completes from its own definitions of the command line, so commands, flags and values always fit the running
//! version, profiles and orders are current, and all shells get the same results. (The dynamic completion engine of
//! clap is not stable; its stable static scripts know no profiles.)

mod values;

use std::ffi::OsString;

use clap::{Arg, Command, ValueEnum};

use super::print;
use crate::text::sanitize::visible;

pub use values::{LocalValues, Offer, Values};

/// The first argument of a completion request; the scripts pass it before the arguments of the line.
const ASKED: &str = "__complete";

/// Returns the arguments of the line to complete, if a script asks for a completion.
pub fn completion_request(args: impl IntoIterator<Item = OsString>) -> Option<Vec<OsString>> {
    let mut args = args.into_iter().skip(1);
    (args.next()? == ASKED).then(|| args.collect())
}

#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// A shell with a completion script.
#[expect(clippy::enum_variant_names, reason = "PowerShell is a name")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
}

/// Prints the completion script of a shell.
pub fn run(args: &Completions) {
    let script = match args.shell {
        Shell::Bash => include_str!("../../../assets/completions/bash.sh"),
        Shell::Zsh => include_str!("../../../assets/completions/zsh.zsh"),
        Shell::Fish => include_str!("../../../assets/completions/fish.fish"),
        Shell::PowerShell => include_str!("../../../assets/completions/powershell.ps1"),
    };
    print::text(script);
}

/// Prints the completions for a script: a line with their kind (`files`, `folders` or `words`), then one candidate per
/// line, followed by a tab and its description if it has one.
pub fn answer(root: &Command, words: &[OsString], values: &dyn Values) {
    match offer(root, words, values) {
        Offer::Files => print::line("files"),
        Offer::Folders => print::line("folders"),
        Offer::Words(words) => {
            print::line("words");
            for (word, what) in words {
                // A name from a file cannot make a line of its own.
                let (word, what) = (visible(&word), visible(what.lines().next().unwrap_or_default()).into_owned());
                print::text(&if what.is_empty() { format!("{word}\n") } else { format!("{word}\t{what}\n") });
            }
        }
    }
}

/// Returns the candidates for the last argument of a line.
pub fn offer(root: &Command, words: &[OsString], values: &dyn Values) -> Offer {
    let texts: Vec<&str> = words.iter().map(|word| word.to_str().unwrap_or_default()).collect();
    let (current, before) = texts.split_last().map_or(("", &[][..]), |(last, before)| (*last, before));
    let place = Place::after(root, before);
    if let Some(arg) = place.awaited {
        return narrowed(of_arg(arg, &place.path, current, values), current);
    }
    if let (Some((flag, begun)), false) = (current.split_once('='), place.is_plain)
        && let Some(arg) = flag.strip_prefix("--").and_then(|name| long(place.here, name))
    {
        let offer = narrowed(of_arg(arg, &place.path, begun, values), begun);
        return match offer {
            Offer::Words(words) => {
                Offer::Words(words.into_iter().map(|(word, what)| (format!("{flag}={word}"), what)).collect())
            }
            other @ (Offer::Files | Offer::Folders) => other,
        };
    }
    if current.starts_with('-') && !place.is_plain {
        return narrowed(Offer::Words(flags(place.here, before)), current);
    }
    // Where an argument stands there is no command any more.
    let is_open = !place.is_plain && place.positionals == 0;
    let mut offered = if is_open { commands(place.here) } else { Vec::new() };
    let positional = place.here.get_positionals().nth(place.positionals);
    match positional.map(|arg| of_arg(arg, &place.path, current, values)) {
        Some(Offer::Words(words)) => offered.extend(words),
        Some(other) if offered.is_empty() => return other,
        Some(_) | None => {}
    }
    narrowed(Offer::Words(offered), current)
}

/// The state of a line before the argument to complete.
struct Place<'a> {
    here: &'a Command,
    path: Vec<&'a str>,
    /// The flag that expects its value next.
    awaited: Option<&'a Arg>,
    /// The number of positional arguments so far.
    positionals: usize,
    /// True after `--`: no flags or commands follow it.
    is_plain: bool,
}

impl<'a> Place<'a> {
    fn after(root: &'a Command, words: &[&str]) -> Self {
        let mut place = Self { here: root, path: Vec::new(), awaited: None, positionals: 0, is_plain: false };
        for word in words {
            if place.awaited.take().is_some() {
                continue;
            }
            if place.is_plain {
                place.positionals += 1;
            } else if *word == "--" {
                place.is_plain = true;
            } else if let Some(name) = word.strip_prefix("--") {
                place.awaited = long(place.here, name).filter(|arg| takes_next(arg));
            } else if word.starts_with('-') && word.len() > 1 {
                let last = word.chars().next_back();
                let is_it = |arg: &&Arg| arg.get_short().is_some() && arg.get_short() == last;
                place.awaited = place.here.get_arguments().find(is_it).filter(|arg| takes_next(arg));
            } else if let Some(below) = place.here.find_subcommand(word) {
                (place.here, place.positionals) = (below, 0);
                place.path.push(below.get_name());
            } else {
                place.positionals += 1;
            }
        }
        place
    }
}

fn long<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(name))
}

fn takes_next(arg: &Arg) -> bool {
    arg.get_action().takes_values() && !arg.is_require_equals_set()
}

fn commands(here: &Command) -> Vec<(String, String)> {
    let shown = here.get_subcommands().filter(|sub| !sub.is_hide_set());
    shown.map(|sub| (sub.get_name().to_owned(), text(sub.get_about()))).collect()
}

/// Lists the flags of a command with their help, except those that are already present and cannot be repeated.
fn flags(here: &Command, before: &[&str]) -> Vec<(String, String)> {
    let shown = here.get_arguments().filter(|arg| !arg.is_hide_set());
    let named = shown.filter_map(|arg| Some((arg, format!("--{}", arg.get_long()?))));
    let is_there = |name: &str| before.iter().any(|word| word.split('=').next() == Some(name));
    let may_stand = |(arg, name): &(&Arg, String)| {
        use clap::ArgAction::{Append, Count};
        matches!(arg.get_action(), Append | Count) || !is_there(name)
    };
    let whole = |(arg, name): (&Arg, String)| {
        let needs_equals = arg.is_require_equals_set() && arg.get_num_args().is_none_or(|count| count.min_values() > 0);
        (if needs_equals { format!("{name}=") } else { name }, text(arg.get_help()))
    };
    named.filter(may_stand).map(whole).collect()
}

fn text(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

/// Returns the candidates for the value of an argument: its possible values if it defines any, else those that
/// `values::of` finds by its name.
fn of_arg(arg: &Arg, path: &[&str], current: &str, values: &dyn Values) -> Offer {
    let possible = arg.get_possible_values();
    if !possible.is_empty() {
        let shown = possible.iter().filter(|value| !value.is_hide_set());
        return Offer::Words(shown.map(|value| (value.get_name().to_owned(), text(value.get_help()))).collect());
    }
    values::of(arg, path, current, values)
}

fn narrowed(offer: Offer, begun: &str) -> Offer {
    match offer {
        Offer::Words(words) => Offer::Words(words.into_iter().filter(|(word, _)| word.starts_with(begun)).collect()),
        other @ (Offer::Files | Offer::Folders) => other,
    }
}

#[cfg(test)]
mod tests;
