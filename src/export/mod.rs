//! Writes an order as a text that another tool runs: with the exact body, with variables in the place of secrets, and with
//! what that tool cannot carry over said at its top. No text holds a hidden character, wherever it came from. Nothing here
//! runs anything.

mod curl;
mod fill;
mod format;
mod go;
mod hcloud;
mod header;
mod http;
mod python;
mod quote;
mod response_codes;
mod target;
mod terraform;

use crate::i18n::tr;
use crate::order::Body;

pub use format::Format;
pub use quote::shell;
pub use target::Target;

/// Why an order cannot be written in a format: the language of the tool cannot hold what the order says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    #[error("{}", tr!("The body holds two braces, in whose place clients put something else: use another form of export."))]
    Braces,
    #[error("{}", tr!("A name contains the character U+0000, which no command line can hold: use another form of export."))]
    Nul,
}

/// Writes an order as a text.
pub fn export(body: &Body, target: &Target, format: Format) -> Result<String, ExportError> {
    match format {
        Format::Curl => Ok(curl::text(body, target)),
        Format::Http => http::text(body, target),
        Format::Terraform => Ok(terraform::text(body, target)),
        Format::Python => Ok(python::text(body, target)),
        Format::Go => Ok(go::text(body, target)),
        Format::Hcloud => hcloud::text(body, target),
    }
}
