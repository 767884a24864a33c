//! The accounts that can be chosen, and what was chosen. Secrets are wiped when they are dropped.

use std::fmt;

use secrecy::zeroize::Zeroize as _;

/// What is on the machine, in words; nothing secret is in it.
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
    /// Region and where its credentials come from.
    pub about: String,
}

/// Credentials on the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedCredentials {
    /// Where they are, such as `environment HUAWEICLOUD_SDK_AK`.
    pub source: String,
    /// The key in part, or who logs in.
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

/// A text that is typed and never shown; its memory is wiped.
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
    /// By its place in the survey.
    Found(usize),
    /// Whatever the profile names.
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

/// A way into the cloud, complete when it has a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAccess {
    pub given: CredentialsChoice,
    /// The profile that this completes for one run.
    pub profile: Option<String>,
    pub region: String,
    pub project: Option<Project>,
    /// The name under which region, project and source are kept.
    pub keep_as: Option<String>,
}

impl AccountAccess {
    /// Nothing chosen yet: no answer to an earlier choice counts for another one.
    pub(super) fn none() -> Self {
        Self { given: CredentialsChoice::OfProfile, profile: None, region: String::new(), project: None, keep_as: None }
    }
}

/// For whom the form is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChoice {
    Demo,
    Profile(String),
    Access(Box<AccountAccess>),
}
