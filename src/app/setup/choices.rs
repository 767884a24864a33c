//! The accounts that can be chosen, and the choice. Secrets are wiped from memory when they are dropped.

use std::fmt;

use secrecy::zeroize::Zeroize as _;

/// Profiles and credentials found on this machine, in words. It contains no secrets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DetectedAccounts {
    pub profiles: Vec<ProfileRow>,
    pub found: Vec<DetectedCredentials>,
    /// Credentials that were found and cannot be used, a sentence each.
    pub unusable: Vec<String>,
    /// Id and place of the regions with an endpoint.
    pub regions: Vec<(String, String)>,
}

/// A profile of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    pub name: String,
    /// Region, and the source of its credentials.
    pub about: String,
}

/// Credentials on the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedCredentials {
    /// Source of the credentials, such as `environment HUAWEICLOUD_SDK_AK`.
    pub source: String,
    /// The masked key, or the user who logs in.
    pub masked: String,
    pub region: Option<String>,
    pub project: Option<Project>,
}

/// A project of the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub id: String,
    /// Empty if only the id is known.
    pub name: String,
}

/// A typed text that debug output does not show; its memory is wiped when it is dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretText(pub(super) String);

impl SecretText {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// The credentials that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsChoice {
    /// Credentials found on the machine, by index in [`DetectedAccounts::found`].
    Found(usize),
    /// The credentials that the profile names.
    OfProfile,
    Key {
        access_key: String,
        secret_key: SecretText,
        security_token: SecretText,
    },
    Token {
        token: SecretText,
    },
    Login {
        domain: String,
        user: String,
        password: SecretText,
    },
}

/// Access to the cloud, complete when it has a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAccess {
    pub given: CredentialsChoice,
    /// Profile that this access completes for one run.
    pub profile: Option<String>,
    pub region: String,
    pub project: Option<Project>,
    /// Name of the profile to save region, project and credential source in, if any.
    pub keep_as: Option<String>,
}

impl AccountAccess {
    /// Creates an empty access, so that no answer to an earlier choice is used for another one.
    pub(super) fn none() -> Self {
        Self { given: CredentialsChoice::OfProfile, profile: None, region: String::new(), project: None, keep_as: None }
    }
}

/// The account that the form is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChoice {
    Demo,
    Profile(String),
    Access(Box<AccountAccess>),
}
