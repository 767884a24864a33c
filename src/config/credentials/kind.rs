//! The kinds of credentials that a profile can name.

use std::fmt;

use crate::i18n::phrase;
use crate::text::suggest::nearest;

/// Where a profile takes its credentials from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CredentialKind {
    /// Whatever is found first on this machine, in the order of `platform.md` section 5.
    #[default]
    Auto,
    /// `HUAWEICLOUD_SDK_AK` and its neighbours.
    SdkEnvironment,
    /// `~/.huaweicloud/credentials`.
    SdkFile,
    /// `HW_ACCESS_KEY` and its neighbours, with their `OS_` twins.
    TerraformEnvironment,
    /// `~/.hcloud/config.json`.
    KooCli,
    /// An IAM token in a file.
    TokenFile,
    /// An IAM token in `CPH_WIZARD_TOKEN`, or typed.
    Token,
    /// User and password; a token is taken from IAM with them.
    Password,
    /// The metadata service of a cloud server; only when it is asked for.
    Metadata,
    /// An access key that is typed at every start.
    Typed,
}

impl CredentialKind {
    pub const ALL: [Self; 10] = [
        Self::Auto,
        Self::SdkEnvironment,
        Self::SdkFile,
        Self::TerraformEnvironment,
        Self::KooCli,
        Self::TokenFile,
        Self::Token,
        Self::Password,
        Self::Metadata,
        Self::Typed,
    ];

    /// What a value has to be: the end of a sentence.
    pub(in crate::config) const RIGHT: &str = phrase!(
        "is one of auto, sdk-environment, sdk-file, terraform-environment, koocli, token-file, token, password, \
         metadata, typed"
    );

    /// The name in settings and variables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::SdkEnvironment => "sdk-environment",
            Self::SdkFile => "sdk-file",
            Self::TerraformEnvironment => "terraform-environment",
            Self::KooCli => "koocli",
            Self::TokenFile => "token-file",
            Self::Token => "token",
            Self::Password => "password",
            Self::Metadata => "metadata",
            Self::Typed => "typed",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The name of a kind that is near to this one, if there is one.
    pub(in crate::config) fn nearest(name: &str) -> Option<&'static str> {
        nearest(name, Self::ALL.map(Self::name))
    }
}

impl fmt::Display for CredentialKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_names_every_kind() {
        let names: Vec<&str> = CredentialKind::ALL.into_iter().map(CredentialKind::name).collect();
        assert_eq!(CredentialKind::RIGHT, format!("is one of {}", names.join(", ")));
        assert_eq!(CredentialKind::named("token"), Some(CredentialKind::Token));
        assert_eq!(CredentialKind::nearest("sdkfile"), Some("sdk-file"));
    }
}
