//! The credentials of an account as far as they can be shown: their source and the masked key.

use crate::bootstrap::account::{ResolvedCredentials, nothing_found, obtain_credentials};
use crate::config::ResolvedProfile;
use crate::config::credentials::{CredentialLookup, Discovery, FoundCredentials, Source, UnusableSource};
use crate::i18n::{self, phrase};
use crate::text::sanitize::visible;

/// The credentials that an account resolves to without asking the user.
pub struct HeldCredentials {
    pub status: CredentialsStatus,
    /// The source of the first credentials that were found.
    pub source: Option<Source>,
    pub masked: Option<String>,
    /// Other credentials on this machine, which would be used if the first did not exist.
    pub others: Vec<Other>,
    /// Credential sources on this machine that cannot be used, each with the reason.
    pub unusable: Vec<UnusableSource>,
}

/// Credentials that are not used, because others take precedence.
pub struct Other {
    pub source: Source,
    pub masked: String,
    /// The description for the user: kind, masked key and source.
    pub words: String,
}

/// The state of the credentials: calls can be made only with `Ready` ones.
pub enum CredentialsStatus {
    Ready(Box<ResolvedCredentials>),
    /// The wizard asks for them at each start; a phrase that says so.
    Asked(&'static str),
    /// There are none; the reason.
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

    /// Describes the credentials for the user, or says why there are none.
    pub fn words(&self) -> String {
        match &self.status {
            CredentialsStatus::Ready(proof) => visible(proof.words()).into_owned(),
            CredentialsStatus::Asked(phrase) => i18n::t(phrase).to_owned(),
            CredentialsStatus::Missing(why) => visible(why).into_owned(),
        }
    }
}
