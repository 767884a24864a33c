//! Entry point: runs the command line and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    cph_wizard::cli::run()
}
