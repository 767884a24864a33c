//! Credentials that are on the machine.
mod kind;
pub use kind::CredentialKind;
