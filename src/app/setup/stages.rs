//! The stages of the setup page: what an action does in each, and which comes next.

use crate::form::{Edit, TextCursor};
use crate::i18n::{self, phrase, tr};

use super::{
    AccountAccess, AccountChoice, CredentialsChoice, DetectedAccounts, InputKind, InputLine, Masking, Project,
    Projects, RowChoice, SecretText, Setup, SetupStage,
};
use crate::app::keys::action::Action;
use crate::app::model::{Model, Page};
use crate::app::msg::{Effect, LoadError};

fn entry(label: &'static str, help: &'static str, masking: Masking) -> InputLine {
    InputLine { label, help, text: SecretText::default(), cursor: TextCursor(0), masking, is_optional: false }
}

pub(super) fn key_entries() -> SetupStage {
    let token = phrase!("Goes with temporary keys only; leave it empty for a permanent one");
    SetupStage::Inputs {
        typing: InputKind::Key,
        entries: vec![
            entry(phrase!("Access key"), phrase!("The AK, usually 20 capitals and digits"), Masking::AccessKey),
            entry(phrase!("Secret key"), phrase!("The SK, usually 40 characters; it is not shown"), Masking::Masked),
            InputLine { is_optional: true, ..entry(phrase!("Security token"), token, Masking::Masked) },
        ],
        at: 0,
    }
}

pub(super) fn token_entries() -> SetupStage {
    let help = phrase!("A token of IAM with the scope of the project; it is not shown, and lasts up to 24 hours");
    SetupStage::Inputs {
        typing: InputKind::Token,
        entries: vec![entry(phrase!("Token"), help, Masking::Masked)],
        at: 0,
    }
}

pub(super) fn login_entries(domain: &str, user: &str) -> SetupStage {
    let known = |text: &str, entry: InputLine| InputLine {
        text: SecretText::from(text.to_owned()),
        cursor: TextCursor::at_end(text),
        ..entry
    };
    let at = usize::from(!domain.is_empty()) + usize::from(!user.is_empty());
    SetupStage::Inputs {
        typing: InputKind::Login,
        entries: vec![
            known(
                domain,
                entry(phrase!("Account"), phrase!("The account name, which IAM calls a domain"), Masking::Visible),
            ),
            known(
                user,
                entry(
                    phrase!("User"),
                    phrase!("The IAM user; an account upgraded to a HUAWEI ID has to make one"),
                    Masking::Visible,
                ),
            ),
            entry(phrase!("Password"), phrase!("It is sent to IAM only, and not shown"), Masking::Masked),
        ],
        at,
    }
}

fn name_entry(region: &str) -> SetupStage {
    let help =
        phrase!("Keeps region, project and where the credentials are, never the credentials; empty: keeps nothing");
    let name = InputLine { is_optional: true, ..entry(phrase!("Profile"), help, Masking::Visible) };
    let name = InputLine { text: SecretText::from(region.to_owned()), cursor: TextCursor::at_end(region), ..name };
    SetupStage::Inputs { typing: InputKind::Name, entries: vec![name], at: 0 }
}

impl Setup {
    fn go_to(&mut self, stage: SetupStage) {
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
}

impl Model {
    pub(in crate::app) fn setup(&self) -> Option<&Setup> {
        match &self.page {
            Page::Setup(setup) => Some(setup),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => None,
        }
    }

    /// Whether the form of a choice is being opened.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.setup().is_some_and(|setup| setup.stage == SetupStage::Opening)
    }

    pub(in crate::app) fn setup_mut(&mut self) -> Option<&mut Setup> {
        match &mut self.page {
            Page::Setup(setup) => Some(setup),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => None,
        }
    }

    /// Enter: the row under the cursor, the next line, or the end of the lines.
    pub(in crate::app) fn accept_setup(&mut self) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        if let SetupStage::Inputs { entries, at, .. } = &mut setup.stage {
            let is_missing = entries[*at].text.expose().trim().is_empty() && !entries[*at].is_optional;
            if is_missing {
                self.message = Some(tr!("{label} is empty", label = i18n::t(entries[*at].label)));
                return Vec::new();
            }
            if entries[*at].is_misplaced() {
                self.message = Some(misplaced());
                return Vec::new();
            }
            if *at + 1 < entries.len() {
                *at += 1;
                return Vec::new();
            }
            // Whoever jumped over a line is led back to it.
            let gap = entries.iter().position(|entry| entry.text.expose().trim().is_empty() && !entry.is_optional);
            if let Some(gap) = gap {
                *at = gap;
                self.message = Some(tr!("{label} is empty", label = i18n::t(entries[gap].label)));
                return Vec::new();
            }
            if let Some(misplaced_at) = entries.iter().position(InputLine::is_misplaced) {
                *at = misplaced_at;
                self.message = Some(misplaced());
                return Vec::new();
            }
            return self.submit_inputs();
        }
        let Some(row) = setup.rows().into_iter().nth(setup.cursor) else { return Vec::new() };
        if setup.stage == SetupStage::Choose {
            setup.access = AccountAccess::none();
        }
        match row.chosen {
            RowChoice::Demo => self.open(AccountChoice::Demo),
            RowChoice::Profile(name) => self.open(AccountChoice::Profile(name)),
            RowChoice::Found(at) => {
                let found = setup.survey.as_ref().and_then(|survey| survey.found.get(at));
                let (region, project) =
                    found.map_or((None, None), |found| (found.region.clone(), found.project.clone()));
                setup.access.given = CredentialsChoice::Found(at);
                setup.access.region = region.unwrap_or_default();
                setup.access.project = project;
                self.next_question()
            }
            RowChoice::Key => {
                setup.go_to(key_entries());
                Vec::new()
            }
            RowChoice::Token => {
                setup.go_to(token_entries());
                Vec::new()
            }
            RowChoice::Login => {
                setup.go_to(login_entries("", ""));
                Vec::new()
            }
            RowChoice::Region(id) => {
                setup.access.region = id;
                setup.access.project = None;
                self.next_question()
            }
            RowChoice::Project(project) => {
                setup.access.project = Some(project);
                self.next_question()
            }
        }
    }

    fn submit_inputs(&mut self) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        let SetupStage::Inputs { typing, .. } = &setup.stage else { return Vec::new() };
        let typing = typing.clone();
        let mut texts = setup.texts().into_iter();
        let mut next = || texts.next().unwrap_or_default();
        match typing {
            InputKind::Key => {
                let (access_key, secret_key, security_token) = (next(), next().into(), next().into());
                setup.access.given = CredentialsChoice::Key { access_key, secret_key, security_token };
            }
            InputKind::Token => setup.access.given = CredentialsChoice::Token { token: next().into() },
            InputKind::Login => {
                let (domain, user, password) = (next(), next(), next().into());
                setup.access.given = CredentialsChoice::Login { domain, user, password };
            }
            InputKind::Name => {
                let name = next();
                if !name.is_empty() && !is_profile_name(&name) {
                    self.message = Some(tr!("A profile's name has 1 to 32 of a-z, 0-9, - and _"));
                    return Vec::new();
                }
                setup.access.keep_as = Some(name).filter(|name| !name.is_empty());
                let access = Box::new(setup.access.clone());
                return self.open(AccountChoice::Access(access));
            }
        }
        self.next_question()
    }

    /// Asks for what is still missing; with nothing missing, opens the form.
    fn next_question(&mut self) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        // A profile knows where it is, and so does the environment.
        if setup.access.region.is_empty() && setup.access.profile.is_none() {
            setup.go_to(SetupStage::Region);
            return Vec::new();
        }
        if setup.access.project.is_none() {
            setup.go_to(SetupStage::Project(Projects::Loading { since: 0, ticket: 0 }));
            return self.find_projects();
        }
        if setup.access.profile.is_some() {
            let access = Box::new(setup.access.clone());
            return self.open(AccountChoice::Access(access));
        }
        let region = setup.access.region.clone();
        setup.go_to(name_entry(&region));
        Vec::new()
    }

    /// Asks IAM which projects the credentials open.
    pub(in crate::app) fn find_projects(&mut self) -> Vec<Effect> {
        let (ticket, since) = (self.next_ticket(), self.now);
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        setup.stage = SetupStage::Project(Projects::Loading { since, ticket });
        vec![Effect::FindProjects { access: Box::new(setup.access.clone()), ticket }]
    }

    fn open(&mut self, choice: AccountChoice) -> Vec<Effect> {
        if let Some(setup) = self.setup_mut() {
            setup.go_to(SetupStage::Opening);
        }
        vec![Effect::OpenAccount(choice)]
    }

    pub(in crate::app) fn set_detected_accounts(&mut self, survey: DetectedAccounts) {
        if let Some(setup) = self.setup_mut() {
            setup.survey = Some(survey);
        }
    }

    pub(in crate::app) fn set_projects(&mut self, ticket: u64, result: Result<Vec<Project>, LoadError>) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        let is_current = matches!(&setup.stage, SetupStage::Project(Projects::Loading { ticket: current, .. }) if *current == ticket);
        if !is_current {
            return Vec::new();
        }
        setup.stage = SetupStage::Project(match result {
            Ok(projects) => Projects::Ready(projects),
            Err(failure) => Projects::Failed(failure),
        });
        // One project leaves nothing to choose.
        if let SetupStage::Project(Projects::Ready(projects)) = &setup.stage
            && let [only] = &projects[..]
        {
            setup.access.project = Some(only.clone());
            return self.next_question();
        }
        Vec::new()
    }

    /// Another question, which a choice led to; the way back stays open.
    pub(in crate::app) fn show_setup(&mut self, next: Setup) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        if let Some(before) = setup.trail.pop() {
            setup.stage = before;
        }
        setup.why = next.why;
        setup.access = next.access;
        setup.go_to(next.stage);
        if matches!(setup.stage, SetupStage::Project(_)) { self.find_projects() } else { Vec::new() }
    }

    /// The form could not be opened: the question that led there is asked again.
    pub(in crate::app) fn show_open_error(&mut self, why: String) {
        if let Some(setup) = self.setup_mut()
            && let Some(before) = setup.trail.pop()
        {
            setup.stage = before;
        }
        self.message = Some(why);
    }

    /// Esc: the stage before this one.
    pub(in crate::app) fn back_in_setup(&mut self) {
        let Some(setup) = self.setup_mut() else { return };
        if !setup.typed.is_empty() {
            setup.typed.clear();
            setup.cursor = 0;
            return;
        }
        if let Some(before) = setup.trail.pop() {
            // A list that was awaited is not awaited any more.
            setup.stage = before;
            setup.cursor = 0;
        } else if setup.is_over_form {
            self.page = Page::Form;
        } else if setup.stage != SetupStage::Choose {
            // What a profile lacks was asked first: from there another account can be taken, or the demo.
            let first = Setup::new(std::mem::take(&mut setup.why));
            *setup = Setup { survey: setup.survey.take(), ..first };
        } else {
            self.message = Some(tr!("{key} leaves", key = self.keymap.key_of(Action::Quit)));
        }
    }

    /// F5: the projects again.
    pub(in crate::app) fn refresh_setup(&mut self) -> Vec<Effect> {
        match self.setup().map(|setup| &setup.stage) {
            Some(SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))) => self.find_projects(),
            Some(
                SetupStage::Project(Projects::Loading { .. })
                | SetupStage::Choose
                | SetupStage::Inputs { .. }
                | SetupStage::Region
                | SetupStage::Opening,
            )
            | None => Vec::new(),
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
