//! The command line: what can be asked for, and who answers it.

mod account;
mod accounts;
mod args;
mod begin;
mod buy;
mod catalogue;
mod check;
mod demo;
mod export;
mod help;
mod keys;
mod language;
mod looks;
mod online;
mod order_file;
mod orders;
mod profile;
mod say;
mod schema;
mod seal;
mod simulate;
mod table;
mod template;
mod wizard;

use std::process::ExitCode;

use crate::failure::Failure;
use crate::words;

pub use args::{Args, Command};
pub use help::{command, page, texts, wrong};

/// Does what the command line asks for; the exit code is the program's.
#[must_use]
pub fn run() -> ExitCode {
    seal::seal();
    // A panic has been reported by its hook; its exit code is that of a bug.
    std::panic::catch_unwind(run_args).unwrap_or(ExitCode::from(1))
}

fn run_args() -> ExitCode {
    let tree = command();
    let line = language::Line::read(&tree, std::env::args_os());
    let spoken = match line.language(&account::variable) {
        Ok(spoken) => spoken,
        Err(why) => {
            words::speak(language::of_locale(&account::variable).value);
            return failed(&Failure::Usage(why));
        }
    };
    words::speak(spoken.value);
    let args = match help::parse(tree, &line) {
        Ok(args) => args,
        Err(code) => return ExitCode::from(code),
    };
    let done = match &args.command {
        Some(Command::Simulate(simulate)) => simulate::run(simulate),
        Some(Command::Check(check)) => check::run(check),
        Some(Command::Buy(buy)) => buy::run(buy),
        Some(Command::Catalogue(list)) => catalogue::run(list),
        Some(Command::Orders(orders)) => orders::run(orders),
        Some(Command::Template(made)) => Ok(template::run(made)),
        Some(Command::Schema) => Ok(schema::run()),
        Some(Command::Export(order)) => export::run(order),
        Some(Command::Profile(profile)) => profile::run(profile, &spoken),
        None => wizard::run(&args, &spoken),
    };
    done.map_or_else(|failure| failed(&failure), ExitCode::from)
}

fn failed(failure: &Failure) -> ExitCode {
    say::asides(&format!("cph-wizard: {failure}"));
    if let Some(hint) = failure.hint() {
        say::aside(hint);
    }
    ExitCode::from(failure.exit_code())
}
