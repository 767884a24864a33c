//! The setup page: its actions, and the requests for projects and for the form of the chosen account.

use crate::i18n::tr;

use crate::app::account::AccountMode;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::page::Page;
use crate::app::setup::flow::SetupRequest;
use crate::app::setup::state::{Projects, Setup, SetupStage};

/// Returns whether an action of the page has an effect; `None` if it is not an action of the page.
pub(super) fn is_enabled(setup: &Setup, action: Action) -> Option<bool> {
    Some(match action {
        Action::Refresh => matches!(setup.stage, SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))),
        Action::Back => setup.can_go_back(),
        Action::Accept => setup.context() == Context::SetupText || !setup.rows().is_empty(),
        _ => return None,
    })
}

/// Runs an action of the page; `None` if it is not an action of the page.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    match action {
        Action::Accept => return Some(model.in_setup(Setup::accept)),
        Action::Back => return Some(model.in_setup(Setup::back)),
        Action::Refresh => return Some(model.in_setup(|setup| setup.refresh())),
        _ => {}
    }
    let setup = model.setup_mut()?;
    match action {
        Action::Edit(edit) => setup.edit(edit),
        _ => setup.step(action.rows()?),
    }
    Some(Vec::new())
}

impl Model {
    pub(in crate::app) fn setup(&self) -> Option<&Setup> {
        match &self.page {
            Page::Setup(setup) => Some(setup),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => None,
        }
    }

    pub(in crate::app) fn setup_mut(&mut self) -> Option<&mut Setup> {
        match &mut self.page {
            Page::Setup(setup) => Some(setup),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => None,
        }
    }

    /// Returns whether the form for the chosen account is being opened.
    #[must_use]
    pub fn is_opening(&self) -> bool {
        self.setup().is_some_and(|setup| setup.stage == SetupStage::Opening)
    }

    /// Applies a change to the setup page and carries out the request that it returns. Does nothing if the page is not
    /// open.
    pub(in crate::app) fn in_setup(&mut self, change: impl FnOnce(&mut Setup) -> SetupRequest) -> Vec<Effect> {
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        match change(setup) {
            SetupRequest::Nothing => Vec::new(),
            SetupRequest::Say(words) => {
                self.say(words);
                Vec::new()
            }
            SetupRequest::Open(choice) => {
                setup.go_to(SetupStage::Opening);
                vec![Effect::OpenAccount(choice)]
            }
            SetupRequest::FindProjects => self.find_projects(),
            SetupRequest::Leave => {
                self.page = Page::Form;
                Vec::new()
            }
            SetupRequest::SayHowToQuit => {
                self.say(tr!("{key} leaves", key = self.keymap.key_of(Action::Quit)));
                Vec::new()
            }
        }
    }

    /// Requests from IAM the projects that the credentials give access to.
    fn find_projects(&mut self) -> Vec<Effect> {
        let (ticket, since) = (self.next_ticket(), self.now);
        let Some(setup) = self.setup_mut() else { return Vec::new() };
        setup.await_projects(ticket, since);
        vec![Effect::FindProjects { access: Box::new(setup.access.clone()), ticket }]
    }

    /// Shows why the form could not be opened, and returns to the setup stage before it.
    pub(in crate::app) fn show_open_error(&mut self, why: String) {
        if let Some(setup) = self.setup_mut() {
            setup.opening_failed();
        }
        self.say(why);
    }

    /// Opens the setup page over the form, to choose another account. A demo cannot switch, since it reads no
    /// credentials.
    pub(in crate::app) fn open_account_setup(&mut self) -> Vec<Effect> {
        if self.account.label.mode == AccountMode::Simulator {
            self.say(tr!("The demo reads no credentials: start cph-wizard without --demo to order"));
            return Vec::new();
        }
        self.form.leave_field();
        self.page = Page::Setup(Box::new(Setup::over_form()));
        vec![Effect::DetectAccounts]
    }

    /// Returns the effects that load what the setup page needs when it opens.
    pub(in crate::app) fn start_setup(&mut self) -> Vec<Effect> {
        let mut effects = vec![Effect::DetectAccounts];
        if self.setup().is_some_and(|setup| matches!(setup.stage, SetupStage::Project(_))) {
            effects.extend(self.find_projects());
        }
        effects
    }
}
