//! Credentials that are already on this machine (`platform.md` section 5): where they are found, what they contain, and
//! why some of them cannot be used. Nothing here uses the network or writes a file, and no message, `Debug` or
//! `Display` shows a secret.

mod discovery;
mod fault;
mod ini;
mod kind;
mod koocli;
mod normalize;
mod sdk;
mod secret;
mod source;
mod terraform;
mod token;

use std::path::{Path, PathBuf};

pub use discovery::{Discovery, UnusableSource};
pub use fault::{CredentialFault, IniFault};
pub use kind::CredentialKind;
pub use normalize::Environment;
pub use secret::{FoundCredentials, Secret};
pub use source::Source;

pub(super) use token::TOKEN_VARIABLE;

use discovery::expand;

/// Searches all places in the order of `platform.md` section 5: the SDK's environment, its file, the Terraform
/// provider's environment (or the shared file that it names), the `KooCLI`'s current profile and its others,
/// `CPH_WIZARD_TOKEN`. The metadata service is never queried here.
#[must_use]
pub fn discover(env: Environment<'_>, home: Option<&Path>) -> Discovery {
    look(env, home, None)
}

fn look(env: Environment<'_>, home: Option<&Path>, sdk_file: Option<&Path>) -> Discovery {
    let mut discovery = Discovery::default();
    sdk::environment(env, &mut discovery);
    sdk::file(sdk_file, env, home, &mut discovery);
    terraform::environment(env, home, &mut discovery);
    koocli::file(home, &mut discovery);
    token::environment(env, &mut discovery);
    discovery
}

/// The entries of a profile about its credentials, other than their kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    pub token_file: Option<&'a str>,
    /// A credentials file of the SDK, instead of the usual one.
    pub credentials_file: Option<&'a str>,
    pub domain_name: Option<&'a str>,
    pub user_name: Option<&'a str>,
}

/// The result of a lookup of one kind of credentials.
#[derive(Debug, Clone)]
pub enum CredentialLookup {
    /// The credentials on this machine. The first one in `found` is used; if there is none, `unusable` says why.
    Looked(Discovery),
    /// The user has to be asked for an access key.
    AskKey,
    /// The user has to be asked for a token.
    AskToken,
    /// The user has to be asked for a password, and for the account and the user name if they are `None`.
    AskPassword { domain: Option<String>, user: Option<String> },
    /// The metadata service has to be queried.
    AskMetadata,
}

/// Looks up credentials of the kind that a profile names. A path in the profile may begin with `~/`.
#[must_use]
pub fn for_kind(
    kind: CredentialKind,
    hints: &Hints<'_>,
    env: Environment<'_>,
    home: Option<&Path>,
) -> CredentialLookup {
    let mut discovery = Discovery::default();
    let sdk_file = hints.credentials_file.map(|path| expand(path, home));
    let absent = match kind {
        CredentialKind::Auto => {
            discovery = look(env, home, sdk_file.as_deref());
            return CredentialLookup::Looked(discovery);
        }
        CredentialKind::SdkEnvironment => {
            sdk::environment(env, &mut discovery);
            (Source::SdkEnvironment, CredentialFault::SdkNotSet)
        }
        CredentialKind::SdkFile => {
            sdk::file(sdk_file.as_deref(), env, home, &mut discovery);
            let path = sdk::path(sdk_file.as_deref(), env, home);
            (Source::SdkFile(path.unwrap_or_default()), CredentialFault::NoFile)
        }
        CredentialKind::TerraformEnvironment => {
            terraform::environment(env, home, &mut discovery);
            (Source::TerraformEnvironment, CredentialFault::TerraformNotSet)
        }
        CredentialKind::KooCli => {
            koocli::file(home, &mut discovery);
            let path = koocli::usual_path(home).unwrap_or_default();
            (Source::KooCli { path, profile: String::new() }, CredentialFault::NoKooCliProfile)
        }
        CredentialKind::TokenFile => match hints.token_file {
            Some(path) => {
                let path = expand(path, home);
                token::file(&path, &mut discovery);
                (Source::TokenFile(path), CredentialFault::NoFile)
            }
            None => (Source::TokenFile(PathBuf::new()), CredentialFault::NoTokenFile),
        },
        CredentialKind::Token => {
            token::environment(env, &mut discovery);
            if discovery.is_empty() {
                return CredentialLookup::AskToken;
            }
            return CredentialLookup::Looked(discovery);
        }
        CredentialKind::Password => {
            let owned = |text: Option<&str>| text.map(str::to_owned);
            return CredentialLookup::AskPassword { domain: owned(hints.domain_name), user: owned(hints.user_name) };
        }
        CredentialKind::Metadata => return CredentialLookup::AskMetadata,
        CredentialKind::Typed => return CredentialLookup::AskKey,
    };
    if discovery.is_empty() {
        let (source, why) = absent;
        discovery.refuse(source, why);
    }
    CredentialLookup::Looked(discovery)
}

#[cfg(test)]
mod tests;
