//! Credentials that are already on the machine (`platform.md` section 5): where they are found, what they are, and
//! why some that are there cannot be used. Nothing here goes to the network, nothing is written, and no sentence,
//! `Debug` or `Display` holds a secret.

mod ini;
mod kind;
mod koocli;
mod normalize;
mod sdk;
mod secret;
mod source;
mod terraform;
mod token;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub use kind::CredentialKind;
pub use secret::{FoundCredentials, InvalidCredentials, Secret};
pub use source::Source;

pub(super) use token::TOKEN_VARIABLE;

use crate::i18n::{self, phrase};

/// The environment: a variable by its name. Values need not be UTF-8.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Credentials that are there and cannot be used. `why` is a sentence for people, with a file's line or the
/// command that helps, and without any value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnusableSource {
    pub source: Source,
    pub why: String,
}

/// What is on the machine, each in the order in which it is to be tried and shown.
#[derive(Debug, Clone, Default)]
pub struct Discovery {
    pub found: Vec<FoundCredentials>,
    pub unusable: Vec<UnusableSource>,
}

impl Discovery {
    fn add(&mut self, source: &Source, result: Result<Option<FoundCredentials>, String>) {
        match result {
            Ok(found) => self.found.extend(found),
            Err(why) => self.refuse(source.clone(), why),
        }
    }

    fn refuse(&mut self, source: Source, why: impl Into<String>) {
        let unusable = UnusableSource { source, why: why.into() };
        if !self.unusable.contains(&unusable) {
            self.unusable.push(unusable);
        }
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unusable.is_empty()
    }

    fn has(&self, source: &Source) -> bool {
        self.found
            .iter()
            .map(|found| &found.source)
            .chain(self.unusable.iter().map(|one| &one.source))
            .any(|one| one == source)
    }
}

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
            (Source::SdkEnvironment, phrase!("HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK are not set"))
        }
        CredentialKind::SdkFile => {
            sdk::file(sdk_file.as_deref(), env, home, &mut discovery);
            let path = sdk::path(sdk_file.as_deref(), env, home);
            (Source::SdkFile(path.unwrap_or_default()), NO_FILE)
        }
        CredentialKind::TerraformEnvironment => {
            terraform::environment(env, home, &mut discovery);
            (
                Source::TerraformEnvironment,
                phrase!("HW_ACCESS_KEY and HW_SECRET_KEY are not set, nor HW_AUTH_TOKEN, nor a password"),
            )
        }
        CredentialKind::KooCli => {
            koocli::file(home, &mut discovery);
            let path = koocli::usual_path(home).unwrap_or_default();
            (
                Source::KooCli { path, profile: String::new() },
                phrase!("there is no profile; `hcloud configure init` makes one"),
            )
        }
        CredentialKind::TokenFile => match hints.token_file {
            Some(path) => {
                let path = expand(path, home);
                token::file(&path, &mut discovery);
                (Source::TokenFile(path), NO_FILE)
            }
            None => (
                Source::TokenFile(PathBuf::new()),
                phrase!("the profile names no file; set token_file or CPH_WIZARD_TOKEN_FILE"),
            ),
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
        discovery.refuse(source, i18n::t(why));
    }
    CredentialLookup::Looked(discovery)
}

/// What is said of a file that was named and is not there.
const NO_FILE: &str = phrase!("there is no such file");

/// A path with `~/` at its front as a path under the home.
fn expand(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        (_, _) => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests;
