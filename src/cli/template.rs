//! `template`: writes an order file to begin with.

use crate::order_file;

use super::say;

#[derive(Debug, clap::Args)]
pub struct Template {
    /// Write only what an order needs, without explanations
    #[arg(long)]
    pub minimal: bool,
}

pub fn run(args: &Template) -> u8 {
    say::text(&order_file::template(args.minimal));
    0
}
