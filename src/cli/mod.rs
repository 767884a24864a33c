//! The command line: what can be asked for, and who answers it.

mod account;
mod accounts;
mod args;
mod begin;
mod buy;
mod catalogue;
mod check;
mod complete;
mod demo;
mod export;
mod help;
mod keys;
mod language;
mod limits;
mod log;
mod looks;
mod man;
mod online;
mod order_file;
mod orders;
mod profile;
mod reference;
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
pub use help::{command, page, spoken, texts, wrong};
pub use man::{page as man_page, paths};

/// Does what the command line asks for; the exit code is the program's.
#[must_use]
pub fn run() -> ExitCode {
    seal::seal();
    limits::survive_full_files();
    // A panic has been reported by its hook; its exit code is that of a bug.
    std::panic::catch_unwind(run_args).unwrap_or(ExitCode::from(1))
}

fn run_args() -> ExitCode {
    if let Some(words) = complete::asked(std::env::args_os()) {
        // A line that is not finished says nothing yet.
        let spoken = language::Line::default().language(&account::variable);
        words::speak(spoken.map_or_else(|_| language::of_locale(&account::variable).value, |spoken| spoken.value));
        complete::answer(&help::spoken(), &words, &complete::Machine::of(&words));
        return ExitCode::SUCCESS;
    }
    let tree = command();
    let line = language::Line::read(&tree, std::env::args_os());
    let spoken = match line.language(&account::variable) {
        Ok(spoken) => spoken,
        Err(why) => {
            words::speak(language::of_locale(&account::variable).value);
            return ExitCode::from(failed(&Failure::Usage(why)));
        }
    };
    words::speak(spoken.value);
    let args = match help::parse(tree, &line) {
        Ok(args) => args,
        Err(code) => return ExitCode::from(say::unwritten().unwrap_or(code)),
    };
    account::shift_clock_for_tests();
    if let Err(failure) = limits::check_descriptors() {
        return ExitCode::from(failed(&failure));
    }
    // It ends, and says what became of it, when everything else has ended.
    let _log = match log::start(&args, &line.path) {
        Ok(log) => log,
        Err(failure) => return ExitCode::from(failed(&failure)),
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
        Some(Command::Completions(completions)) => {
            complete::run(completions);
            Ok(0)
        }
        Some(Command::Man(man)) => man::run(man),
        None => wizard::run(&args, &spoken),
    };
    let code = done.unwrap_or_else(|failure| failed(&failure));
    let code = say::unwritten().unwrap_or(code);
    log::ended(code);
    ExitCode::from(code)
}

/// Says what went wrong; the exit code for it.
fn failed(failure: &Failure) -> u8 {
    say::asides(&format!("cph-wizard: {failure}"));
    if let Some(hint) = failure.hint() {
        say::aside(hint);
    }
    failure.exit_code()
}
