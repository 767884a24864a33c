//! Profiles of the `KooCLI`, `hcloud` (`platform.md` section 5, D). It encrypts its keys unless the user asked for
//! plain ones, and the encrypted form is not documented: a value that does not have the form of a key is not sent
//! anywhere.

use std::path::{Path, PathBuf};

use secrecy::zeroize::Zeroize as _;
use serde_json::{Map, Value};

use crate::config::profile_key::ProfileKey;
use crate::fs_private::read_key_file;

use super::discovery::Discovery;
use super::fault::CredentialFault;
use super::normalize::{formed, pair, secret_of};
use super::secret::{FoundCredentials, Secret};
use super::source::{NAMELESS, Source};

/// Returns the path of the file in a home directory.
pub(super) fn usual_path(home: Option<&Path>) -> Option<PathBuf> {
    Some(home?.join(".hcloud").join("config.json"))
}

/// Adds all profiles of the usual file: the current one first, then the others in file order. A profile that was added
/// before (because a variable of the Terraform provider names it) is not added again.
pub(super) fn file(home: Option<&Path>, discovery: &mut Discovery) {
    let Some(path) = usual_path(home) else { return };
    let whole = Source::KooCli { path: path.clone(), profile: String::new() };
    if discovery.has(&whole) {
        return;
    }
    match Profiles::read(&path) {
        Ok(Some(profiles)) => {
            let current = profiles.current();
            let (first, others): (Vec<_>, Vec<_>) =
                profiles.all.iter().partition(|profile| current.is_some() && name_of(profile) == current);
            for profile in first.into_iter().chain(others) {
                let source = source_of(&path, profile);
                if !discovery.has(&source) {
                    discovery.add(&source, found(&source, profile));
                }
            }
        }
        Ok(None) => {}
        Err(why) => discovery.refuse(whole, why),
    }
}

/// Adds one profile of the given file: the one with this name, or else the current one.
pub(super) fn shared(path: &Path, name: Option<&str>, discovery: &mut Discovery) {
    let whole = Source::KooCli { path: path.to_owned(), profile: String::new() };
    let profiles = match Profiles::read(path) {
        Ok(Some(profiles)) => profiles,
        Ok(None) => return discovery.refuse(whole, CredentialFault::NoFile),
        Err(why) => return discovery.refuse(whole, why),
    };
    let Some(wanted) = name.or(profiles.current()) else {
        return discovery.refuse(whole, CredentialFault::NoCurrentProfile);
    };
    match profiles.all.iter().find(|profile| name_of(profile) == Some(wanted)) {
        Some(profile) => {
            let source = source_of(path, profile);
            discovery.add(&source, found(&source, profile));
        }
        None => {
            let source = Source::KooCli { path: path.to_owned(), profile: wanted.to_owned() };
            discovery.refuse(source, CredentialFault::NoSuchProfile);
        }
    }
}

/// The contents of the file. They are overwritten in memory when they are dropped.
struct Profiles {
    current: Value,
    all: Vec<Value>,
}

impl Drop for Profiles {
    fn drop(&mut self) {
        self.all.iter_mut().for_each(wipe);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Profiles {
    fn read(path: &Path) -> Result<Option<Self>, CredentialFault> {
        let Some(bytes) = read_key_file(path)? else { return Ok(None) };
        let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let mut whole: Value = serde_json::from_slice(json)
            .map_err(|error| CredentialFault::NotJson { line: error.line(), column: error.column() })?;
        let mut take = |name: &str| whole.get_mut(name).map(Value::take).unwrap_or_default();
        let (current, all) = (take("current"), take("profiles"));
        wipe(&mut whole);
        match all {
            Value::Array(all) => Ok(Some(Self { current, all })),
            Value::Null => Ok(Some(Self { current, all: Vec::new() })),
            mut other => {
                wipe(&mut other);
                Err(CredentialFault::UnknownLayout)
            }
        }
    }

    fn current(&self) -> Option<&str> {
        self.current.as_str().filter(|name| !name.is_empty())
    }
}

fn name_of(profile: &Value) -> Option<&str> {
    profile.get("name").and_then(Value::as_str)
}

fn source_of(path: &Path, profile: &Value) -> Source {
    let name = name_of(profile).filter(|name| !name.is_empty()).unwrap_or(NAMELESS);
    Source::KooCli { path: path.to_owned(), profile: name.to_owned() }
}

fn found(source: &Source, profile: &Value) -> Result<Option<FoundCredentials>, CredentialFault> {
    let none = Map::new();
    let profile = profile.as_object().ok_or(CredentialFault::ProfileNotAnObject)?;
    let text = |name: &str| profile.get(name).and_then(Value::as_str);
    let mode = text("mode").unwrap_or_default();
    let keys = match mode.to_ascii_lowercase().as_str() {
        "" | "aksk" => profile,
        "sso" => {
            let token = profile.get("ssoAuth").and_then(|auth| auth.get("stsToken")).and_then(Value::as_object);
            let token = token.unwrap_or(&none);
            if blank(token, "accessKeyId") && blank(token, "secretAccessKey") {
                return Err(CredentialFault::NoSsoKey);
            }
            token
        }
        "ecsagency" => return Err(CredentialFault::MetadataMode),
        "assumerole" | "agency" => return Err(CredentialFault::AgencyMode),
        "token" => return Err(CredentialFault::TokenMode),
        _ => return Err(CredentialFault::UnknownMode),
    };
    let secret = key(keys)?;
    Ok(Some(FoundCredentials {
        region: formed(ProfileKey::Region, "region", text("region"))?,
        project_id: formed(ProfileKey::ProjectId, "projectId", text("projectId"))?,
        domain_id: formed(ProfileKey::ProjectId, "domainId", text("domainId"))?,
        ..FoundCredentials::new(source.clone(), secret)
    }))
}

fn blank(members: &Map<String, Value>, name: &str) -> bool {
    members.get(name).and_then(Value::as_str).is_none_or(|value| value.trim().is_empty())
}

fn key(members: &Map<String, Value>) -> Result<Secret, CredentialFault> {
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let (access, secret) = (text("accessKeyId"), text("secretAccessKey"));
    let is_plain = access.is_none_or(|key| is_blank_or(key, is_access_key))
        && secret.is_none_or(|key| is_blank_or(key, is_secret_key));
    if !is_plain {
        return Err(CredentialFault::Encrypted);
    }
    let pair = pair(("accessKeyId", access), ("secretAccessKey", secret))?;
    let (access_key, secret_key) = pair.ok_or(CredentialFault::NoKeys)?;
    Ok(Secret::Key { access_key, secret_key, security_token: secret_of("securityToken", text("securityToken"))? })
}

fn is_blank_or(value: &str, is_form: impl Fn(&str) -> bool) -> bool {
    let value = value.trim();
    value.is_empty() || is_form(value)
}

/// Returns whether a text has the form of an access key: 20 capital letters and digits (`platform.md` section 5).
fn is_access_key(key: &str) -> bool {
    key.len() == 20 && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Returns whether a text has the form of a secret key: 40 letters and digits.
fn is_secret_key(key: &str) -> bool {
    key.len() == 40 && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
