//! Credentials that are already on the machine (`platform.md` section 5): where they are found, what they are, and
//! why some that are there cannot be used. Nothing here goes to the network, nothing is written, and no sentence,
//! `Debug` or `Display` holds a secret.

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

/// Looks everywhere in the order of `platform.md` section 5: the SDK's environment, its file, the Terraform
/// provider's environment (or the shared file that it names), the `KooCLI`'s current profile and its others,
/// `CPH_WIZARD_TOKEN`. The metadata service is never asked here.
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

/// What a profile says about its credentials, beside their kind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    pub token_file: Option<&'a str>,
    /// A file of the SDK in place of the usual one.
    pub credentials_file: Option<&'a str>,
    pub domain_name: Option<&'a str>,
    pub user_name: Option<&'a str>,
}

/// What a kind of credentials comes to.
#[derive(Debug, Clone)]
pub enum CredentialLookup {
    /// What is on the machine. The first one found is meant; if there is none, `unusable` says why.
    Looked(Discovery),
    /// An access key has to be asked for.
    AskKey,
    /// A token has to be asked for.
    AskToken,
    /// A password has to be asked for, and what of its account and user is not known.
    AskPassword { domain: Option<String>, user: Option<String> },
    /// The metadata service has to be asked.
    AskMetadata,
}

/// Gets credentials of the kind that a profile names. A path of the profile may begin with `~/`.
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
