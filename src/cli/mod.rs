//! The command line: what can be asked for, and who answers it.

mod account;
mod accounts;
mod args;
mod begin;
mod buy;
mod check;
mod demo;
mod keys;
mod looks;
mod order_file;
mod orders;
mod profile;
mod say;
mod seal;
mod simulate;
mod wizard;

use std::io::{Write as _, stderr};
use std::process::ExitCode;

use clap::Parser as _;

pub use args::{Args, Command};

/// Does what the command line asks for; the exit code is the program's.
#[must_use]
pub fn run() -> ExitCode {
    seal::seal();
    // A panic has been reported by its hook; its exit code is that of a bug.
    std::panic::catch_unwind(run_args).unwrap_or(ExitCode::from(1))
}

fn run_args() -> ExitCode {
    let args = Args::parse();
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
            // A closed stderr takes no words; the exit code still tells.
            let _ = writeln!(stderr(), "cph-wizard: {failure}");
            if let Some(hint) = failure.hint() {
                let _ = writeln!(stderr(), "{hint}");
            }
            ExitCode::from(failure.exit_code())
        }
    }
}
