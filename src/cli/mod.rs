//! The command line: parses the arguments and runs the command.

mod args;
mod buy;
mod catalogue;
mod catalogue_check;
mod check;
mod completion;
mod demo;
mod export;
mod help;
mod journal;
mod man;
mod order_input;
mod orders;
mod payment;
mod print;
mod profile;
mod reference;
mod resource_limits;
mod schema;
mod simulate;
mod start;
mod table;
mod template;
mod wizard;

use crate::bootstrap::error::AppError;
use crate::bootstrap::{account, environment, harden, language, logging};
use crate::exit_code::ExitCode;
use crate::i18n;

pub use args::{Args, Command};
pub use help::{command, command_line_errors, page, texts, translated_command};
pub use man::{page as man_page, paths};

/// Runs the command that the arguments of the process name, and returns the exit code of the process. A panic gives the
/// exit code 1.
#[must_use]
pub fn run() -> std::process::ExitCode {
    harden::harden_process();
    resource_limits::survive_full_files();
    // A panic has been reported by its hook; its exit code is that of a bug.
    std::panic::catch_unwind(run_args).unwrap_or(ExitCode::Failure).into()
}

fn run_args() -> ExitCode {
    if let Some(words) = completion::completion_request(std::env::args_os()) {
        // A line that is not finished says nothing yet.
        let spoken = language::CommandLine::default().language(&environment::variable);
        i18n::set_language(
            spoken.map_or_else(|_| language::from_locale(&environment::variable).value, |spoken| spoken.value),
        );
        completion::answer(&help::translated_command(), &words, &completion::LocalValues::from_args(&words));
        return ExitCode::Success;
    }
    let tree = command();
    let line = language::CommandLine::read(&tree, std::env::args_os());
    let spoken = match line.language(&environment::variable) {
        Ok(spoken) => spoken,
        Err(why) => {
            i18n::set_language(language::from_locale(&environment::variable).value);
            return failed(&AppError::Usage(why));
        }
    };
    i18n::set_language(spoken.value);
    let args = match help::parse(tree, &line) {
        Ok(args) => args,
        Err(code) => return print::report_unwritten().unwrap_or(code),
    };
    account::shift_clock_for_tests();
    if let Err(failure) = resource_limits::check_descriptors() {
        return failed(&failure);
    }
    // It ends, and says what became of it, when everything else has ended.
    let _log = match logging::start(&args.log, args.command.is_none(), &line.path) {
        Ok(log) => log,
        Err(failure) => return failed(&failure),
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
            completion::run(completions);
            Ok(ExitCode::Success)
        }
        Some(Command::Man(man)) => man::run(&help::translated_command(), man),
        None => wizard::run(&args, &spoken),
    };
    let code = done.unwrap_or_else(|failure| failed(&failure));
    let code = print::report_unwritten().unwrap_or(code);
    logging::ended(code);
    code
}

/// Prints an error and its hint on standard error, and returns the exit code for it.
fn failed(failure: &AppError) -> ExitCode {
    print::eprint_lines(&format!("cph-wizard: {failure}"));
    if let Some(hint) = failure.hint() {
        print::eprint(hint);
    }
    failure.exit_code()
}
