//! `template`: writes an order file to begin with.

use crate::failure::Failure;
use crate::order_file;

use super::say;

#[derive(Debug, clap::Args)]
pub struct Template {
    /// Write only what an order needs, without explanations
    #[arg(long)]
    pub minimal: bool,
}

pub fn run(args: &Template) -> Result<u8, Failure> {
    say::text(&order_file::template(args.minimal));
    Ok(0)
}
