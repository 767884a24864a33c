//! Resolves an account from settings, environment and credentials: the selected profile, the credentials for its calls,
//! and the endpoints.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret as _;

use crate::api::{
    AccessKey, Account, AuthMethod, CaFile, Endpoint, HttpCloud, Iam, Login, Metadata, NamedId, Network, ServiceHosts,
    Timeouts, Token,
};
use crate::app::{AccountLabel, AccountMode};
use crate::bootstrap::environment::{home, raw_variable, variable};
use crate::bootstrap::error::AppError;
use crate::clock;
use crate::config::credentials::{CredentialLookup, FoundCredentials, Hints, Secret, Source, for_kind};
use crate::config::{Overrides, Profile, ProfileKey, ResolvedProfile, Settings, SettingsError, ValueOrigin};
use crate::i18n::tr;
use crate::purchase::Buyer;
use crate::purchase::intents;
use crate::text::sanitize::{brief, sentence};

/// Flags that select the account.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct AccountArgs {
    /// Order for this profile of the settings
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Order in this region, such as cn-north-4
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,
    /// Order in this project
    #[arg(long, value_name = "ID")]
    pub project_id: Option<String>,
    /// Read settings from this file
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

impl AccountArgs {
    /// Returns the values of the flags, which take precedence over environment and profile.
    pub fn overrides(&self) -> Overrides {
        let mut flags = Overrides::default();
        flags.profile.clone_from(&self.profile);
        flags.with(ProfileKey::Region, self.region.as_deref()).with(ProfileKey::ProjectId, self.project_id.as_deref())
    }

    /// Resolves the account from flags, environment and settings.
    pub fn chosen(&self, settings: &Settings) -> Result<ResolvedProfile, SettingsError> {
        Profile::resolve(settings, &self.overrides(), &variable)
    }
}

/// The credentials of an account, and their description for the screen.
#[derive(Debug, Clone)]
pub struct ResolvedCredentials {
    credentials: AuthMethod,
    kind: intents::IntentCredentials,
    words: String,
    /// The IAM endpoint that the source of the credentials names.
    pub iam_endpoint: Option<String>,
    /// The project stored with the credentials.
    pub project_id: Option<String>,
}

impl ResolvedCredentials {
    /// Creates the credentials of the agency that this cloud server runs under. The keys are fetched from the metadata
    /// service.
    pub fn agency() -> Self {
        Self {
            credentials: AuthMethod::Agency(Metadata::default()),
            kind: intents::IntentCredentials::AccessKey,
            words: tr!("the keys of this server's agency"),
            iam_endpoint: None,
            project_id: None,
        }
    }

    /// Returns a description of the credentials: kind, masked key and source.
    pub fn words(&self) -> &str {
        &self.words
    }
}

impl From<&FoundCredentials> for ResolvedCredentials {
    fn from(found: &FoundCredentials) -> Self {
        let (kind, credentials) = match &found.secret {
            Secret::Key { access_key, secret_key, security_token } => {
                let key = AccessKey {
                    access_key: access_key.clone(),
                    secret_key: secret_key.clone(),
                    security_token: security_token.clone(),
                };
                (intents::IntentCredentials::AccessKey, AuthMethod::Key(key))
            }
            Secret::Token(token) => {
                (intents::IntentCredentials::Token, AuthMethod::Token(Token::new(token.expose_secret())))
            }
            Secret::Password { domain, user, password } => {
                let login = Login { domain: domain.clone(), user: user.clone(), password: password.clone() };
                (intents::IntentCredentials::Token, AuthMethod::Login(login))
            }
        };
        Self {
            credentials,
            kind,
            words: shown(found),
            iam_endpoint: found.iam_endpoint.clone(),
            project_id: found.project_id.clone(),
        }
    }
}

/// Describes found credentials: kind, masked key and source.
fn shown(found: &FoundCredentials) -> String {
    let masked = found.masked();
    // What was typed is nowhere but in the memory of this run.
    let is_typed = matches!(found.source, Source::Typed | Source::Password);
    let source = &found.source;
    match (&found.secret, is_typed) {
        (Secret::Key { security_token: Some(_), .. }, true) => tr!("temporary access key {masked}, typed", masked),
        (Secret::Key { security_token: Some(_), .. }, false) => {
            tr!("temporary access key {masked}, from {source}", masked, source)
        }
        (Secret::Key { security_token: None, .. }, true) => tr!("access key {masked}, typed", masked),
        (Secret::Key { security_token: None, .. }, false) => tr!("access key {masked}, from {source}", masked, source),
        (Secret::Token(_), true) => tr!("a {masked}, typed", masked),
        (Secret::Token(_), false) => tr!("a {masked}, from {source}", masked, source),
        (Secret::Password { .. }, true) => tr!("user {masked}, typed", masked),
        (Secret::Password { .. }, false) => tr!("user {masked}, from {source}", masked, source),
    }
}

/// Looks up the credentials of an account in the environment and in files. Neither the user nor the network is asked.
pub fn obtain_credentials(chosen: &ResolvedProfile) -> CredentialLookup {
    let hints = Hints {
        token_file: chosen.text(ProfileKey::TokenFile),
        credentials_file: chosen.text(ProfileKey::CredentialsFile),
        domain_name: chosen.text(ProfileKey::DomainName),
        user_name: chosen.text(ProfileKey::UserName),
    };
    for_kind(chosen.credentials.value, &hints, &raw_variable, home().as_deref())
}

/// An account that is ready for calls, with its label for the screen and its buyer for the journal.
pub struct ResolvedAccount {
    pub account: Account,
    pub label: AccountLabel,
    pub buyer: Buyer,
}

/// The endpoints of the services, and the network settings.
pub struct ConnectionSettings {
    endpoint: Endpoint,
    iam: Option<Endpoint>,
    ecs: Option<Endpoint>,
    kps: Option<Endpoint>,
    pub network: Network,
}

impl ConnectionSettings {
    /// Returns the endpoint of Cloud Phone, which takes the orders.
    pub fn endpoint(&self) -> String {
        self.endpoint.to_string()
    }

    /// Returns the endpoints of all services. If ECS or KPS is not set, it is derived from the others.
    pub fn hosts(&self) -> ServiceHosts {
        ServiceHosts::new(self.endpoint.clone(), self.iam.clone(), self.ecs.clone(), self.kps.clone())
    }
}

/// Resolves the endpoints of an account, checks that calls to them are allowed, and reads its CA file. The error is a
/// sentence.
pub fn connection_settings(
    chosen: &ResolvedProfile,
    proof: &ResolvedCredentials,
) -> Result<ConnectionSettings, String> {
    let mut way = connection_settings_for_iam(chosen, proof.iam_endpoint.as_deref())?;
    check_connection_settings(chosen, &way)?;
    way.network.ca_file = ca_file(chosen)?;
    Ok(way)
}

/// The variable with the number of seconds by which a test shifts the clock of the process.
const CLOCK_SHIFT: &str = "CPH_WIZARD_TEST_CLOCK_SHIFT";

/// Shifts the clock of this process by `CPH_WIZARD_TEST_CLOCK_SHIFT` seconds. Works only if the environment sets a test
/// endpoint on this machine.
pub fn shift_clock_for_tests() {
    let is_test = variable(ProfileKey::TestEndpoint.variable()).is_some_and(|value| value == "1");
    let endpoint = variable(ProfileKey::Endpoint.variable()).and_then(|text| Endpoint::parse(&text).ok());
    if is_test && endpoint.is_some_and(|endpoint| endpoint.is_loopback()) {
        clock::allow_shifts_for_tests();
        if let Some(seconds) = variable(CLOCK_SHIFT).and_then(|seconds| seconds.parse().ok()) {
            clock::shift_for_tests(seconds);
        }
    }
}

/// Reads the certificates that an account trusts in addition to those of the system; `None` if it names none. The error
/// is a sentence.
pub fn ca_file(chosen: &ResolvedProfile) -> Result<Option<CaFile>, String> {
    let Some(file) = chosen.get(ProfileKey::CaFile) else { return Ok(None) };
    read_ca_file(&file.value, &file.from).map(Some)
}

/// Checks that the CA file named by the environment can be read, before an account is chosen. Succeeds if none is
/// named.
pub fn ca_file_of_environment() -> Result<(), String> {
    let name = ProfileKey::CaFile.variable();
    let Some(file) = variable(name).filter(|file| !file.trim().is_empty()) else { return Ok(()) };
    read_ca_file(&file, &ValueOrigin::Environment(name.into())).map(drop)
}

fn read_ca_file(file: &str, from: &ValueOrigin) -> Result<CaFile, String> {
    let path = expanded(file, home().as_deref());
    CaFile::read(&path).map_err(|error| tr!("{error} ({from})", error, from))
}

/// Refuses endpoints on this machine unless the account is for tests, and endpoints elsewhere while the clock is
/// shifted. The error is a sentence.
pub fn check_connection_settings(chosen: &ResolvedProfile, way: &ConnectionSettings) -> Result<(), String> {
    let is_here = way.hosts().services().into_iter().any(|(_, endpoint)| endpoint.is_loopback());
    let leads_away = way.hosts().services().into_iter().any(|(_, endpoint)| !endpoint.is_loopback());
    if leads_away && clock::is_shifted() {
        return Err(tr!("{variable} is for test endpoints on this machine only: unset it", variable = CLOCK_SHIFT));
    }
    if is_here && !chosen.test_endpoint.value {
        return Err(tr!(
            "The endpoint is on this machine, where nothing real is sold: for a test installation set test_endpoint = true in the profile, or CPH_WIZARD_TEST_ENDPOINT=1"
        ));
    }
    Ok(())
}

/// Resolves the endpoints of an account without checking them and without reading its CA file. `own_iam` is the IAM
/// endpoint that the credentials name: it takes precedence, unless the user sets another one.
pub fn connection_settings_for_iam(
    chosen: &ResolvedProfile,
    own_iam: Option<&str>,
) -> Result<ConnectionSettings, String> {
    let address = |entry: ProfileKey| match chosen.text(entry) {
        Some(text) => Endpoint::parse(text).map(Some).map_err(|error| format!("{entry}: {error}")),
        None => Ok(None),
    };
    let Some(endpoint) = address(ProfileKey::Endpoint)? else {
        return Err(tr!("Neither a region nor an endpoint says where to order"));
    };
    let is_named = chosen.get(ProfileKey::IamEndpoint).is_some_and(|iam| iam.from != ValueOrigin::Default);
    let iam = match (own_iam, address(ProfileKey::IamEndpoint)?) {
        // Credentials that name their IAM are not sent to another one, unless a person says so.
        (Some(own), _) if !is_named => {
            let own = own.trim_end_matches('/').trim_end_matches("/v3");
            Some(Endpoint::parse(own).map_err(|error| tr!("the IAM of the credentials: {error}", error))?)
        }
        (_, Some(iam)) => Some(iam),
        (_, None) if endpoint.is_loopback() => Some(endpoint.clone()),
        (_, None) => None,
    };
    let network = Network { ca_file: None, proxy: chosen.text(ProfileKey::Proxy).map(str::to_owned) };
    Ok(ConnectionSettings {
        endpoint,
        iam,
        ecs: address(ProfileKey::EcsEndpoint)?,
        kps: address(ProfileKey::KpsEndpoint)?,
        network,
    })
}

fn expanded(path: &str, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => path.into(),
    }
}

/// Returns the region to display: that of the settings, else the host of the endpoint.
fn region(chosen: &ResolvedProfile, way: &ConnectionSettings) -> String {
    chosen.text(ProfileKey::Region).map_or_else(|| way.endpoint.host().to_owned(), str::to_owned)
}

/// Builds the account for a project. The error is a sentence.
pub fn ready(
    chosen: &ResolvedProfile,
    proof: &ResolvedCredentials,
    project_id: &str,
) -> Result<ResolvedAccount, String> {
    let way = connection_settings(chosen, proof)?;
    let proxy = way.network.proxy_to(&way.endpoint).map(|proxy| proxy.to_string());
    let label = AccountLabel {
        // Only the demo knows that nothing real is behind it: an address on this machine may be a way to
        // the real service.
        mode: AccountMode::Live,
        profile: chosen.name.value.clone(),
        region: region(chosen, &way),
        project: project_id.to_owned(),
        credentials: proof.words.clone(),
        endpoint: way.endpoint.to_string(),
        proxy,
    };
    let buyer = Buyer {
        profile: label.profile.clone(),
        endpoint: label.endpoint.trim_start_matches("https://").trim_start_matches("http://").to_owned(),
        project: label.project.clone(),
        region: label.region.clone(),
        credentials: proof.kind,
    };
    let ConnectionSettings { endpoint, iam, ecs, kps, network } = way;
    let account = Account::new(endpoint, project_id, proof.credentials.clone());
    Ok(ResolvedAccount { account: Account { iam, ecs, kps, network, ..account }, label, buyer })
}

/// Creates the IAM client for credentials whose project is not known. The error is a sentence.
pub fn iam(chosen: &ResolvedProfile, proof: &ResolvedCredentials) -> Result<Iam, String> {
    let way = connection_settings(chosen, proof)?;
    let Some(iam) = way.iam else {
        return Err(tr!("No IAM is known for this endpoint: set iam_endpoint, or the project's id"));
    };
    // The name of a project stands in for the region's own one.
    let scope = chosen.text(ProfileKey::ProjectName).or(chosen.text(ProfileKey::Region)).unwrap_or_default();
    Iam::new(iam, proof.credentials.clone(), scope, &way.network, Timeouts::default())
        .map_err(|error| error.to_string())
}

/// Asks IAM for the project of the account. The error is a sentence; if several projects match, it lists them.
pub async fn find_project(chosen: &ResolvedProfile, proof: &ResolvedCredentials) -> Result<String, String> {
    let iam = iam(chosen, proof)?;
    one_project(chosen, iam.projects(chosen.text(ProfileKey::Region)).await.map_err(|error| error.sentence())?)
}

/// Selects the project of the account: the one with the configured project name, else with the name of the region, else
/// the only one. Fails if no project or several match.
pub fn one_project(chosen: &ResolvedProfile, mut projects: Vec<NamedId>) -> Result<String, String> {
    // The region's own project bears its name.
    let wanted = chosen.text(ProfileKey::ProjectName).or(chosen.text(ProfileKey::Region));
    let is_wanted = |project: &NamedId| wanted.is_some_and(|wanted| project.name == wanted);
    if chosen.text(ProfileKey::ProjectName).is_some() || projects.iter().any(is_wanted) {
        projects.retain(is_wanted);
    }
    match &projects[..] {
        [only] => Ok(only.id.clone()),
        [] => Err(match wanted {
            Some(wanted) => tr!("These credentials open no project {wanted}", wanted = brief(wanted, 64)),
            None => tr!("These credentials open no project at all"),
        }),
        several => {
            let all: Vec<String> = several.iter().map(|project| format!("{} ({})", project.id, project.name)).collect();
            Err(tr!("Several projects are meant: {all}; --project-id names one", all = all.join(", ")))
        }
    }
}

/// Resolves the account of a command that runs without the form. Only the cloud is asked, never the user: credentials
/// that have to be typed are an error.
pub async fn resolve_without_screen(args: &AccountArgs) -> Result<ResolvedAccount, AppError> {
    let usage = |why: String| AppError::Usage(sentence(&why));
    let settings = Settings::load(args.config.as_deref()).map_err(|error| usage(error.to_string()))?;
    let chosen = args.chosen(&settings).map_err(|error| match error {
        SettingsError::NoAccount => AppError::NoAccount,
        other => usage(other.to_string()),
    })?;
    let proof = match obtain_credentials(&chosen) {
        CredentialLookup::Looked(discovery) => match discovery.found.first() {
            Some(found) => ResolvedCredentials::from(found),
            None => return Err(usage(nothing_found(&discovery.unusable))),
        },
        CredentialLookup::AskMetadata => ResolvedCredentials::agency(),
        CredentialLookup::AskKey | CredentialLookup::AskToken | CredentialLookup::AskPassword { .. } => {
            return Err(usage(tr!(
                "profile {name} asks for its credentials at each start, which only the wizard does",
                name = chosen.name.value
            )));
        }
    };
    let project = match chosen.text(ProfileKey::ProjectId).map(str::to_owned).or_else(|| proof.project_id.clone()) {
        Some(id) => id,
        None => find_project(&chosen, &proof).await.map_err(usage)?,
    };
    let ready = ready(&chosen, &proof, &project).map_err(usage)?;
    super::logging::account(&ready.buyer);
    Ok(ready)
}

/// Returns the reason why there are no credentials, with the sources that cannot be used.
pub fn nothing_found(unusable: &[crate::config::credentials::UnusableSource]) -> String {
    if unusable.is_empty() {
        return tr!("no credentials were found on this machine; cph-wizard asks for them");
    }
    let all: Vec<String> = unusable.iter().map(|one| format!("{}: {}", one.source, one.why)).collect();
    tr!("no credentials can be used: {all}", all = all.join("; "))
}

/// Creates the HTTP client of an account.
pub fn cloud(account: Account) -> Result<HttpCloud, AppError> {
    HttpCloud::new(account).map_err(|error| AppError::Usage(error.to_string()))
}
