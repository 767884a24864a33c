//! The command line: what can be asked for, and who answers it.

mod account;
mod accounts;
mod args;
mod begin;
mod buy;
mod check;
mod demo;
mod keys;
mod order_file;
mod orders;
mod profile;
mod say;
mod seal;
mod simulate;
mod wizard;

use std::process::ExitCode;

use clap::Parser as _;

use crate::order::text::visible;

pub use args::{Args, Command};

/// Does what the command line asks for; the exit code is the program's.
#[must_use]
pub fn run() -> ExitCode {
    seal::seal();
    // A panic has been reported by its hook; its exit code is that of a bug.
    std::panic::catch_unwind(run_args).unwrap_or(ExitCode::from(1))
}

fn run_args() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refuse(&error),
    };
    let done = match &args.command {
        Some(Command::Simulate(simulate)) => simulate::run(simulate),
        Some(Command::Check(check)) => check::run(check),
        Some(Command::Buy(buy)) => buy::run(buy),
        Some(Command::Orders(orders)) => orders::run(orders),
        Some(Command::Profile(profile)) => profile::run(profile),
        None => wizard::run(&args),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            say::asides(&format!("cph-wizard: {failure}"));
            if let Some(hint) = failure.hint() {
                say::aside(hint);
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Help, version, or what is wrong with the command line. What was typed may do something to a terminal when it is
/// repeated.
fn refuse(error: &clap::Error) -> ExitCode {
    let text = error.to_string();
    if text.lines().any(|line| visible(line) != line) {
        say::asides(&text);
    } else {
        // A closed pipe takes no words; the exit code still tells.
        let _ = error.print();
    }
    u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
}
