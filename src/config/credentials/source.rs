//! Where credentials come from, in words for the screen.

use std::fmt;
use std::path::PathBuf;

use crate::config::words::shown;
use crate::order::text::brief;

/// Where credentials come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Source {
    SdkEnvironment,
    SdkFile(PathBuf),
    TerraformEnvironment,
    /// A profile of the `KooCLI`; an empty name stands for the whole file.
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
            Self::SdkEnvironment => f.write_str("the SDK's variables (HUAWEICLOUD_SDK_AK)"),
            Self::SdkFile(path) => write!(f, "the SDK's file {}", shown(path)),
            Self::TerraformEnvironment => {
                f.write_str("the Terraform provider's variables (HW_ACCESS_KEY, OS_ACCESS_KEY)")
            }
            Self::KooCli { path, profile } if profile.is_empty() => write!(f, "the KooCLI's file {}", shown(path)),
            Self::KooCli { path, profile } => {
                write!(f, "the KooCLI's profile {} in {}", brief(profile, 40), shown(path))
            }
            Self::TokenEnvironment => f.write_str("the variable CPH_WIZARD_TOKEN"),
            Self::TokenFile(path) => write!(f, "the token file {}", shown(path)),
            Self::Password => f.write_str("user and password"),
            Self::Metadata => f.write_str("the metadata service of this server"),
            Self::Typed => f.write_str("typed"),
        }
    }
}
