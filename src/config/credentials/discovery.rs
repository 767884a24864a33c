//! The result of a search for credentials: those that can be used, and those that exist but cannot be used, each with
//! its source.

use std::path::{Path, PathBuf};

use super::fault::CredentialFault;
use super::secret::FoundCredentials;
use super::source::Source;

/// Credentials that exist but cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableSource {
    pub source: Source,
    pub why: CredentialFault,
}

/// The credentials on this machine, in the order in which they are tried and shown.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    pub found: Vec<FoundCredentials>,
    pub unusable: Vec<UnusableSource>,
}

impl Discovery {
    pub(super) fn add(&mut self, source: &Source, result: Result<Option<FoundCredentials>, CredentialFault>) {
        match result {
            Ok(found) => self.found.extend(found),
            Err(why) => self.refuse(source.clone(), why),
        }
    }

    pub(super) fn refuse(&mut self, source: Source, why: CredentialFault) {
        let unusable = UnusableSource { source, why };
        if !self.unusable.contains(&unusable) {
            self.unusable.push(unusable);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unusable.is_empty()
    }

    pub(super) fn has(&self, source: &Source) -> bool {
        self.found
            .iter()
            .map(|found| &found.source)
            .chain(self.unusable.iter().map(|one| &one.source))
            .any(|one| one == source)
    }
}

/// Expands a leading `~/` to the home directory, if there is one.
pub(super) fn expand(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        (_, _) => PathBuf::from(path),
    }
}
