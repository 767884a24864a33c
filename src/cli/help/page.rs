//! The help page of one command: its purpose, usage, subcommands, arguments, flags and examples.

use clap::{Arg, Command};
use unicode_width::UnicodeWidthStr as _;

use super::layout::{padded, wrapped};
use crate::i18n::tr;

/// The widest name, in columns, that shares a line with its help.
const WIDEST_NAME: usize = 28;

pub fn page(command: &Command, is_long: bool, width: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    let (short, long) = (command.get_about(), command.get_long_about());
    let about = if is_long { long.or(short) } else { short };
    parts.extend(about.map(|text| wrapped(&text.to_string(), width).join("\n")));
    parts.push(usage(command));
    let commands = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    let about = |sub: &Command| sub.get_about().map(ToString::to_string).unwrap_or_default();
    let rows: Vec<_> = commands.map(|sub| (format!("  {}", sub.get_name()), about(sub))).collect();
    parts.extend(section(&tr!("Commands:"), &rows, false, width));
    let arguments = |is_wanted: &dyn Fn(&Arg) -> bool| {
        let mut wanted: Vec<&Arg> =
            command.get_arguments().filter(|arg| is_shown(arg, is_long) && is_wanted(arg)).collect();
        // What every command has stands last.
        wanted.sort_by_key(|arg| (is_everywhere(arg), arg.is_global_set()));
        wanted.into_iter().map(|arg| (name(arg), help(arg, is_long))).collect::<Vec<_>>()
    };
    parts.extend(section(&tr!("Arguments:"), &arguments(&Arg::is_positional), is_long, width));
    parts.extend(section(&tr!("Options:"), &arguments(&|arg| !arg.is_positional()), is_long, width));
    let (short, long) = (command.get_after_help(), command.get_after_long_help());
    let after = if is_long { long.or(short) } else { short };
    parts.extend(after.map(|text| wrapped(&text.to_string(), width).join("\n")));
    format!("{}\n", parts.join("\n\n"))
}

fn is_shown(arg: &Arg, is_long: bool) -> bool {
    !arg.is_hide_set() && if is_long { !arg.is_hide_long_help_set() } else { !arg.is_hide_short_help_set() }
}

fn is_everywhere(arg: &Arg) -> bool {
    ["help", "version"].contains(&arg.get_id().as_str())
}

/// Returns the usage lines of a command, aligned below each other.
fn usage(command: &Command) -> String {
    let rendered = command.clone().render_usage().to_string();
    let plain = rendered.trim_start().trim_start_matches("Usage:").trim();
    let (options, command) = (tr!("OPTIONS"), tr!("COMMAND"));
    let ways = plain.lines().map(|line| {
        let line = line.trim().replace("[OPTIONS]", &format!("[{options}]"));
        line.replace("[COMMAND]", &format!("[{command}]")).replace("<COMMAND>", &format!("<{command}>"))
    });
    let heading = |ways: &str| tr!("Usage: {ways}", ways);
    let below = format!("\n{}", " ".repeat(heading("").width()));
    heading(&ways.collect::<Vec<_>>().join(&below))
}

/// Formats an argument with its flags, e.g. `-h, --help`, `--demo[=<SCENE>]`, `<FILE>`.
fn name(arg: &Arg) -> String {
    if arg.is_positional() {
        return format!("  {arg}");
    }
    match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(_)) => format!("  -{short}, {arg}"),
        (Some(_), None) => format!("  {arg}"),
        (None, _) => format!("      {arg}"),
    }
}

/// Returns the help of an argument, with its default and its possible values.
fn help(arg: &Arg, is_long: bool) -> String {
    let (short, long) = (arg.get_help(), arg.get_long_help());
    let text = if is_long { long.or(short) } else { short };
    let mut parts: Vec<String> = text.map(ToString::to_string).into_iter().collect();
    if !arg.get_action().takes_values() {
        return parts.concat();
    }
    let values = if arg.is_hide_possible_values_set() { Vec::new() } else { arg.get_possible_values() };
    let values: Vec<_> = values.into_iter().filter(|value| !value.is_hide_set()).collect();
    if is_long && values.iter().any(|value| value.get_help().is_some()) {
        let line = |value: &clap::builder::PossibleValue| match value.get_help() {
            Some(help) => format!("- {}: {help}", value.get_name()),
            None => format!("- {}", value.get_name()),
        };
        let lines: Vec<String> = values.iter().map(line).collect();
        parts.push(format!("{}\n{}", tr!("Values:"), lines.join("\n")));
    } else if !values.is_empty() {
        let values = values.iter().map(clap::builder::PossibleValue::get_name).collect::<Vec<_>>().join(", ");
        parts.push(tr!("[values: {values}]", values));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && !arg.is_hide_default_value_set() {
        parts.push(tr!("[default: {value}]", value = defaults.join(" ")));
    }
    parts.join(if is_long { "\n\n" } else { " " })
}

/// Formats a heading with its rows; `None` if there are no rows.
fn section(heading: &str, rows: &[(String, String)], is_long: bool, width: usize) -> Option<String> {
    let widest = rows.iter().map(|(name, _)| name.width()).filter(|width| *width <= WIDEST_NAME).max();
    let column = widest.unwrap_or(WIDEST_NAME.min(8)) + 2;
    let shown: Vec<String> = rows
        .iter()
        .map(|(name, help)| if is_long { spread(name, help, width) } else { row(name, help, column, width) })
        .collect();
    let between = if is_long { "\n\n" } else { "\n" };
    (!shown.is_empty()).then(|| format!("{heading}\n{}", shown.join(between)))
}

/// Formats a row of the short help. The help starts at `column`; a name that is too long gets a line of its own.
fn row(name: &str, help: &str, column: usize, width: usize) -> String {
    let lines = wrapped(help, width.saturating_sub(column).max(20));
    let indentation = " ".repeat(column);
    let text = lines.join(&format!("\n{indentation}"));
    if name.width() + 2 > column {
        return format!("{name}\n{indentation}{text}");
    }
    format!("{}{text}", padded(name, column))
}

/// Formats a row of the long help: the name, then the help below it, indented by 10 columns.
fn spread(name: &str, help: &str, width: usize) -> String {
    let lines = wrapped(help, width - 10).into_iter();
    let lines = lines.map(|line| if line.is_empty() { line } else { format!("          {line}") });
    std::iter::once(name.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}
