//! The kinds of credentials that a profile can name.

use std::fmt;

use crate::i18n::phrase;
use crate::text::suggest::nearest;

/// The source from which a profile takes its credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CredentialKind {
    /// The first credentials found on this machine, in the order of `platform.md` section 5.
    #[default]
    Auto,
    /// `HUAWEICLOUD_SDK_AK` and the variables that belong to it.
    SdkEnvironment,
    /// `~/.huaweicloud/credentials`.
    SdkFile,
    /// `HW_ACCESS_KEY` and the variables that belong to it, with their `OS_` equivalents.
    TerraformEnvironment,
    /// `~/.hcloud/config.json`.
    KooCli,
    /// An IAM token in a file.
    TokenFile,
    /// An IAM token in `CPH_WIZARD_TOKEN`, or typed by the user.
    Token,
    /// A user name and a password, with which a token is requested from IAM.
    Password,
    /// The metadata service of a cloud server; used only if a profile names it.
    Metadata,
    /// An access key that the user types at every start.
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

    /// The valid values, as the end of a sentence.
    pub(in crate::config) const RIGHT: &str = phrase!(
        "is one of auto, sdk-environment, sdk-file, terraform-environment, koocli, token-file, token, password, \
         metadata, typed"
    );

    /// Returns the name in settings and variables.
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

    /// Returns the kind with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the name of the kind that is most similar to this text, if one is.
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
