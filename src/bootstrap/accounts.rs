//! Accounts for the wizard: detects profiles and credentials on this machine, lists the projects they can access, and
//! opens the form for an account.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::api::{HttpCloud, Observer};
use crate::app::{
    AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, DetectedCredentials, LoadError, ProfileDefaults,
    ProfileRow, Project, Setup,
};
use crate::bootstrap::error::AppError;
use crate::config::credentials::{
    CredentialFault, CredentialKind, CredentialLookup, Discovery, FoundCredentials, Source, discover,
};
use crate::config::regions::REGIONS;
use crate::config::{
    ENVIRONMENT, InvalidEntry, Profile, ProfileKey, ResolvedProfile, Settings, SettingsEditor, SettingsError,
    StateKind, state_dir,
};
use crate::form::set_field;
use crate::i18n::tr;
use crate::order::{Draft, FieldId};
use crate::simulator::Scene;
use crate::text::sanitize::sentence;
use crate::tui::{AccountError, Accounts, BoxFuture, Connection, Connector, OpenedAccount, StartPage};

use super::account::{self, AccountArgs, ResolvedAccount, ResolvedCredentials, obtain_credentials};
use super::demo::{self, DemoUse, DemoWorld};
use super::environment;

/// The accounts of this machine, from settings, environment and credentials.
pub struct LocalAccounts {
    args: AccountArgs,
    state_dir: Option<PathBuf>,
    /// The credentials found by the last `detect`, in the order shown to the user.
    surveyed: Mutex<Discovery>,
    /// The observer of the calls to IAM.
    observer: OnceLock<Observer>,
}

impl LocalAccounts {
    pub fn new(args: AccountArgs, state_dir: Option<PathBuf>) -> Self {
        Self { args, state_dir, surveyed: Mutex::default(), observer: OnceLock::new() }
    }

    /// Returns the first page of the wizard: the form of the selected account, or the setup question that is still
    /// open. A wrong flag or variable is an error.
    pub fn begin(&self) -> Result<StartPage, AppError> {
        account::ca_file_of_environment().map_err(AppError::Usage)?;
        let settings = match Settings::load(self.args.config.as_deref()) {
            Ok(settings) => settings,
            // What is wrong with the file keeps nobody from the demo.
            Err(error) => return Ok(asking(&error.to_string())),
        };
        let chosen = match self.args.chosen(&settings) {
            Ok(chosen) => chosen,
            Err(error @ (SettingsError::NoAccount | SettingsError::NoneInUse { .. })) => {
                return Ok(asking(&error.to_string()));
            }
            Err(error) => return Err(AppError::Usage(error.to_string())),
        };
        self.start(&chosen).map_err(AppError::Usage)
    }

    /// Returns the form of an account, or the setup page for what it still lacks (credentials or project).
    fn start(&self, chosen: &ResolvedProfile) -> Result<StartPage, String> {
        // Whoever types credentials wants to know of it before.
        account::ca_file(chosen)?;
        let name = &chosen.name.value;
        let region = chosen.text(ProfileKey::Region).unwrap_or_default();
        let project_id = chosen.text(ProfileKey::ProjectId);
        let project = project_id.map(|id| Project { id: id.to_owned(), name: String::new() });
        let ask = |setup: Setup| Ok(StartPage::Setup(Box::new(setup)));
        let proof = match obtain_credentials(chosen) {
            CredentialLookup::Looked(discovery) => match discovery.found.first() {
                Some(found) => ResolvedCredentials::from(found),
                None => return Ok(asking(&account::nothing_found(&discovery.unusable))),
            },
            CredentialLookup::AskMetadata => ResolvedCredentials::agency(),
            CredentialLookup::AskKey => return ask(Setup::for_credentials(name, region, project, None)),
            CredentialLookup::AskToken => return ask(Setup::for_token(name, region, project)),
            CredentialLookup::AskPassword { domain, user } => {
                let login = (domain.as_deref().unwrap_or_default(), user.as_deref().unwrap_or_default());
                return ask(Setup::for_credentials(name, region, project, Some(login)));
            }
        };
        match project_id.or(proof.project_id.as_deref()) {
            Some(id) => self.form(chosen, &proof, id),
            None => ask(Setup::for_project(name, region)),
        }
    }

    fn form(&self, chosen: &ResolvedProfile, proof: &ResolvedCredentials, project: &str) -> Result<StartPage, String> {
        let ResolvedAccount { account, label, buyer } = account::ready(chosen, proof, project)?;
        let cloud = Arc::new(HttpCloud::new(account).map_err(|error| error.to_string())?);
        let connect: Connector = Box::new(move || {
            let cloud = Arc::clone(&cloud);
            Box::pin(async move { Ok(Connection { cloud, guard: Box::new(()) }) })
        });
        let state_dir = state_dir(self.state_dir.as_deref(), StateKind::Live);
        let defaults = defaults(chosen)?;
        let (account, journal_dir, notice) = (label, state_dir.clone(), None);
        let opened = OpenedAccount { account, connect, buyer, state_dir, journal_dir, defaults, notice };
        Ok(StartPage::Form(Box::new(opened)))
    }

    fn opened(&self, choice: &AccountChoice) -> Result<StartPage, String> {
        match choice {
            AccountChoice::Demo => {
                let state_dir = self.state_dir.as_deref();
                let world = DemoWorld::open(Scene::normal(), state_dir, DemoUse::Orders);
                Ok(StartPage::Form(Box::new(demo::opened(world, state_dir))))
            }
            AccountChoice::Profile(name) => {
                let args = AccountArgs { profile: Some(name.clone()), ..self.args.clone() };
                let settings = Settings::load(args.config.as_deref()).map_err(|error| error.to_string())?;
                self.start(&args.chosen(&settings).map_err(|error| error.to_string())?)
            }
            AccountChoice::Access(access) => {
                let (mut chosen, proof) = self.meant(access)?;
                // What is kept under a name is called by it at once, and so are its orders.
                if let Some(name) = &access.keep_as {
                    chosen.name.value.clone_from(name);
                }
                let id = access.project.as_ref().map(|project| project.id.clone());
                let Some(id) = id.or_else(|| chosen.text(ProfileKey::ProjectId).map(str::to_owned)) else {
                    return Err(tr!("The project is missing"));
                };
                // Whatever is wrong with the way there is said before anything is kept.
                let start = self.form(&chosen, &proof, &id)?;
                if let Some(name) = &access.keep_as {
                    self.keep(name, access)?;
                }
                Ok(start)
            }
        }
    }

    /// Resolves the account and the credentials that the user chose in the setup.
    fn meant(&self, access: &AccountAccess) -> Result<(ResolvedProfile, ResolvedCredentials), String> {
        let text = |error: SettingsError| error.to_string();
        let mut args = self.args.clone();
        let settings = match access.profile.as_deref() {
            Some(ENVIRONMENT) => Settings::default(),
            Some(name) => {
                args.profile = Some(name.to_owned());
                Settings::load(args.config.as_deref()).map_err(text)?
            }
            None => {
                // Nothing of a profile that somebody did not choose.
                args.profile = None;
                args.region = Some(access.region.clone()).filter(|region| !region.is_empty());
                Settings::default()
            }
        };
        let chosen = args.chosen(&settings).map_err(text)?;
        let typed = |found: Result<FoundCredentials, CredentialFault>| {
            found.map(|found| ResolvedCredentials::from(&found)).map_err(|error| sentence(&error.to_string()))
        };
        let proof = match &access.given {
            CredentialsChoice::Found(at) => {
                let surveyed = self.surveyed.lock().unwrap_or_else(PoisonError::into_inner);
                let found = surveyed.found.get(*at).ok_or_else(|| tr!("These credentials are not there any more"))?;
                ResolvedCredentials::from(found)
            }
            CredentialsChoice::OfProfile => match obtain_credentials(&chosen) {
                CredentialLookup::Looked(discovery) => match discovery.found.first() {
                    Some(found) => ResolvedCredentials::from(found),
                    None => return Err(account::nothing_found(&discovery.unusable)),
                },
                CredentialLookup::AskMetadata => ResolvedCredentials::agency(),
                CredentialLookup::AskKey | CredentialLookup::AskToken | CredentialLookup::AskPassword { .. } => {
                    return Err(tr!("The credentials of this profile have to be typed"));
                }
            },
            CredentialsChoice::Key { access_key, secret_key, security_token } => {
                typed(FoundCredentials::typed_key(access_key, secret_key.expose(), security_token.expose()))?
            }
            CredentialsChoice::Token { token } => typed(FoundCredentials::typed_token(token.expose()))?,
            CredentialsChoice::Login { domain, user, password } => {
                typed(FoundCredentials::typed_password(domain, user, password.expose()))?
            }
        };
        Ok((chosen, proof))
    }

    /// Saves region, project and the source of the credentials as a profile, and makes it the one in use. A login is
    /// saved as domain and user; secrets are never saved.
    fn keep(&self, name: &str, access: &AccountAccess) -> Result<(), String> {
        let text = |error: SettingsError| sentence(&error.to_string());
        let refused = |error: InvalidEntry| error.to_string();
        let mut profile = Profile::new(&access.region).map_err(refused)?;
        if let Some(project) = &access.project {
            profile = profile.with(ProfileKey::ProjectId, &project.id).map_err(refused)?;
        }
        let surveyed = self.surveyed.lock().unwrap_or_else(PoisonError::into_inner);
        let kind = match &access.given {
            CredentialsChoice::Found(at) => kind_of(&surveyed, *at)?,
            CredentialsChoice::OfProfile => CredentialKind::Auto,
            CredentialsChoice::Key { .. } => CredentialKind::Typed,
            CredentialsChoice::Token { .. } => CredentialKind::Token,
            CredentialsChoice::Login { .. } => CredentialKind::Password,
        };
        if let CredentialsChoice::Login { domain, user, .. } = &access.given {
            profile = profile.with(ProfileKey::DomainName, domain).map_err(refused)?;
            profile = profile.with(ProfileKey::UserName, user).map_err(refused)?;
        }
        let profile = profile.with(ProfileKey::Credentials, kind.name()).map_err(refused)?;
        let profiles = SettingsEditor::at(self.args.config.as_deref()).map_err(text)?;
        profiles.add(name, &profile).map_err(text)?;
        profiles.use_profile(name).map_err(text)
    }
}

/// Returns the kind with which a profile finds the same credentials again. Fails for a profile of `KooCLI` other than
/// its current one.
fn kind_of(discovery: &Discovery, at: usize) -> Result<CredentialKind, String> {
    let found = discovery.found.get(at).ok_or_else(|| tr!("These credentials are not there any more"))?;
    Ok(match &found.source {
        Source::SdkEnvironment => CredentialKind::SdkEnvironment,
        Source::SdkFile(_) => CredentialKind::SdkFile,
        Source::TerraformEnvironment => CredentialKind::TerraformEnvironment,
        Source::KooCli { .. } => {
            let current = discovery.found.iter().position(|one| matches!(one.source, Source::KooCli { .. }));
            if current != Some(at) {
                return Err(tr!(
                    "A profile takes the KooCLI's current profile, and these are another one's: leave the name empty, or change the current one with `hcloud configure set --cli-profile`"
                ));
            }
            CredentialKind::KooCli
        }
        Source::TokenEnvironment => CredentialKind::Token,
        Source::TokenFile(_) => CredentialKind::TokenFile,
        Source::Password => CredentialKind::Password,
        Source::Metadata => CredentialKind::Metadata,
        Source::Typed => CredentialKind::Typed,
    })
}

/// Returns the defaults of the profile as a draft, with the fields that they answer. Fails if a field does not take its
/// default.
fn defaults(chosen: &ResolvedProfile) -> Result<ProfileDefaults, String> {
    let mut draft = Draft::default();
    let mut answered = Vec::new();
    for (name, value) in chosen.defaults() {
        let Some(id) = FieldId::ALL.into_iter().find(|id| id.json_name() == name) else { continue };
        set_field(&mut draft, id, &value.to_string()).map_err(|right| {
            tr!("the default {name} of profile {profile}: {right}", name, profile = chosen.name.value, right)
        })?;
        answered.push(id);
    }
    Ok(ProfileDefaults { draft, answered })
}

/// Returns the first setup page, with the reason for it.
fn asking(why: &str) -> StartPage {
    StartPage::Setup(Box::new(Setup::new(sentence(why))))
}

impl Accounts for LocalAccounts {
    fn detect(&self) -> DetectedAccounts {
        let discovery = discover(&environment::raw_variable, environment::home().as_deref());
        let settings = Settings::load_or_default(self.args.config.as_deref()).settings;
        let profiles = settings.profiles.iter().map(|(name, profile)| ProfileRow {
            name: name.clone(),
            about: tr!("{region}, credentials: {kind}", region = profile.region(), kind = profile.credentials().name()),
        });
        let found = discovery.found.iter().map(|found| DetectedCredentials {
            source: found.source.to_string(),
            masked: found.masked(),
            region: found.region.clone(),
            project: found.project_id.clone().map(|id| Project { id, name: String::new() }),
        });
        let unusable =
            discovery.unusable.iter().map(|one| tr!("In {source}: {why}", source = one.source, why = one.why));
        let survey = DetectedAccounts {
            profiles: profiles.collect(),
            found: found.collect(),
            unusable: unusable.collect(),
            regions: REGIONS
                .iter()
                .map(|region| (region.id.to_owned(), crate::i18n::t(region.place).to_owned()))
                .collect(),
        };
        *self.surveyed.lock().unwrap_or_else(PoisonError::into_inner) = discovery;
        survey
    }

    fn observe(&self, observer: Observer) {
        let _ = self.observer.set(observer);
    }

    fn projects(&self, access: AccountAccess) -> BoxFuture<'_, Result<Vec<Project>, LoadError>> {
        Box::pin(async move {
            let local = |sentence: String| LoadError { sentence, request_id: None };
            let (chosen, proof) = self.meant(&access).map_err(local)?;
            let iam = account::iam(&chosen, &proof).map_err(local)?;
            self.observer.get().into_iter().for_each(|observer| iam.observe(Arc::clone(observer)));
            let projects = iam.projects(chosen.text(ProfileKey::Region)).await.map_err(|error| LoadError {
                sentence: error.sentence(),
                request_id: error.request_id().map(str::to_owned),
            })?;
            let wanted = chosen.text(ProfileKey::ProjectName);
            let fits = |name: &str| wanted.is_none_or(|wanted| wanted == name);
            Ok(projects
                .into_iter()
                .filter(|project| fits(&project.name))
                .map(|project| Project { id: project.id, name: project.name })
                .collect())
        })
    }

    fn open(&self, choice: &AccountChoice) -> Result<StartPage, AccountError> {
        self.opened(choice).map_err(AccountError::new)
    }
}
