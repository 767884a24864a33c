//! Who orders, asked before the form: the demo, a profile, credentials that are on the machine, or
//! typed ones; then region and project. Secrets live in here while they are typed, go out with one
//! effect, and are wiped.

mod entry;
mod stages;

use std::fmt;

use secrecy::zeroize::Zeroize as _;

use crate::words::{self, phrase, tr};

use super::account::Mode;
use super::keymap::Context;
use super::model::{Model, Page};
use super::msg::{Effect, Millis, ReadFailure};

pub use entry::{Entry, Sight};

/// What is on the machine, in words; nothing secret is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    pub profiles: Vec<ProfileRow>,
    pub found: Vec<FoundRow>,
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
pub struct FoundRow {
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
pub struct Hidden(String);

impl Hidden {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Hidden {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

/// The credentials that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// By its place in the survey.
    Found(usize),
    /// Whatever the profile names.
    OfProfile,
    Key {
        access_key: String,
        secret_key: Hidden,
        security_token: Hidden,
    },
    Token {
        token: Hidden,
    },
    Login {
        domain: String,
        user: String,
        password: Hidden,
    },
}

/// A way into the cloud, complete when it has a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub given: Given,
    /// The profile that this completes for one run.
    pub profile: Option<String>,
    pub region: String,
    pub project: Option<Project>,
    /// The name under which region, project and source are kept.
    pub keep_as: Option<String>,
}

impl Access {
    /// Nothing chosen yet: no answer to an earlier choice counts for another one.
    fn none() -> Self {
        Self { given: Given::OfProfile, profile: None, region: String::new(), project: None, keep_as: None }
    }
}

/// For whom the form is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Demo,
    Profile(String),
    Access(Box<Access>),
}

/// What is typed, line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
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
    Failed(ReadFailure),
}

/// Where the asking stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The first list: demo, profiles, what was found, typing.
    Choose,
    Entries {
        typing: Typing,
        entries: Vec<Entry>,
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
    pub survey: Option<Survey>,
    pub stage: Stage,
    /// Row of the list, and what is typed into it: a filter, or an id of one's own.
    pub cursor: usize,
    pub typed: String,
    pub access: Access,
    /// Stages to go back to.
    trail: Vec<Stage>,
    /// It was opened over a form, to which Esc leads back.
    is_over_form: bool,
}

/// A row of a list that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRow {
    pub name: String,
    pub about: String,
    chosen: Chosen,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Chosen {
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
    pub fn first(why: impl Into<String>) -> Self {
        Self {
            why: why.into(),
            survey: None,
            stage: Stage::Choose,
            cursor: 0,
            typed: String::new(),
            access: Access::none(),
            trail: Vec::new(),
            is_over_form: false,
        }
    }

    /// The credentials of a profile that keeps none: a key, or the password of a user.
    #[must_use]
    pub fn credentials_of(profile: &str, region: &str, project: Option<Project>, login: Option<(&str, &str)>) -> Self {
        let mut setup =
            Self::first(tr!("Account {profile} keeps no credentials: they are typed at each start.", profile));
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
    pub fn token_of(profile: &str, region: &str, project: Option<Project>) -> Self {
        Self { stage: stages::token_entries(), ..Self::credentials_of(profile, region, project, None) }
    }

    /// The project of a profile that names none.
    #[must_use]
    pub fn project_of(profile: &str, region: &str) -> Self {
        let mut setup = Self::first(tr!("Account {profile} names no project: it is looked up.", profile));
        setup.access.profile = Some(profile.to_owned());
        region.clone_into(&mut setup.access.region);
        setup.stage = Stage::Project(Projects::Loading { since: 0, ticket: 0 });
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
            Stage::Choose => {
                rows.push(row(&tr!("Demo"), tr!("the embedded simulator: nothing is bought"), Chosen::Demo));
                if let Some(survey) = &self.survey {
                    rows.extend(survey.profiles.iter().map(|profile| {
                        let name = tr!("Profile {name}", name = profile.name);
                        row(&name, profile.about.clone(), Chosen::Profile(profile.name.clone()))
                    }));
                    rows.extend(survey.found.iter().enumerate().map(|(at, found)| {
                        row(&found.masked, tr!("found in {source}", source = found.source), Chosen::Found(at))
                    }));
                }
                rows.push(row(&tr!("Type an access key"), tr!("AK and SK, for this run only"), Chosen::Key));
                rows.push(row(&tr!("Type a token"), tr!("of IAM, for this run only"), Chosen::Token));
                rows.push(row(&tr!("Log in"), tr!("account, user and password, for this run only"), Chosen::Login));
            }
            Stage::Region => {
                let regions = self.survey.iter().flat_map(|survey| &survey.regions);
                rows.extend(regions.map(|(id, place)| row(id, place.clone(), Chosen::Region(id.clone()))));
                rows.retain(fits);
                self.offer_typed(&mut rows, phrase!("take this as the id of the region"), Chosen::Region);
            }
            Stage::Project(Projects::Ready(projects)) => {
                rows.extend(projects.iter().map(|project| {
                    let name = if project.name.is_empty() { &project.id } else { &project.name };
                    row(name, project.id.clone(), Chosen::Project(project.clone()))
                }));
                rows.retain(fits);
                let project = |id| Chosen::Project(Project { id, name: String::new() });
                self.offer_typed(&mut rows, phrase!("take this as the id of the project"), project);
            }
            Stage::Project(Projects::Failed(_)) => {
                let project = |id| Chosen::Project(Project { id, name: String::new() });
                self.offer_typed(&mut rows, phrase!("take this as the id of the project"), project);
            }
            Stage::Project(Projects::Loading { .. }) | Stage::Entries { .. } | Stage::Opening => {}
        }
        rows
    }

    /// Any other id may be typed.
    fn offer_typed(&self, rows: &mut Vec<SetupRow>, about: &'static str, chosen: impl Fn(String) -> Chosen) {
        let typed = self.typed.trim();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let is_id = !typed.is_empty() && typed.len() <= 64 && typed.bytes().all(fits);
        if is_id && rows.iter().all(|row| row.name != typed && row.about != typed) {
            let about = words::of(about).to_owned();
            rows.push(SetupRow { name: typed.to_owned(), about, chosen: chosen(typed.to_owned()) });
        }
    }

    pub(super) fn context(&self) -> Context {
        match &self.stage {
            Stage::Choose | Stage::Region | Stage::Project(_) | Stage::Opening => Context::SetupList,
            Stage::Entries { .. } => Context::SetupText,
        }
    }

    /// Since when something is awaited that the page shows.
    pub(super) fn awaits_since(&self) -> Option<Millis> {
        match &self.stage {
            Stage::Project(Projects::Loading { since, .. }) => Some(*since),
            Stage::Choose
            | Stage::Entries { .. }
            | Stage::Region
            | Stage::Project(Projects::Ready(_) | Projects::Failed(_))
            | Stage::Opening => None,
        }
    }

    /// Whether there is a stage to go back to.
    #[must_use]
    pub fn leads_back(&self) -> bool {
        !self.trail.is_empty() || self.is_over_form || self.stage != Stage::Choose
    }
}

impl Model {
    /// Asks who orders, over the form; a demo stays one, since it reads no credentials.
    pub(super) fn ask_who_orders(&mut self) -> Vec<Effect> {
        if self.account.mode == Mode::Simulator {
            self.message = Some(tr!("The demo reads no credentials: start cph-wizard without --demo to order"));
            return Vec::new();
        }
        self.leave_field();
        let setup = Setup::first(tr!("Another account can order this form: what was typed stays."));
        self.page = Page::Setup(Box::new(Setup { is_over_form: true, ..setup }));
        vec![Effect::Survey]
    }

    /// What the page asks for when it is opened.
    pub(super) fn start_setup(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::Survey];
        if let Some(setup) = self.setup_mut()
            && let Stage::Project(_) = setup.stage
        {
            effects.extend(self.find_projects());
        }
        effects
    }
}
