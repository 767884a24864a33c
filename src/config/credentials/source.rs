//! The source of credentials, and its description for the screen.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::i18n::{self, phrase, tr};
use crate::text::path::shown;
use crate::text::sanitize::brief;

/// The display name of a `KooCLI` profile that has no name.
pub(super) const NAMELESS: &str = phrase!("without a name");

/// The source of credentials.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    SdkEnvironment,
    SdkFile(PathBuf),
    TerraformEnvironment,
    /// A profile of the `KooCLI`; an empty name means the whole file.
    KooCli {
        path: PathBuf,
        profile: String,
    },
    /// `CPH_WIZARD_TOKEN`.
    TokenEnvironment,
    TokenFile(PathBuf),
    Password,
    Metadata,
    Typed,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SdkEnvironment => f.write_str(&tr!("the SDK's variables (HUAWEICLOUD_SDK_AK)")),
            Self::SdkFile(path) => f.write_str(&tr!("the SDK's file {path}", path = shown(path))),
            Self::TerraformEnvironment => {
                f.write_str(&tr!("the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY)"))
            }
            Self::KooCli { path, profile } if profile.is_empty() => {
                f.write_str(&tr!("the KooCLI's file {path}", path = shown(path)))
            }
            Self::KooCli { path, profile } => {
                let profile = if profile == NAMELESS { i18n::t(NAMELESS).to_owned() } else { brief(profile, 40) };
                f.write_str(&tr!("the KooCLI's profile {profile} in {path}", profile, path = shown(path)))
            }
            Self::TokenEnvironment => f.write_str(&tr!("the variable CPH_WIZARD_TOKEN")),
            Self::TokenFile(path) => f.write_str(&tr!("the token file {path}", path = shown(path))),
            Self::Password => f.write_str(&tr!("user and password")),
            Self::Metadata => f.write_str(&tr!("the metadata service of this server")),
            Self::Typed => f.write_str(&tr!("typed")),
        }
    }
}

impl Source {
    /// Returns the kind of source as a code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SdkEnvironment => "sdk_environment",
            Self::SdkFile(_) => "sdk_file",
            Self::TerraformEnvironment => "terraform_environment",
            Self::KooCli { .. } => "koocli",
            Self::TokenEnvironment => "token_environment",
            Self::TokenFile(_) => "token_file",
            Self::Password => "password",
            Self::Metadata => "metadata",
            Self::Typed => "typed",
        }
    }

    /// Returns the path, if the credentials come from a file.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::SdkFile(path) | Self::KooCli { path, profile: _ } | Self::TokenFile(path) => Some(path),
            Self::SdkEnvironment
            | Self::TerraformEnvironment
            | Self::TokenEnvironment
            | Self::Password
            | Self::Metadata
            | Self::Typed => None,
        }
    }

    /// Returns the name of the `KooCLI` profile, if the credentials come from one that has a name.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        match self {
            Self::KooCli { path: _, profile } if !profile.is_empty() && profile != NAMELESS => Some(profile),
            Self::KooCli { .. }
            | Self::SdkEnvironment
            | Self::SdkFile(_)
            | Self::TerraformEnvironment
            | Self::TokenEnvironment
            | Self::TokenFile(_)
            | Self::Password
            | Self::Metadata
            | Self::Typed => None,
        }
    }
}
