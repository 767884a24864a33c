//! The environment variables and the credentials file of the vendor's SDK (`platform.md` section 5, A and B).

use std::path::{Path, PathBuf};
use std::str;

use crate::config::profile_key::ProfileKey;
use crate::fs_private::read_key_file;
use crate::i18n::phrase;

use super::discovery::Discovery;
use super::fault::CredentialFault;
use super::ini::Ini;
use super::normalize::Environment;
use super::normalize::{Text, formed, pair, secret_of, variable};
use super::secret::{FoundCredentials, Secret};
use super::source::Source;

/// The values of the environment or of the file, each with its name there.
struct Given<'a> {
    access_key: (&'static str, Option<&'a str>),
    secret_key: (&'static str, Option<&'a str>),
    security_token: (&'static str, Option<&'a str>),
    project_id: (&'static str, Option<&'a str>),
    domain_id: (&'static str, Option<&'a str>),
    iam_endpoint: (&'static str, Option<&'a str>),
}

impl<'a> Given<'a> {
    fn from(given: impl Fn(usize) -> (&'static str, Option<&'a str>)) -> Self {
        Self {
            access_key: given(0),
            secret_key: given(1),
            security_token: given(2),
            project_id: given(3),
            domain_id: given(4),
            iam_endpoint: given(5),
        }
    }
}

fn found(source: &Source, given: &Given<'_>) -> Result<Option<FoundCredentials>, CredentialFault> {
    let Some((access_key, secret_key)) = pair(given.access_key, given.secret_key)? else { return Ok(None) };
    let security_token = secret_of(given.security_token.0, given.security_token.1)?;
    let secret = Secret::Key { access_key, secret_key, security_token };
    Ok(Some(FoundCredentials {
        project_id: formed(ProfileKey::ProjectId, given.project_id.0, given.project_id.1)?,
        // An account's id has the form of a project's.
        domain_id: formed(ProfileKey::ProjectId, given.domain_id.0, given.domain_id.1)?,
        iam_endpoint: formed(ProfileKey::IamEndpoint, given.iam_endpoint.0, given.iam_endpoint.1)?,
        ..FoundCredentials::new(source.clone(), secret)
    }))
}

pub(super) fn environment(env: Environment<'_>, discovery: &mut Discovery) {
    const NAMES: [&str; 6] = [
        "HUAWEICLOUD_SDK_AK",
        "HUAWEICLOUD_SDK_SK",
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "HUAWEICLOUD_SDK_PROJECT_ID",
        "HUAWEICLOUD_SDK_DOMAIN_ID",
        "HUAWEICLOUD_SDK_IAM_ENDPOINT",
    ];
    let source = Source::SdkEnvironment;
    if env("HUAWEICLOUD_SDK_IDP_ID").is_some_and(|value| !value.is_empty()) {
        discovery.refuse(source.clone(), CredentialFault::Federation);
    }
    let look = || {
        let mut values: [Option<Text>; 6] = Default::default();
        for (value, name) in values.iter_mut().zip(NAMES) {
            *value = variable(env, name)?;
        }
        let given = |at: usize| (NAMES[at], values[at].as_deref().map(String::as_str));
        found(&source, &Given::from(given))
    };
    discovery.add(&source, look());
}

/// Returns the path of the SDK's file: the profile's, the variable's, or the usual one.
pub(super) fn path(given: Option<&Path>, env: Environment<'_>, home: Option<&Path>) -> Option<PathBuf> {
    given
        .map(Path::to_owned)
        .or_else(|| env("HUAWEICLOUD_SDK_CREDENTIALS_FILE").filter(|path| !path.is_empty()).map(PathBuf::from))
        .or_else(|| Some(home?.join(".huaweicloud").join("credentials")))
}

pub(super) fn file(given: Option<&Path>, env: Environment<'_>, home: Option<&Path>, discovery: &mut Discovery) {
    let Some(path) = path(given, env, home) else { return };
    let is_named = path_is_named(given, env);
    let source = Source::SdkFile(path.clone());
    match read_key_file(&path) {
        Ok(Some(bytes)) => read(&source, &bytes, discovery),
        Ok(None) if is_named => discovery.refuse(source, CredentialFault::NoFile),
        Ok(None) => {}
        Err(error) => discovery.refuse(source, error.into()),
    }
}

/// Reads the credentials from the bytes of the file. `[basic]` is for project-level services, which include Cloud
/// Phone. `[global]` is for account-level ones; it supplies the account's id unless it names a different access key.
fn read(source: &Source, bytes: &[u8], discovery: &mut Discovery) {
    let look = |discovery: &mut Discovery| {
        let text = str::from_utf8(bytes).map_err(|_| CredentialFault::NotUtf8)?;
        let ini = Ini::read(text)?;
        let is_federated = ini.get("basic", "idp_id").is_some_and(|value| !value.is_empty());
        if is_federated {
            discovery.refuse(source.clone(), CredentialFault::Federation);
        }
        let is_same_account = ini.get("global", "ak").is_none_or(|key| ini.get("basic", "ak") == Some(key));
        let domain_id = if is_same_account { ini.get("global", "domain_id") } else { None };
        let basic = |name: &str| ini.get("basic", name);
        let given = Given {
            access_key: (phrase!("ak in [basic]"), basic("ak")),
            secret_key: (phrase!("sk in [basic]"), basic("sk")),
            security_token: (phrase!("security_token in [basic]"), basic("security_token")),
            project_id: (phrase!("project_id in [basic]"), basic("project_id")),
            domain_id: (phrase!("domain_id in [global]"), domain_id),
            iam_endpoint: (phrase!("iam_endpoint in [basic]"), basic("iam_endpoint")),
        };
        match found(source, &given)? {
            None if !is_federated => Err(CredentialFault::NoBasicKey),
            found => Ok(found),
        }
    };
    let result = look(discovery);
    discovery.add(source, result);
}

fn path_is_named(given: Option<&Path>, env: Environment<'_>) -> bool {
    given.is_some() || env("HUAWEICLOUD_SDK_CREDENTIALS_FILE").is_some_and(|path| !path.is_empty())
}
