//! An IAM token in `CPH_WIZARD_TOKEN` or in a file.

use std::path::Path;
use std::str;

use crate::fs_private::read_key_file;
use crate::i18n::phrase;

use super::discovery::Discovery;
use super::fault::CredentialFault;
use super::normalize::Environment;
use super::normalize::{self, variable};
use super::secret::{FoundCredentials, Secret};
use super::source::Source;

/// The environment variable that holds a token itself.
pub(in crate::config) const TOKEN_VARIABLE: &str = "CPH_WIZARD_TOKEN";

pub(super) fn environment(env: Environment<'_>, discovery: &mut Discovery) {
    let found = || {
        let Some(value) = variable(env, TOKEN_VARIABLE)? else { return Ok(None) };
        let token = normalize::secret(TOKEN_VARIABLE, &value)?;
        Ok(token.map(|token| FoundCredentials::new(Source::TokenEnvironment, Secret::Token(token))))
    };
    discovery.add(&Source::TokenEnvironment, found());
}

/// Reads a file that holds nothing but a token, with or without surrounding white space.
pub(super) fn file(path: &Path, discovery: &mut Discovery) {
    let source = Source::TokenFile(path.to_owned());
    let found = || {
        let bytes = read_key_file(path)?.ok_or(CredentialFault::NoFile)?;
        let text = str::from_utf8(&bytes).map_err(|_| CredentialFault::NotAToken)?;
        let token = normalize::secret(phrase!("the token in it"), text)?.ok_or(CredentialFault::EmptyFile)?;
        Ok(Some(FoundCredentials::new(source.clone(), Secret::Token(token))))
    };
    discovery.add(&source, found());
}
