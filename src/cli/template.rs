//! `template`: writes an order file to begin with.

use crate::exit_code::ExitCode;
use crate::order_file;

use super::print;

#[derive(Debug, clap::Args)]
pub struct Template {
    /// Write only what an order needs, without explanations
    #[arg(long)]
    pub minimal: bool,
}

pub fn run(args: &Template) -> ExitCode {
    print::text(&order_file::template(args.minimal));
    ExitCode::Success
}
