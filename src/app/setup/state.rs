//! The setup page, shown before the form: the demo, a profile, credentials found on the machine, or typed ones; then
//! region and project. Secrets are held here while they are typed, and passed on in a single effect.

use crate::i18n::{self, phrase, tr};

use crate::app::keys::context::Context;
use crate::app::load_error::{LoadError, Millis};
use crate::app::setup::choices::{AccountAccess, DetectedAccounts, Project};
use crate::app::setup::input_line::InputLine;
use crate::app::setup::inputs;

/// Kind of input that the lines ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputKind {
    Key,
    Token,
    Login,
    /// The name under which the profile is saved.
    Name,
}

/// The list of projects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Projects {
    Loading { since: Millis, ticket: u64 },
    Ready(Vec<Project>),
    Failed(LoadError),
}

/// Stage of the setup page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetupStage {
    /// The first list: the demo, profiles, credentials that were found, and ways to type them.
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

impl SetupStage {
    pub(super) fn key() -> Self {
        Self::Inputs { typing: InputKind::Key, entries: inputs::key_entries(), at: 0 }
    }

    pub(super) fn token() -> Self {
        Self::Inputs { typing: InputKind::Token, entries: inputs::token_entries(), at: 0 }
    }

    pub(super) fn login(domain: &str, user: &str) -> Self {
        let (entries, at) = inputs::login_entries(domain, user);
        Self::Inputs { typing: InputKind::Login, entries, at }
    }

    pub(super) fn profile_name(region: &str) -> Self {
        Self::Inputs { typing: InputKind::Name, entries: inputs::name_entry(region), at: 0 }
    }
}

/// State of the setup page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// Reason for the question, in a sentence.
    pub why: String,
    pub survey: Option<DetectedAccounts>,
    pub stage: SetupStage,
    /// Row of the list under the cursor; `typed` is a filter, or an id that the list does not have.
    pub cursor: usize,
    pub typed: String,
    pub access: AccountAccess,
    /// Stages to go back to.
    pub(super) trail: Vec<SetupStage>,
    /// Set if the page was opened over a form, to which Esc leads back.
    pub(super) is_over_form: bool,
}

/// A row of a list that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRow {
    pub name: String,
    pub about: String,
    pub(super) chosen: RowChoice,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowChoice {
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
    /// Creates the page with its first list. `why` is the reason for it, in a sentence.
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

    /// Creates the page over a form, to which Esc leads back.
    pub(in crate::app) fn over_form() -> Self {
        let setup = Self::new(tr!("Another account can order this form: what was typed stays."));
        Self { is_over_form: true, ..setup }
    }

    /// Creates the page that asks for the credentials of a profile that keeps none: a key, or the password of the user
    /// in `login`.
    #[must_use]
    pub fn for_credentials(profile: &str, region: &str, project: Option<Project>, login: Option<(&str, &str)>) -> Self {
        let mut setup =
            Self::new(tr!("Account {profile} keeps no credentials: they are typed at each start.", profile));
        setup.access.profile = Some(profile.to_owned());
        region.clone_into(&mut setup.access.region);
        setup.access.project = project;
        setup.stage = match login {
            None => SetupStage::key(),
            Some((domain, user)) => SetupStage::login(domain, user),
        };
        setup
    }

    /// Creates the page that asks for the token of a profile that keeps none.
    #[must_use]
    pub fn for_token(profile: &str, region: &str, project: Option<Project>) -> Self {
        Self { stage: SetupStage::token(), ..Self::for_credentials(profile, region, project, None) }
    }

    /// Creates the page that looks up the project of a profile that names none.
    #[must_use]
    pub fn for_project(profile: &str, region: &str) -> Self {
        let mut setup = Self::new(tr!("Account {profile} names no project: it is looked up.", profile));
        setup.access.profile = Some(profile.to_owned());
        region.clone_into(&mut setup.access.region);
        setup.stage = SetupStage::Project(Projects::Loading { since: 0, ticket: 0 });
        setup
    }

    /// Returns the rows of the current list. Regions and projects are filtered by what was typed.
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

    /// Adds a row for what was typed, if it can be an id that the list does not have: up to 64 ASCII letters, digits,
    /// `-` and `_`.
    fn offer_typed(&self, rows: &mut Vec<SetupRow>, about: &'static str, chosen: impl Fn(String) -> RowChoice) {
        let typed = self.typed.trim();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_id = !typed.is_empty() && typed.len() <= 64 && typed.bytes().all(fits);
        if is_id && rows.iter().all(|row| row.name != typed && row.about != typed) {
            let about = i18n::t(about).to_owned();
            rows.push(SetupRow { name: typed.to_owned(), about, chosen: chosen(typed.to_owned()) });
        }
    }

    pub(in crate::app) fn context(&self) -> Context {
        match &self.stage {
            SetupStage::Choose | SetupStage::Region | SetupStage::Project(_) | SetupStage::Opening => {
                Context::SetupList
            }
            SetupStage::Inputs { .. } => Context::SetupText,
        }
    }

    /// Returns the time since which the projects have been loading; `None` if they are not.
    pub(in crate::app) fn loading_since(&self) -> Option<Millis> {
        match &self.stage {
            SetupStage::Project(Projects::Loading { since, .. }) => Some(*since),
            SetupStage::Choose
            | SetupStage::Inputs { .. }
            | SetupStage::Region
            | SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))
            | SetupStage::Opening => None,
        }
    }

    /// Returns whether Esc can go back to a stage, the form below or the first list.
    #[must_use]
    pub fn can_go_back(&self) -> bool {
        !self.trail.is_empty() || self.is_over_form || self.stage != SetupStage::Choose
    }
}
