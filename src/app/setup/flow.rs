//! What an action does in each stage of the setup page, and which stage comes next.

use crate::form::{Edit, TextCursor};
use crate::i18n::{self, tr};

use crate::app::load_error::LoadError;
use crate::app::setup::choices::{AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, Project};
use crate::app::setup::input_line::InputLine;
use crate::app::setup::state::{InputKind, Projects, RowChoice, Setup, SetupStage};

/// What the page asks of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum SetupRequest {
    Nothing,
    Say(String),
    /// Open the form for an account.
    Open(AccountChoice),
    /// Ask which projects the credentials open.
    FindProjects,
    /// Go back to the form that it was opened over.
    Leave,
    /// Say how to leave the program: there is nothing to go back to.
    SayHowToQuit,
}

impl Setup {
    pub(in crate::app) fn go_to(&mut self, stage: SetupStage) {
        let left = std::mem::replace(&mut self.stage, stage);
        self.trail.push(left);
        (self.cursor, self.typed) = (0, String::new());
    }

    pub(in crate::app) fn step(&mut self, by: isize) {
        match &mut self.stage {
            SetupStage::Inputs { entries, at, .. } => {
                *at = at.saturating_add_signed(by).min(entries.len().saturating_sub(1));
            }
            SetupStage::Choose | SetupStage::Region | SetupStage::Project(_) | SetupStage::Opening => {
                let last = self.rows().len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by).min(last);
            }
        }
    }

    pub(in crate::app) fn edit(&mut self, edit: Edit) {
        match &mut self.stage {
            SetupStage::Inputs { entries, at, .. } => {
                if let Some(InputLine { text, cursor, .. }) = entries.get_mut(*at) {
                    cursor.edit(&mut text.0, edit);
                }
            }
            SetupStage::Region | SetupStage::Project(_) => {
                TextCursor::at_end(&self.typed).edit(&mut self.typed, edit);
                self.cursor = 0;
            }
            SetupStage::Choose | SetupStage::Opening => {}
        }
    }

    pub(in crate::app) fn paste(&mut self, text: &str) {
        for c in text.trim().chars().filter(|c| !c.is_control()) {
            self.edit(Edit::Insert(c));
        }
    }

    /// The texts of the lines, without what is around them.
    fn texts(&self) -> Vec<String> {
        let SetupStage::Inputs { entries, .. } = &self.stage else { return Vec::new() };
        entries.iter().map(|entry| entry.text.expose().trim().to_owned()).collect()
    }

    /// Enter: the row under the cursor, the next line, or the end of the lines.
    pub(in crate::app) fn accept(&mut self) -> SetupRequest {
        if let SetupStage::Inputs { entries, at, .. } = &mut self.stage {
            let is_missing = entries[*at].text.expose().trim().is_empty() && !entries[*at].is_optional;
            if is_missing {
                let words = tr!("{label} is empty", label = i18n::t(entries[*at].label));
                return SetupRequest::Say(words);
            }
            if entries[*at].is_misplaced() {
                return SetupRequest::Say(misplaced());
            }
            if *at + 1 < entries.len() {
                *at += 1;
                return SetupRequest::Nothing;
            }
            // Whoever jumped over a line is led back to it.
            let gap = entries.iter().position(|entry| entry.text.expose().trim().is_empty() && !entry.is_optional);
            if let Some(gap) = gap {
                *at = gap;
                let words = tr!("{label} is empty", label = i18n::t(entries[gap].label));
                return SetupRequest::Say(words);
            }
            if let Some(misplaced_at) = entries.iter().position(InputLine::is_misplaced) {
                *at = misplaced_at;
                return SetupRequest::Say(misplaced());
            }
            return self.submit_inputs();
        }
        let Some(row) = self.rows().into_iter().nth(self.cursor) else { return SetupRequest::Nothing };
        if self.stage == SetupStage::Choose {
            self.access = AccountAccess::none();
        }
        match row.chosen {
            RowChoice::Demo => SetupRequest::Open(AccountChoice::Demo),
            RowChoice::Profile(name) => SetupRequest::Open(AccountChoice::Profile(name)),
            RowChoice::Found(at) => {
                let found = self.survey.as_ref().and_then(|survey| survey.found.get(at));
                let (region, project) =
                    found.map_or((None, None), |found| (found.region.clone(), found.project.clone()));
                self.access.given = CredentialsChoice::Found(at);
                self.access.region = region.unwrap_or_default();
                self.access.project = project;
                self.next_question()
            }
            RowChoice::Key => {
                self.go_to(SetupStage::key());
                SetupRequest::Nothing
            }
            RowChoice::Token => {
                self.go_to(SetupStage::token());
                SetupRequest::Nothing
            }
            RowChoice::Login => {
                self.go_to(SetupStage::login("", ""));
                SetupRequest::Nothing
            }
            RowChoice::Region(id) => {
                self.access.region = id;
                self.access.project = None;
                self.next_question()
            }
            RowChoice::Project(project) => {
                self.access.project = Some(project);
                self.next_question()
            }
        }
    }

    fn submit_inputs(&mut self) -> SetupRequest {
        let SetupStage::Inputs { typing, .. } = &self.stage else { return SetupRequest::Nothing };
        let typing = typing.clone();
        let mut texts = self.texts().into_iter();
        let mut next = || texts.next().unwrap_or_default();
        match typing {
            InputKind::Key => {
                let (access_key, secret_key, security_token) = (next(), next().into(), next().into());
                self.access.given = CredentialsChoice::Key { access_key, secret_key, security_token };
            }
            InputKind::Token => self.access.given = CredentialsChoice::Token { token: next().into() },
            InputKind::Login => {
                let (domain, user, password) = (next(), next(), next().into());
                self.access.given = CredentialsChoice::Login { domain, user, password };
            }
            InputKind::Name => {
                let name = next();
                if !name.is_empty() && !is_profile_name(&name) {
                    return SetupRequest::Say(tr!("A profile's name has 1 to 32 of a-z, 0-9, - and _"));
                }
                self.access.keep_as = Some(name).filter(|name| !name.is_empty());
                let access = Box::new(self.access.clone());
                return SetupRequest::Open(AccountChoice::Access(access));
            }
        }
        self.next_question()
    }

    /// Asks for what is still missing; with nothing missing, opens the form.
    fn next_question(&mut self) -> SetupRequest {
        // A profile knows where it is, and so does the environment.
        if self.access.region.is_empty() && self.access.profile.is_none() {
            self.go_to(SetupStage::Region);
            return SetupRequest::Nothing;
        }
        if self.access.project.is_none() {
            self.go_to(SetupStage::Project(Projects::Loading { since: 0, ticket: 0 }));
            return SetupRequest::FindProjects;
        }
        if self.access.profile.is_some() {
            let access = Box::new(self.access.clone());
            return SetupRequest::Open(AccountChoice::Access(access));
        }
        let region = self.access.region.clone();
        self.go_to(SetupStage::profile_name(&region));
        SetupRequest::Nothing
    }

    /// Takes in what was found on the machine.
    pub(in crate::app) fn set_detected_accounts(&mut self, survey: DetectedAccounts) {
        self.survey = Some(survey);
    }

    /// Takes the projects in, if the request for them is the last one.
    pub(in crate::app) fn set_projects(
        &mut self,
        ticket: u64,
        result: Result<Vec<Project>, LoadError>,
    ) -> SetupRequest {
        let is_current =
            matches!(&self.stage, SetupStage::Project(Projects::Loading { ticket: current, .. }) if *current == ticket);
        if !is_current {
            return SetupRequest::Nothing;
        }
        self.stage = SetupStage::Project(match result {
            Ok(projects) => Projects::Ready(projects),
            Err(failure) => Projects::Failed(failure),
        });
        // One project leaves nothing to choose.
        if let SetupStage::Project(Projects::Ready(projects)) = &self.stage
            && let [only] = &projects[..]
        {
            self.access.project = Some(only.clone());
            return self.next_question();
        }
        SetupRequest::Nothing
    }

    /// Notes that the projects are being asked for.
    pub(in crate::app) fn await_projects(&mut self, ticket: u64, since: crate::app::load_error::Millis) {
        self.stage = SetupStage::Project(Projects::Loading { since, ticket });
    }

    /// Asks another question, which a choice led to; the way back stays open.
    pub(in crate::app) fn show(&mut self, next: Self) -> SetupRequest {
        if let Some(before) = self.trail.pop() {
            self.stage = before;
        }
        self.why = next.why;
        self.access = next.access;
        self.go_to(next.stage);
        if matches!(self.stage, SetupStage::Project(_)) { SetupRequest::FindProjects } else { SetupRequest::Nothing }
    }

    /// Asks the question again that led to a form that could not be opened.
    pub(in crate::app) fn opening_failed(&mut self) {
        if let Some(before) = self.trail.pop() {
            self.stage = before;
        }
    }

    /// Esc: the stage before this one.
    pub(in crate::app) fn back(&mut self) -> SetupRequest {
        if !self.typed.is_empty() {
            self.typed.clear();
            self.cursor = 0;
        } else if let Some(before) = self.trail.pop() {
            // A list that was awaited is not awaited any more.
            self.stage = before;
            self.cursor = 0;
        } else if self.is_over_form {
            return SetupRequest::Leave;
        } else if self.stage != SetupStage::Choose {
            // What a profile lacks was asked first: from there another account can be taken, or the demo.
            let first = Self::new(std::mem::take(&mut self.why));
            *self = Self { survey: self.survey.take(), ..first };
        } else {
            return SetupRequest::SayHowToQuit;
        }
        SetupRequest::Nothing
    }

    /// F5: the projects again.
    pub(in crate::app) fn refresh(&self) -> SetupRequest {
        match self.stage {
            SetupStage::Project(Projects::Ready(_) | Projects::Failed(_)) => SetupRequest::FindProjects,
            SetupStage::Project(Projects::Loading { .. })
            | SetupStage::Choose
            | SetupStage::Inputs { .. }
            | SetupStage::Region
            | SetupStage::Opening => SetupRequest::Nothing,
        }
    }
}

/// A secret key that stands in the place of the access key goes nowhere.
fn misplaced() -> String {
    tr!("This looks like a secret key: delete it and enter the access key here")
}

/// 1 to 32 of `a-z`, `0-9`, `-` and `_`, beginning with a letter or a digit.
fn is_profile_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    name.len() <= 32 && name.bytes().all(fits) && !name.starts_with(['-', '_'])
}
