//! Exports an order as a text that another tool runs: with the exact body, with variables in place of secrets, and with
//! a header that lists what the tool cannot carry over. No text contains a hidden character, whatever its source.
//! Nothing here runs anything.

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

/// Reason why an order cannot be exported in a format: the language of the tool cannot express a value of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    #[error("{}", tr!("The body holds two braces, in whose place clients put something else: use another form of export."))]
    Braces,
    #[error("{}", tr!("A name contains the character U+0000, which no command line can hold: use another form of export."))]
    Nul,
}

/// Returns the order as a text in a format. Only the formats `http` and `hcloud` can fail.
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
