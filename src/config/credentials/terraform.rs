//! The environment variables of the Terraform provider and their `OpenStack` equivalents (`platform.md` section 5, C).
//! The order is the provider's: token, then access key, then password. A shared file is used only if a variable names
//! it, and then instead of them.

use std::path::Path;

use secrecy::SecretString;

use crate::config::profile_key::ProfileKey;

use super::discovery::{Discovery, expand};
use super::fault::CredentialFault;
use super::koocli;
use super::normalize::Environment;
use super::normalize::{self, Text, first_of, formed, pair, secret_of, variable};
use super::secret::{FoundCredentials, Secret, login};
use super::source::Source;

const DOMAIN_NAMES: [&str; 4] = ["HW_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME"];
const DOMAIN_IDS: [&str; 4] = ["HW_DOMAIN_ID", "OS_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID"];

/// A secret. `is_of_a_twin` is set if it comes from an `OS_` variable, whose name every `OpenStack` cloud uses.
struct Candidate {
    secret: Secret,
    is_of_a_twin: bool,
}

pub(super) fn environment(env: Environment<'_>, home: Option<&Path>, discovery: &mut Discovery) {
    let source = Source::TerraformEnvironment;
    match shared(env, home, discovery) {
        Ok(true) => return,
        Ok(false) => {}
        Err(why) => return discovery.refuse(source, why),
    }
    for read in [token, access_key, password] {
        match read(env).and_then(|candidate| candidate.map(|candidate| found(candidate, env)).transpose()) {
            Ok(None) => {}
            Ok(Some(found)) => return discovery.found.push(found),
            // What is half there, or another cloud's, does not hide what comes after it.
            Err(why) => discovery.refuse(source.clone(), why),
        }
    }
}

/// Adds the credentials of the shared file if a variable asks for it; returns whether one does.
fn shared(env: Environment<'_>, home: Option<&Path>, discovery: &mut Discovery) -> Result<bool, CredentialFault> {
    let file = variable(env, "HW_SHARED_CONFIG_FILE")?;
    let profile = variable(env, "HW_PROFILE")?;
    let path = match (&file, &profile) {
        (None, None) => return Ok(false),
        (Some(file), _) => expand(file.trim(), home),
        (None, Some(_)) => koocli::usual_path(home).ok_or(CredentialFault::NoHome)?,
    };
    koocli::shared(&path, profile.as_ref().map(|name| name.trim()), discovery);
    Ok(true)
}

fn token(env: Environment<'_>) -> Result<Option<Candidate>, CredentialFault> {
    let Some((name, value)) = first_of(env, &["HW_AUTH_TOKEN", "OS_AUTH_TOKEN"])? else { return Ok(None) };
    let token: Option<SecretString> = normalize::secret(name, &value)?;
    Ok(token.map(|token| Candidate { secret: Secret::Token(token), is_of_a_twin: is_twin(name) }))
}

fn access_key(env: Environment<'_>) -> Result<Option<Candidate>, CredentialFault> {
    let access = first_of(env, &["HW_ACCESS_KEY", "OS_ACCESS_KEY"])?;
    let secret = first_of(env, &["HW_SECRET_KEY", "OS_SECRET_KEY"])?;
    let named =
        |value: &'static str, found: &Option<(&'static str, Text)>| found.as_ref().map_or(value, |found| found.0);
    let (access_name, secret_name) = (named("HW_ACCESS_KEY", &access), named("HW_SECRET_KEY", &secret));
    let text = |found: &'_ Option<(&'static str, Text)>| found.as_ref().map(|found| found.1.clone());
    let (access, secret) = (text(&access), text(&secret));
    let access = (access_name, access.as_deref().map(String::as_str));
    let secret = (secret_name, secret.as_deref().map(String::as_str));
    let Some((access_key, secret_key)) = pair(access, secret)? else { return Ok(None) };
    let security_token = variable(env, "HW_SECURITY_TOKEN")?;
    let security_token = secret_of("HW_SECURITY_TOKEN", security_token.as_deref().map(String::as_str))?;
    let is_of_a_twin = is_twin(access_name) || is_twin(secret_name);
    Ok(Some(Candidate { secret: Secret::Key { access_key, secret_key, security_token }, is_of_a_twin }))
}

fn password(env: Environment<'_>) -> Result<Option<Candidate>, CredentialFault> {
    let Some((name, password)) = first_of(env, &["HW_USER_PASSWORD", "OS_PASSWORD"])? else { return Ok(None) };
    let user = first_of(env, &["HW_USER_NAME", "OS_USERNAME"])?;
    let (user_name, user) = user.ok_or(CredentialFault::NoUserName { name })?;
    let domain = first_of(env, &DOMAIN_NAMES)?;
    let (domain_name, domain) = domain.ok_or(CredentialFault::NoDomainName { name })?;
    let secret = login((domain_name, &domain), (user_name, &user), (name, &password))?;
    Ok(Some(Candidate { secret, is_of_a_twin: is_twin(name) }))
}

fn is_twin(name: &str) -> bool {
    name.starts_with("OS_")
}

fn found(candidate: Candidate, env: Environment<'_>) -> Result<FoundCredentials, CredentialFault> {
    if variable(env, "HW_ASSUME_ROLE_AGENCY_NAME")?.is_some() {
        return Err(CredentialFault::AssumesAgency);
    }
    let (ours, twins) = (variable(env, "HW_AUTH_URL")?, variable(env, "OS_AUTH_URL")?);
    // Then everything that begins with OS_ belongs to that other cloud.
    let is_foreign = ours.is_none() && twins.is_some_and(|url| !is_of_the_vendor(&url));
    if is_foreign && candidate.is_of_a_twin {
        return Err(CredentialFault::OtherCloud);
    }
    let value = |entry: ProfileKey, names: &[&'static str]| {
        let names: Vec<&'static str> = names.iter().copied().filter(|name| !(is_foreign && is_twin(name))).collect();
        match (first_of(env, &names)?, entry) {
            (Some((name, url)), ProfileKey::IamEndpoint) => formed(entry, name, Some(without_version(&url))),
            (Some((name, value)), _) => formed(entry, name, Some(&value)),
            (None, _) => Ok(None),
        }
    };
    Ok(FoundCredentials {
        region: value(ProfileKey::Region, &["HW_REGION_NAME", "OS_REGION_NAME"])?,
        project_id: value(ProfileKey::ProjectId, &["HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"])?,
        project_name: value(ProfileKey::ProjectName, &["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"])?,
        domain_id: value(ProfileKey::ProjectId, &DOMAIN_IDS)?,
        iam_endpoint: value(ProfileKey::IamEndpoint, &["HW_AUTH_URL", "OS_AUTH_URL"])?,
        ..FoundCredentials::new(Source::TerraformEnvironment, candidate.secret)
    })
}

/// Strips the version from an IAM address, which the provider writes as `https://iam.example/v3`.
fn without_version(url: &str) -> &str {
    let url = url.trim().trim_end_matches('/');
    url.strip_suffix("/v3").unwrap_or(url)
}

fn is_of_the_vendor(url: &str) -> bool {
    let Some(rest) = url.trim().strip_prefix("https://") else { return false };
    let host = rest.split(['/', '\\', ':', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".myhuaweicloud.com", ".myhuaweicloud.eu"].iter().any(|cloud| host.ends_with(cloud))
}
