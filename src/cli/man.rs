//! `man`: a manual page for every command, generated from the definitions of the command line and the tables of
//! `reference`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::help::examples;
use super::print;
use super::reference::{EXIT_CODES, FILES, VARIABLES};
use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::i18n::{self, tr};
use crate::text::sanitize::{brief, is_chinese};

#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// The command, such as `orders show`; without one the page of the program
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub command: Vec<String>,
    /// Write the page of every command into this folder, such as share/man/man1
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// Prints the page of one command, or writes the pages of all commands into `--dir`. The texts are in the active
/// language.
pub fn run(root: &Command, args: &ManArgs) -> Result<ExitCode, AppError> {
    if let Some(dir) = &args.dir {
        for path in paths(root) {
            let text = page(root, &path).unwrap_or_default();
            let file = dir.join(format!("{}.1", name(&path)));
            fs::write(&file, text).map_err(|error| not_written(&file, &error))?;
        }
        return Ok(ExitCode::Success);
    }
    let path: Vec<&str> = args.command.iter().map(String::as_str).collect();
    match page(root, &path) {
        Some(text) => {
            print::text(&text);
            Ok(ExitCode::Success)
        }
        None => {
            let command = brief(&args.command.join(" "), 60);
            Err(AppError::Usage(tr!("There is no command {command}: `cph-wizard --help` shows all", command)))
        }
    }
}

fn not_written(file: &Path, error: &io::Error) -> AppError {
    let (path, why) = (brief(&file.display().to_string(), 200), crate::bootstrap::error::io_reason(error));
    AppError::Usage(tr!("{path} cannot be written: {why}", path, why))
}

/// Lists the path of every visible command, e.g. `["orders", "show"]`. The first path is empty: it is the program
/// itself.
#[must_use]
pub fn paths(root: &Command) -> Vec<Vec<&str>> {
    let below = root.get_subcommands().filter(|sub| sub.get_name() != "help" && !sub.is_hide_set());
    let below = below.flat_map(|sub| paths(sub).into_iter().map(|path| [&[sub.get_name()], &path[..]].concat()));
    std::iter::once(Vec::new()).chain(below).collect()
}

/// Returns the name of a page without its section, e.g. `cph-wizard-orders-show`.
fn name(path: &[&str]) -> String {
    [&["cph-wizard"], path].concat().join("-")
}

/// Renders the page of a command in roff; `None` if there is no such command.
#[must_use]
pub fn page(root: &Command, path: &[&str]) -> Option<String> {
    let mut here = root;
    for word in path {
        here = here.find_subcommand(word)?;
    }
    let name = name(path);
    let man = Man::new(here.clone().disable_help_subcommand(true).display_name(&name))
        .title(name.to_uppercase())
        .section("1")
        .date("")
        .source(concat!("cph-wizard ", env!("CARGO_PKG_VERSION")))
        .manual("cph-wizard");
    let mut text = Vec::new();
    write(&man, here, &path.join(" "), &mut text).ok()?;
    Some(breakable(&String::from_utf8(text).ok()?))
}

/// Adds break points (`\:`) between Chinese characters: by itself, roff breaks lines only at spaces.
fn breakable(page: &str) -> String {
    let mut text = String::with_capacity(page.len());
    let mut chars = page.chars().peekable();
    while let Some(c) = chars.next() {
        text.push(c);
        let may_end = is_chinese(c) || "，。；：、）”".contains(c);
        let may_begin = chars.peek().is_some_and(|next| is_chinese(*next) || next.is_ascii_alphanumeric());
        if may_end && may_begin {
            text.push_str("\\:");
        }
    }
    text
}

fn write(man: &Man, command: &Command, path: &str, out: &mut Vec<u8>) -> io::Result<()> {
    man.render_title(out)?;
    // Neither blanks that are stretched nor words that are parted: flags stay what they are.
    Roff::new().control("ad", ["l"]).control("nh", []).to_writer(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    if command.get_subcommands().any(|sub| sub.get_name() != "help") {
        man.render_subcommands_section(out)?;
    }
    let codes = EXIT_CODES.map(|(code, what)| (code.number().to_string(), what));
    section("EXIT STATUS", codes.iter().map(|(code, what)| (code.as_str(), *what))).to_writer(out)?;
    section("FILES", FILES.into_iter()).to_writer(out)?;
    section("ENVIRONMENT", VARIABLES.into_iter()).to_writer(out)?;
    let mut shown = Roff::new();
    shown.control("SH", ["EXAMPLES"]);
    for (what, line) in examples::of(path) {
        shown.control("TP", []).text([roman(what)]).text([bold(line)]);
    }
    shown.to_writer(out)
}

/// Renders a section of names and their translated descriptions, one paragraph each.
fn section<'a>(title: &str, rows: impl Iterator<Item = (&'a str, &'static str)>) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [title]);
    for (name, what) in rows {
        roff.control("TP", []).text([bold(name)]).text([roman(i18n::t(what))]);
    }
    roff
}
