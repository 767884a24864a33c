//! Actions in each stage of the setup page, and the order of the stages.

use crate::form::{Edit, TextCursor};
use crate::i18n::{self, tr};

use crate::app::load_error::LoadError;
use crate::app::setup::choices::{AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, Project};
use crate::app::setup::input_line::InputLine;
use crate::app::setup::state::{InputKind, Projects, RowChoice, Setup, SetupStage};

/// A request of the setup page to the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) enum SetupRequest {
    Nothing,
    Say(String),
    /// Open the form for an account.
    Open(AccountChoice),
    /// Request the projects that the credentials give access to.
    FindProjects,
    /// Go back to the form that the page was opened over.
    Leave,
    /// Show how to quit the program: there is nothing to go back to.
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

    /// Returns the texts of the input lines, trimmed.
    fn texts(&self) -> Vec<String> {
        let SetupStage::Inputs { entries, .. } = &self.stage else { return Vec::new() };
        entries.iter().map(|entry| entry.text.expose().trim().to_owned()).collect()
    }

    /// Handles Enter: chooses the row under the cursor, goes to the next input line, or submits the lines after the
    /// last one. An empty or misplaced text is reported.
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

    /// Goes to the stage for what is still missing. If nothing is missing, requests to open the form.
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

    /// Stores the accounts that were found on this machine.
    pub(in crate::app) fn set_detected_accounts(&mut self, survey: DetectedAccounts) {
        self.survey = Some(survey);
    }

    /// Stores the projects if they belong to the latest request. A single project is chosen at once.
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

    /// Marks the projects as being requested.
    pub(in crate::app) fn await_projects(&mut self, ticket: u64, since: crate::app::load_error::Millis) {
        self.stage = SetupStage::Project(Projects::Loading { since, ticket });
    }

    /// Shows the stage that the chosen account needs. Esc still leads back to the stages before it.
    pub(in crate::app) fn show(&mut self, next: Self) -> SetupRequest {
        if let Some(before) = self.trail.pop() {
            self.stage = before;
        }
        self.why = next.why;
        self.access = next.access;
        self.go_to(next.stage);
        if matches!(self.stage, SetupStage::Project(_)) { SetupRequest::FindProjects } else { SetupRequest::Nothing }
    }

    /// Returns to the stage from which opening the form failed.
    pub(in crate::app) fn opening_failed(&mut self) {
        if let Some(before) = self.trail.pop() {
            self.stage = before;
        }
    }

    /// Handles Esc: clears the filter, or else goes back to the previous stage, the form below or the first list. On
    /// the first list, requests the message on how to quit.
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

    /// Handles F5: requests the projects again, if they were read or failed.
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

/// Returns the message about a secret key in place of the access key. Such a text is not submitted.
fn misplaced() -> String {
    tr!("This looks like a secret key: delete it and enter the access key here")
}

/// Returns whether a name is allowed for a profile: up to 32 of `a-z`, `0-9`, `-` and `_`, beginning with a letter or a
/// digit. The caller excludes the empty name.
fn is_profile_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'_';
    name.len() <= 32 && name.bytes().all(fits) && !name.starts_with(['-', '_'])
}
