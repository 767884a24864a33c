//! The parts that the screen and linear mode have in common: the start of the form, the events besides input, and the
//! steps after a panic.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::app::{
    AccountLabel, Effect, Effects, Introduction, Keymap, Model, Msg, Overlay, Page, StartFrom, exit_code, receipt,
    update,
};
use crate::exit_code::ExitCode;
use crate::view::Theme;

use crate::tui::accounts::{AccountError, Accounts, OpenedAccount, StartPage};
use crate::tui::capabilities::Capabilities;
use crate::tui::effects::background::Background;
use crate::tui::effects::dispatch::EffectRunner;
use crate::tui::storage::drafts::DraftStore;
use crate::tui::storage::introduction::IntroductionMarker;
use crate::tui::storage::library::LibraryStore;
use crate::tui::storage::templates::TemplateStore;

/// The external parts that the form needs.
pub struct LaunchConfig {
    pub config: SessionConfig,
    pub accounts: Arc<dyn Accounts>,
    pub theme: Theme,
    pub mouse: bool,
    pub capabilities: Capabilities,
}

/// The initial state of the form.
pub struct SessionConfig {
    pub start: StartPage,
    pub keymap: Keymap,
    /// The starting point that the command line asks for.
    pub start_from: StartFrom,
    /// A sentence to show at the start, such as an error in the settings.
    pub notice: Option<String>,
    pub introduction: IntroductionMarker,
    pub templates: TemplateStore,
    /// For tests only: the interface panics when the server name equals this, or, for `waiting`, while an order is
    /// being sent.
    pub panic_at: Option<String>,
}

/// The result of a session.
#[derive(Debug)]
pub struct SessionEnd {
    /// Lines to print on the normal screen.
    pub receipt: Vec<String>,
    pub exit_code: ExitCode,
}

/// An event that a loop waits for; `UiEvent` is input that only one kind of interface has.
pub enum Event<UiEvent> {
    Msg(Msg),
    /// The result of an account choice, with its number: a form, another question, or an error.
    AccountOpened(u64, Result<StartPage, AccountError>),
    Ui(UiEvent),
}

impl<UiEvent> From<Msg> for Event<UiEvent> {
    fn from(msg: Msg) -> Self {
        Self::Msg(msg)
    }
}

impl<UiEvent> From<(u64, Result<StartPage, AccountError>)> for Event<UiEvent> {
    fn from((number, started): (u64, Result<StartPage, AccountError>)) -> Self {
        Self::AccountOpened(number, started)
    }
}

/// The form, with the runner of its effects.
pub struct Session {
    pub model: Model,
    pub effect_runner: EffectRunner,
    start_from: StartFrom,
    panic_at: Option<String>,
}

/// A new session, and the work that follows once the interface is ready.
pub struct StartedSession {
    pub session: Session,
    pub opened: Option<OpenedAccount>,
    pub effects: Effects,
}

impl Session {
    pub fn start(config: SessionConfig) -> StartedSession {
        let SessionConfig { start, keymap, start_from, notice, introduction, templates, panic_at } = config;
        let is_due = introduction.is_due();
        let session = |account: AccountLabel, state_dir: Option<&Path>| {
            let mut model = Model::new(account, None);
            model.keymap = keymap;
            let library = LibraryStore { drafts: DraftStore::new(state_dir), templates };
            Self {
                model,
                effect_runner: EffectRunner { library, introduction, draft_notice: None },
                start_from,
                panic_at,
            }
        };
        let mut started = match start {
            StartPage::Form(opened) => {
                let mut session = session(opened.account.clone(), opened.state_dir.as_deref());
                session.model.apply_profile_defaults(opened.defaults.clone());
                let effects = session.apply_start();
                if let Some(notice) = opened.notice.clone() {
                    session.model.greet(notice);
                }
                StartedSession { session, opened: Some(*opened), effects }
            }
            StartPage::Setup(setup) => {
                let mut session = session(AccountLabel::none(), None);
                session.model.page = Page::Setup(setup);
                StartedSession { session, opened: None, effects: Effects::default() }
            }
        };
        let model = &mut started.session.model;
        if let Some(notice) = notice {
            model.greet(notice);
        }
        if is_due && model.overlay.is_none() {
            model.overlay = Some(Overlay::Introduction(Introduction));
        }
        started
    }

    /// Loads the library into the model and starts the form.
    fn apply_start(&mut self) -> Effects {
        let effects = update(&mut self.model, self.effect_runner.library.loaded_message(None));
        effects.and(update(&mut self.model, Msg::Start(Box::new(self.start_from.clone()))))
    }

    /// Handles the result of the account choice with this number. It is ignored if the user has left the page meanwhile
    /// or has chosen again.
    pub fn account_opened<UiEvent: Send + 'static>(
        &mut self,
        (number, start): (u64, Result<StartPage, AccountError>),
        background: &mut Background<Event<UiEvent>>,
    ) -> Effects {
        if number != background.open_count || !self.model.is_opening() {
            return Effects::default();
        }
        match start {
            Err(error) => update(&mut self.model, Msg::AccountNotOpened { why: error.sentence }),
            Ok(StartPage::Setup(setup)) => update(&mut self.model, Msg::SetupRequired { setup }),
            Ok(StartPage::Form(opened)) => {
                let library = &mut self.effect_runner.library;
                if !library.drafts.is_in(opened.state_dir.as_deref()) {
                    library.drafts = DraftStore::new(opened.state_dir.as_deref());
                }
                let (account, defaults) = (opened.account.clone(), Box::new(opened.defaults.clone()));
                let notice = opened.notice.clone();
                background.bind_account(*opened);
                let effects = update(&mut self.model, Msg::AccountOpened { account, saved: None, defaults });
                let effects = effects.and(self.apply_start());
                if let Some(notice) = notice {
                    self.model.greet(notice);
                }
                effects
            }
        }
    }

    /// Returns the result of the session: these lines about the order, the line about the draft, and the exit code.
    pub fn end(&self, mut receipt: Vec<String>) -> SessionEnd {
        receipt.extend(self.effect_runner.draft_notice.clone());
        SessionEnd { receipt, exit_code: exit_code(&self.model) }
    }

    /// Waits for the outcome of an order that is being sent, after a panic of the interface; returns the lines about
    /// it.
    pub fn await_outcome<UiEvent>(&mut self, receiver: &Receiver<Event<UiEvent>>) -> Vec<String> {
        while matches!(self.model.page, Page::Waiting(_)) {
            let Ok(event) = receiver.recv() else { break };
            if let Event::Msg(msg @ Msg::Purchase { .. }) = event {
                // No server is followed any more, but what was bought is not offered once more.
                for effect in update(&mut self.model, msg) {
                    if let Effect::ForgetDraft(id) = effect {
                        let Effects(_) = self.effect_runner.forget_draft(&id, &mut self.model);
                    }
                }
            }
        }
        receipt(&self.model)
    }

    pub fn panic_if_requested(&self) {
        let Some(at) = &self.panic_at else { return };
        let is_waiting = at == "waiting" && matches!(self.model.page, Page::Waiting(_));
        let asked = is_waiting || *at == self.model.form.draft.server_name;
        assert!(!asked, "the interface broke down as a test asked for");
    }
}
