//! The setup page, shown before the form: the demo, a profile, credentials found on the machine, or typed ones; then
//! region and project. Secrets live in here while they are typed, leave with one effect, and are wiped.

mod input_line;
mod stages;

use std::fmt;

use secrecy::zeroize::Zeroize as _;

use crate::i18n::{self, phrase, tr};

use crate::app::account::AccountMode;
use crate::app::keys::context::Context;
use crate::app::model::{Model, Page};
use crate::app::msg::{Effect, LoadError, Millis};

pub use input_line::{InputLine, Masking};

/// What is on the machine, in words; nothing secret is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DetectedAccounts {
    pub profiles: Vec<ProfileRow>,
    pub found: Vec<DetectedCredentials>,
    /// Credentials that were found and cannot be used, a sentence each.
    pub unusable: Vec<String>,
    /// Id and place of the regions with an endpoint.
    pub regions: Vec<(String, String)>,
}

/// A profile of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRow {
    pub name: String,
    /// Region and where its credentials come from.
    pub about: String,
}

/// Credentials on the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedCredentials {
    /// Where they are, such as `environment HUAWEICLOUD_SDK_AK`.
    pub source: String,
    /// The key in part, or who logs in.
    pub masked: String,
    pub region: Option<String>,
    pub project: Option<Project>,
}

/// A project of the cloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    pub id: String,
    /// Empty if only the id is known.
    pub name: String,
}

/// A text that is typed and never shown; its memory is wiped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for SecretText {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Drop for SecretText {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// The credentials that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialsChoice {
    /// By its place in the survey.
    Found(usize),
    /// Whatever the profile names.
    OfProfile,
    Key {
        access_key: String,
        secret_key: SecretText,
        security_token: SecretText,
    },
    Token {
        token: SecretText,
    },
    Login {
        domain: String,
        user: String,
        password: SecretText,
    },
}

/// A way into the cloud, complete when it has a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAccess {
    pub given: CredentialsChoice,
    /// The profile that this completes for one run.
    pub profile: Option<String>,
    pub region: String,
    pub project: Option<Project>,
    /// The name under which region, project and source are kept.
    pub keep_as: Option<String>,
}

impl AccountAccess {
    /// Nothing chosen yet: no answer to an earlier choice counts for another one.
    fn none() -> Self {
        Self { given: CredentialsChoice::OfProfile, profile: None, region: String::new(), project: None, keep_as: None }
    }
}

/// For whom the form is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountChoice {
    Demo,
    Profile(String),
    Access(Box<AccountAccess>),
}

/// What is typed, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    Key,
    Token,
    Login,
    /// The name of the profile that is kept.
    Name,
}

/// The list of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projects {
    Loading { since: Millis, ticket: u64 },
    Ready(Vec<Project>),
    Failed(LoadError),
}

/// Where the asking stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupStage {
    /// The first list: demo, profiles, what was found, typing.
    Choose,
    Inputs {
        typing: InputKind,
        entries: Vec<InputLine>,
        at: usize,
    },
    Region,
    Project(Projects),
    /// The form is being opened.
    Opening,
}

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Why it is asked, in a sentence.
    pub why: String,
    pub survey: Option<DetectedAccounts>,
    pub stage: SetupStage,
    /// Row of the list, and what is typed into it: a filter, or an id of one's own.
    pub cursor: usize,
    pub typed: String,
    pub access: AccountAccess,
    /// Stages to go back to.
    trail: Vec<SetupStage>,
    /// It was opened over a form, to which Esc leads back.
    is_over_form: bool,
}

/// A row of a list that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRow {
    pub name: String,
    pub about: String,
    chosen: RowChoice,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum RowChoice {
    Demo,
    Profile(String),
    Found(usize),
    Key,
    Token,
    Login,
    Region(String),
    Project(Project),
}

impl Setup {
    /// The first questions of all.
    #[must_use]
    pub fn new(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            survey: None,
            stage: SetupStage::Choose,
            cursor: 0,
            typed: String::new(),
            access: AccountAccess::none(),
            trail: Vec::new(),
            is_over_form: false,
        }
    }

    /// The credentials of a profile that keeps none: a key, or the password of a user.
    #[must_use]
    pub fn for_credentials(profile: &str, region: &str, project: Option<Project>, login: Option<(&str, &str)>) -> Self {
        let mut setup =
            Self::new(tr!("Account {profile} keeps no credentials: they are typed at each start.", profile));
        setup.access.profile = Some(profile.to_owned());
        region.clone_into(&mut setup.access.region);
        setup.access.project = project;
        setup.stage = match login {
            None => stages::key_entries(),
            Some((domain, user)) => stages::login_entries(domain, user),
        };
        setup
    }

    /// The token of a profile that keeps none.
    #[must_use]
    pub fn for_token(profile: &str, region: &str, project: Option<Project>) -> Self {
        Self { stage: stages::token_entries(), ..Self::for_credentials(profile, region, project, None) }
    }

    /// The project of a profile that names none.
    #[must_use]
    pub fn for_project(profile: &str, region: &str) -> Self {
        let mut setup = Self::new(tr!("Account {profile} names no project: it is looked up.", profile));
        setup.access.profile = Some(profile.to_owned());
        region.clone_into(&mut setup.access.region);
        setup.stage = SetupStage::Project(Projects::Loading { since: 0, ticket: 0 });
        setup
    }

    /// The rows of the list that is asked now, as far as they fit what was typed.
    #[must_use]
    pub fn rows(&self) -> Vec<SetupRow> {
        let row = |name: &str, about: String, chosen| SetupRow { name: name.to_owned(), about, chosen };
        let fits = |row: &SetupRow| {
            let text = format!("{} {}", row.name, row.about).to_lowercase();
            self.typed.to_lowercase().split_whitespace().all(|word| text.contains(word))
        };
        let mut rows = Vec::new();
        match &self.stage {
            SetupStage::Choose => {
                rows.push(row(&tr!("Demo"), tr!("the embedded simulator: nothing is bought"), RowChoice::Demo));
                if let Some(survey) = &self.survey {
                    rows.extend(survey.profiles.iter().map(|profile| {
                        let name = tr!("Profile {name}", name = profile.name);
                        row(&name, profile.about.clone(), RowChoice::Profile(profile.name.clone()))
                    }));
                    rows.extend(survey.found.iter().enumerate().map(|(at, found)| {
                        row(&found.masked, tr!("found in {source}", source = found.source), RowChoice::Found(at))
                    }));
                }
                rows.push(row(&tr!("Type an access key"), tr!("AK and SK, for this run only"), RowChoice::Key));
                rows.push(row(&tr!("Type a token"), tr!("of IAM, for this run only"), RowChoice::Token));
                rows.push(row(&tr!("Log in"), tr!("account, user and password, for this run only"), RowChoice::Login));
            }
            SetupStage::Region => {
                let regions = self.survey.iter().flat_map(|survey| &survey.regions);
                rows.extend(regions.map(|(id, place)| row(id, place.clone(), RowChoice::Region(id.clone()))));
                rows.retain(fits);
                self.offer_typed(&mut rows, phrase!("take this as the id of the region"), RowChoice::Region);
            }
            SetupStage::Project(Projects::Ready(projects)) => {
                rows.extend(projects.iter().map(|project| {
                    let name = if project.name.is_empty() { &project.id } else { &project.name };
                    row(name, project.id.clone(), RowChoice::Project(project.clone()))
                }));
                rows.retain(fits);
                let project = |id| RowChoice::Project(Project { id, name: String::new() });
                self.offer_typed(&mut rows, phrase!("take this as the id of the project"), project);
            }
            SetupStage::Project(Projects::Failed(_)) => {
                let project = |id| RowChoice::Project(Project { id, name: String::new() });
                self.offer_typed(&mut rows, phrase!("take this as the id of the project"), project);
            }
            SetupStage::Project(Projects::Loading { .. }) | SetupStage::Inputs { .. } | SetupStage::Opening => {}
        }
        rows
    }

    /// Any other id may be typed.
    fn offer_typed(&self, rows: &mut Vec<SetupRow>, about: &'static str, chosen: impl Fn(String) -> RowChoice) {
        let typed = self.typed.trim();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_id = !typed.is_empty() && typed.len() <= 64 && typed.bytes().all(fits);
        if is_id && rows.iter().all(|row| row.name != typed && row.about != typed) {
            let about = i18n::t(about).to_owned();
            rows.push(SetupRow { name: typed.to_owned(), about, chosen: chosen(typed.to_owned()) });
        }
    }

    pub(super) fn context(&self) -> Context {
        match &self.stage {
            SetupStage::Choose | SetupStage::Region | SetupStage::Project(_) | SetupStage::Opening => {
                Context::SetupList
            }
            SetupStage::Inputs { .. } => Context::SetupText,
        }
    }

    /// Since when something is awaited that the page shows.
    pub(super) fn loading_since(&self) -> Option<Millis> {
        match &self.stage {
            SetupStage::Project(Projects::Loading { since, .. }) => Some(*since),
            SetupStage::Choose
            | SetupStage::Inputs { .. }
            | SetupStage::Region
            | SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))
            | SetupStage::Opening => None,
        }
    }

    /// Whether there is a stage to go back to.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        !self.trail.is_empty() || self.is_over_form || self.stage != SetupStage::Choose
    }
}

impl Model {
    /// Asks who orders, over the form; a demo stays one, since it reads no credentials.
    pub(super) fn open_account_setup(&mut self) -> Vec<Effect> {
        if self.account.mode == AccountMode::Simulator {
            self.message = Some(tr!("The demo reads no credentials: start cph-wizard without --demo to order"));
            return Vec::new();
        }
        self.leave_field();
        let setup = Setup::new(tr!("Another account can order this form: what was typed stays."));
        self.page = Page::Setup(Box::new(Setup { is_over_form: true, ..setup }));
        vec![Effect::DetectAccounts]
    }

    /// What the page asks for when it is opened.
    pub(super) fn start_setup(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::DetectAccounts];
        if let Some(setup) = self.setup_mut()
            && let SetupStage::Project(_) = setup.stage
        {
            effects.extend(self.find_projects());
        }
        effects
    }
}
