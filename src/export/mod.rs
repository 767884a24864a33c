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

use crate::order::Body;

pub use format::Format;
pub use quote::shell;
pub use target::Target;

/// Writes an order as a text. Fails with a sentence if the language of the tool cannot hold what the order says.
pub fn export(body: &Body, target: &Target, format: Format) -> Result<String, String> {
    match format {
        Format::Curl => Ok(curl::text(body, target)),
        Format::Http => http::text(body, target),
        Format::Terraform => Ok(terraform::text(body, target)),
        Format::Python => Ok(python::text(body, target)),
        Format::Go => Ok(go::text(body, target)),
        Format::Hcloud => hcloud::text(body, target),
    }
}
