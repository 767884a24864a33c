//! From stage to stage: what a key does on the page that asks who orders.

use crate::form::{Edit, TextCursor};
use crate::words::{self, phrase, tr};

use super::super::keymap::Action;
use super::super::model::{Model, Page};
use super::super::msg::{Effect, ReadFailure};
use super::{Access, Choice, Chosen, Entry, Given, Hidden, Project, Projects, Setup, Sight, Stage, Survey, Typing};

fn entry(label: &'static str, help: &'static str, sight: Sight) -> Entry {
    Entry { label, help, text: Hidden::default(), cursor: TextCursor(0), sight, is_optional: false }
}

pub(super) fn key_entries() -> Stage {
    let token = phrase!("Goes with temporary keys only; leave it empty for a permanent one");
    Stage::Entries {
        typing: Typing::Key,
        entries: vec![
            entry(phrase!("Access key"), phrase!("The AK, usually 20 capitals and digits"), Sight::AccessKey),
            entry(phrase!("Secret key"), phrase!("The SK, usually 40 characters; it is not shown"), Sight::Hidden),
            Entry { is_optional: true, ..entry(phrase!("Security token"), token, Sight::Hidden) },
        ],
        at: 0,
    }
}

pub(super) fn token_entries() -> Stage {
    let help = phrase!("A token of IAM with the scope of the project; it is not shown, and lasts up to 24 hours");
    Stage::Entries { typing: Typing::Token, entries: vec![entry(phrase!("Token"), help, Sight::Hidden)], at: 0 }
}

pub(super) fn login_entries(domain: &str, user: &str) -> Stage {
    let known = |text: &str, entry: Entry| Entry {
        text: Hidden::from(text.to_owned()),
        cursor: TextCursor::at_end(text),
        ..entry
    };
    let at = usize::from(!domain.is_empty()) + usize::from(!user.is_empty());
    Stage::Entries {
        typing: Typing::Login,
        entries: vec![
            known(
                domain,
                entry(phrase!("Account"), phrase!("The account name, which IAM calls a domain"), Sight::Shown),
            ),
            known(
                user,
                entry(
                    phrase!("User"),
                    phrase!("The IAM user; an account upgraded to a HUAWEI ID has to make one"),
                    Sight::Shown,
                ),
            ),
            entry(phrase!("Password"), phrase!("It is sent to IAM only, and not shown"), Sight::Hidden),
        ],
        at,
    }
}

fn name_entry(region: &str) -> Stage {
    let help =
        phrase!("Keeps region, project and where the credentials are, never the credentials; empty: keeps nothing");
    let name = Entry { is_optional: true, ..entry(phrase!("Profile"), help, Sight::Shown) };
    let name = Entry { text: Hidden::from(region.to_owned()), cursor: TextCursor::at_end(region), ..name };
    Stage::Entries { typing: Typing::Name, entries: vec![name], at: 0 }
}

impl Setup {
    fn go_to(&mut self, stage: Stage) {
        let left = std::mem::replace(&mut self.stage, stage);
        self.trail.push(left);
        (self.cursor, self.typed) = (0, String::new());
    }

    pub(in crate::app) fn step(&mut self, by: isize) {
        match &mut self.stage {
            Stage::Entries { entries, at, .. } => {
                *at = at.saturating_add_signed(by).min(entries.len().saturating_sub(1));
            }
            Stage::Choose | Stage::Region | Stage::Project(_) | Stage::Opening => {
                let last = self.rows().len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by).min(last);
            }
        }
    }

    pub(in crate::app) fn edit(&mut self, edit: Edit) {
        match &mut self.stage {
            Stage::Entries { entries, at, .. } => {
                if let Some(Entry { text, cursor, .. }) = entries.get_mut(*at) {
                    cursor.edit(&mut text.0, edit);
                }
            }
            Stage::Region | Stage::Project(_) => {
                TextCursor::at_end(&self.typed).edit(&mut self.typed, edit);
                self.cursor = 0;
            }
            Stage::Choose | Stage::Opening => {}
        }
    }

    pub(in crate::app) fn paste(&mut self, text: &str) {
        for c in text.trim().chars().filter(|c| !c.is_control()) {
            self.edit(Edit::Insert(c));
        }
    }

    /// The texts of the lines, without what is around them.
    fn texts(&self) -> Vec<String> {
        let Stage::Entries { entries, .. } = &self.stage else { return Vec::new() };
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
        self.setup().is_some_and(|setup| setup.stage == Stage::Opening)
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
        if let Stage::Entries { entries, at, .. } = &mut setup.stage {
            let is_missing = entries[*at].text.expose().trim().is_empty() && !entries[*at].is_optional;
            if is_missing {
                self.message = Some(tr!("{label} is empty", label = words::of(entries[*at].label)));
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
                self.message = Some(tr!("{label} is empty", label = words::of(entries[gap].label)));
                return Vec::new();
            }
            if let Some(misplaced_at) = entries.iter().position(Entry::is_misplaced) {
                *at = misplaced_at;
                self.message = Some(misplaced());
                return Vec::new();
            }
            return self.take_entries();
        }
        let Some(row) = setup.rows().into_iter().nth(setup.cursor) else { return Vec::new() };
        if setup.stage == Stage::Choose {
            setup.access = Access::none();
        }
        match row.chosen {
            Chosen::Demo => self.open(Choice::Demo),
            Chosen::Profile(name) => self.open(Choice::Profile(name)),
            Chosen::Found(at) => {
                let found = setup.survey.as_ref().and_then(|survey| survey.found.get(at));
                let (region, project) =
                    found.map_or((None, None), |found| (found.region.clone(), found.project.clone()));
                setup.access.given = Given::Found(at);
                setup.access.region = region.unwrap_or_default();
                setup.access.project = project;
                self.next_question()
            }
            Chosen::Key => {
                setup.go_to(key_entries());
                Vec::new()
            }
            Chosen::Token => {
                setup.go_to(token_entries());
                Vec::new()
            }
            Chosen::Login => {
                setup.go_to(login_entries("", ""));
                Vec::new()
            }
            Chosen::Region(id) => {
                setup.access.region = id;
                setup.access.project = None;
                self.next_question()
            }
            Chosen::Project(project) => {
                setup.access.project = Some(project);
                self.next_question()
            }
        }
    }

    fn take_entries(&mut self) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        let Stage::Entries { typing, .. } = &setup.stage else { return Vec::new() };
        let typing = typing.clone();
        let mut texts = setup.texts().into_iter();
        let mut next = || texts.next().unwrap_or_default();
        match typing {
            Typing::Key => {
                let (access_key, secret_key, security_token) = (next(), next().into(), next().into());
                setup.access.given = Given::Key { access_key, secret_key, security_token };
            }
            Typing::Token => setup.access.given = Given::Token { token: next().into() },
            Typing::Login => {
                let (domain, user, password) = (next(), next(), next().into());
                setup.access.given = Given::Login { domain, user, password };
            }
            Typing::Name => {
                let name = next();
                if !name.is_empty() && !is_profile_name(&name) {
                    self.message = Some(tr!("A profile's name has 1 to 32 of a-z, 0-9, - and _"));
                    return Vec::new();
                }
                setup.access.keep_as = Some(name).filter(|name| !name.is_empty());
                let access = Box::new(setup.access.clone());
                return self.open(Choice::Access(access));
            }
        }
        self.next_question()
    }

    /// Asks for what is still missing; with nothing missing, opens the form.
    fn next_question(&mut self) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        // A profile knows where it is, and so does the environment.
        if setup.access.region.is_empty() && setup.access.profile.is_none() {
            setup.go_to(Stage::Region);
            return Vec::new();
        }
        if setup.access.project.is_none() {
            setup.go_to(Stage::Project(Projects::Loading { since: 0, ticket: 0 }));
            return self.find_projects();
        }
        if setup.access.profile.is_some() {
            let access = Box::new(setup.access.clone());
            return self.open(Choice::Access(access));
        }
        let region = setup.access.region.clone();
        setup.go_to(name_entry(&region));
        Vec::new()
    }

    /// Asks IAM which projects the credentials open.
    pub(in crate::app) fn find_projects(&mut self) -> Vec<Effect> {
        let (ticket, since) = (self.next_ticket(), self.now);
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        setup.stage = Stage::Project(Projects::Loading { since, ticket });
        vec![Effect::FindProjects { access: Box::new(setup.access.clone()), ticket }]
    }

    fn open(&mut self, choice: Choice) -> Vec<Effect> {
        if let Some(setup) = self.setup_mut() {
            setup.go_to(Stage::Opening);
        }
        vec![Effect::Open(choice)]
    }

    pub(in crate::app) fn take_survey(&mut self, survey: Survey) {
        if let Some(setup) = self.setup_mut() {
            setup.survey = Some(survey);
        }
    }

    pub(in crate::app) fn take_projects(
        &mut self,
        ticket: u64,
        result: Result<Vec<Project>, ReadFailure>,
    ) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        let is_current =
            matches!(&setup.stage, Stage::Project(Projects::Loading { ticket: current, .. }) if *current == ticket);
        if !is_current {
            return Vec::new();
        }
        setup.stage = Stage::Project(match result {
            Ok(projects) => Projects::Ready(projects),
            Err(failure) => Projects::Failed(failure),
        });
        // One project leaves nothing to choose.
        if let Stage::Project(Projects::Ready(projects)) = &setup.stage
            && let [only] = &projects[..]
        {
            setup.access.project = Some(only.clone());
            return self.next_question();
        }
        Vec::new()
    }

    /// Another question, which a choice led to; the way back stays open.
    pub(in crate::app) fn ask(&mut self, next: Setup) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        if let Some(before) = setup.trail.pop() {
            setup.stage = before;
        }
        setup.why = next.why;
        setup.access = next.access;
        setup.go_to(next.stage);
        if matches!(setup.stage, Stage::Project(_)) { self.find_projects() } else { Vec::new() }
    }

    /// The form could not be opened: the question that led there is asked again.
    pub(in crate::app) fn not_opened(&mut self, why: String) {
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
        } else if setup.stage != Stage::Choose {
            // What a profile lacks was asked first: from there another account can be taken, or the demo.
            let first = Setup::first(std::mem::take(&mut setup.why));
            *setup = Setup { survey: setup.survey.take(), ..first };
        } else {
            self.message = Some(tr!("{key} leaves", key = self.keymap.key_of(Action::Leave)));
        }
    }

    /// F5: the projects again.
    pub(in crate::app) fn refresh_setup(&mut self) -> Vec<Effect> {
        match self.setup().map(|setup| &setup.stage) {
            Some(Stage::Project(Projects::Ready(_) | Projects::Failed(_))) => self.find_projects(),
            Some(
                Stage::Project(Projects::Loading { .. })
                | Stage::Choose
                | Stage::Entries { .. }
                | Stage::Region
                | Stage::Opening,
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
