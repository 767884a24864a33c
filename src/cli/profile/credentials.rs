//! The credentials of an account as far as they can be shown: where they are from, and their masked key.

use crate::bootstrap::account::{ResolvedCredentials, nothing_found, obtain_credentials};
use crate::config::ResolvedProfile;
use crate::config::credentials::{CredentialLookup, Discovery, FoundCredentials, Source, UnusableSource};
use crate::i18n::{self, phrase};
use crate::text::sanitize::visible;

/// What the credentials of an account come to before anybody is asked.
pub struct HeldCredentials {
    pub status: CredentialsStatus,
    /// The place and the masked key of the first that was found.
    pub source: Option<Source>,
    pub masked: Option<String>,
    /// Others that are on the machine too, and would be taken if the first were not there.
    pub others: Vec<Other>,
    /// What is on the machine and cannot be used, with the reason.
    pub unusable: Vec<UnusableSource>,
}

/// Credentials that are not used, since others come first.
pub struct Other {
    pub source: Source,
    pub masked: String,
    /// What they are, for a person.
    pub words: String,
}

/// Whether calls can be made with them.
pub enum CredentialsStatus {
    Ready(Box<ResolvedCredentials>),
    /// They are asked for at each start: a phrase.
    Asked(&'static str),
    /// There are none; why.
    Missing(String),
}

impl From<&FoundCredentials> for Other {
    fn from(found: &FoundCredentials) -> Self {
        Self {
            source: found.source.clone(),
            masked: found.masked(),
            words: ResolvedCredentials::from(found).words().to_owned(),
        }
    }
}

impl HeldCredentials {
    pub fn from_profile(chosen: &ResolvedProfile) -> Self {
        let bare = |status| Self { status, source: None, masked: None, others: Vec::new(), unusable: Vec::new() };
        match obtain_credentials(chosen) {
            CredentialLookup::Looked(discovery) => Self::found(&discovery),
            CredentialLookup::AskMetadata => bare(CredentialsStatus::Ready(Box::new(ResolvedCredentials::agency()))),
            CredentialLookup::AskKey => {
                bare(CredentialsStatus::Asked(phrase!("an access key is asked for at each start of the wizard")))
            }
            CredentialLookup::AskToken => {
                bare(CredentialsStatus::Asked(phrase!("a token is asked for at each start of the wizard")))
            }
            CredentialLookup::AskPassword { domain: _, user: _ } => {
                bare(CredentialsStatus::Asked(phrase!("a password is asked for at each start of the wizard")))
            }
        }
    }

    fn found(discovery: &Discovery) -> Self {
        let mut found = discovery.found.iter();
        let first = found.next();
        let status = match first {
            Some(found) => CredentialsStatus::Ready(Box::new(ResolvedCredentials::from(found))),
            None => CredentialsStatus::Missing(nothing_found(&discovery.unusable)),
        };
        Self {
            status,
            source: first.map(|found| found.source.clone()),
            masked: first.map(FoundCredentials::masked),
            others: found.map(Other::from).collect(),
            unusable: discovery.unusable.clone(),
        }
    }

    /// What they are, for a person.
    pub fn words(&self) -> String {
        match &self.status {
            CredentialsStatus::Ready(proof) => visible(proof.words()).into_owned(),
            CredentialsStatus::Asked(phrase) => i18n::t(phrase).to_owned(),
            CredentialsStatus::Missing(why) => visible(why).into_owned(),
        }
    }
}
