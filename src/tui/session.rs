//! What the screen and linear mode have in common: the form as it is opened, what happens besides what is typed, and
//! what is left to do after a breakdown.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::app::{AccountLabel, Begin, Effect, Keymap, Model, Msg, Overlay, Page, exit_code, receipt, update};
use crate::view::Theme;

use super::abilities::Abilities;
use super::accounts::{Accounts, Opened, Start};
use super::drafts::Drafts;
use super::effects::Background;
use super::errands::Errands;
use super::introduction::Introduction;
use super::shelves::Shelves;
use super::templates::Templates;

/// All that the form needs from outside.
pub struct Launch {
    pub beginning: Beginning,
    pub accounts: Arc<dyn Accounts>,
    pub theme: Theme,
    pub mouse: bool,
    pub abilities: Abilities,
}

/// What the form begins with.
pub struct Beginning {
    pub start: Start,
    pub keymap: Keymap,
    /// How the command line wants it to begin.
    pub begin: Begin,
    /// A sentence to begin with, such as what is wrong with the settings.
    pub notice: Option<String>,
    pub introduction: Introduction,
    pub templates: Templates,
    /// For tests only: the interface breaks down when the server name is this, or, for `waiting`,
    /// while an order is on its way.
    pub break_down_at: Option<String>,
}

/// How the form was left.
#[derive(Debug)]
pub struct Ended {
    /// Lines for the normal screen.
    pub receipt: Vec<String>,
    pub exit_code: u8,
}

/// What a loop waits for; `Own` is what only one kind of interface knows.
pub enum Happening<Own> {
    Msg(Msg),
    /// A choice of who orders led to a form, to another question, or to nothing.
    Started(u64, Result<Start, String>),
    Own(Own),
}

impl<Own> From<Msg> for Happening<Own> {
    fn from(msg: Msg) -> Self {
        Self::Msg(msg)
    }
}

impl<Own> From<(u64, Result<Start, String>)> for Happening<Own> {
    fn from((number, started): (u64, Result<Start, String>)) -> Self {
        Self::Started(number, started)
    }
}

/// The form with all that its interface runs for it.
pub struct Session {
    pub model: Model,
    pub errands: Errands,
    begin: Begin,
    break_down_at: Option<String>,
}

/// A session, and what is to be done once the interface is there.
pub struct Begun {
    pub session: Session,
    pub opened: Option<Opened>,
    pub effects: Vec<Effect>,
}

impl Session {
    pub fn begin(beginning: Beginning) -> Begun {
        let Beginning { start, keymap, begin, notice, introduction, templates, break_down_at } = beginning;
        let is_due = introduction.is_due();
        let session = |account: AccountLabel, state_dir: Option<&Path>| {
            let mut model = Model::new(account, None);
            model.keymap = keymap;
            let shelves = Shelves { drafts: Drafts::new(state_dir), templates };
            Self { model, errands: Errands { shelves, introduction, draft_words: None }, begin, break_down_at }
        };
        let mut begun = match start {
            Start::Form(opened) => {
                let mut session = session(opened.account.clone(), opened.state_dir.as_deref());
                session.model.begin_with(opened.defaults.clone());
                let effects = session.begin_as_told();
                Begun { session, opened: Some(*opened), effects }
            }
            Start::Setup(setup) => {
                let mut session = session(AccountLabel::none(), None);
                session.model.page = Page::Setup(setup);
                Begun { session, opened: None, effects: Vec::new() }
            }
        };
        let model = &mut begun.session.model;
        model.message = notice.or(model.message.take());
        if is_due && model.overlay.is_none() {
            model.overlay = Some(Overlay::Introduction);
        }
        begun
    }

    /// Shows the model what there is to begin with, and begins.
    fn begin_as_told(&mut self) -> Vec<Effect> {
        let effects = update(&mut self.model, self.errands.shelves.told(None));
        [effects, update(&mut self.model, Msg::Begin(Box::new(self.begin.clone())))].concat()
    }

    /// What the choice with this number led to; nothing if the person has gone elsewhere meanwhile, or has chosen again.
    pub fn started<Own: Send + 'static>(
        &mut self,
        (number, start): (u64, Result<Start, String>),
        background: &mut Background<Happening<Own>>,
    ) -> Vec<Effect> {
        if number != background.opens || !self.model.is_opening() {
            return Vec::new();
        }
        match start {
            Err(why) => update(&mut self.model, Msg::NotOpened { why }),
            Ok(Start::Setup(setup)) => update(&mut self.model, Msg::Asked { setup }),
            Ok(Start::Form(opened)) => {
                let shelves = &mut self.errands.shelves;
                if !shelves.drafts.are_in(opened.state_dir.as_deref()) {
                    shelves.drafts = Drafts::new(opened.state_dir.as_deref());
                }
                let (account, defaults) = (opened.account.clone(), Box::new(opened.defaults.clone()));
                background.sit_down(*opened);
                let effects = update(&mut self.model, Msg::Opened { account, kept: None, defaults });
                [effects, self.begin_as_told()].concat()
            }
        }
    }

    /// How it ended, with these lines about the order.
    pub fn ended(&self, mut receipt: Vec<String>) -> Ended {
        receipt.extend(self.errands.draft_words.clone());
        Ended { receipt, exit_code: exit_code(&self.model) }
    }

    /// After a breakdown of the interface: the order that is on its way still gets its answer. The words about it.
    pub fn see_order_through<Own>(&mut self, receiver: &Receiver<Happening<Own>>) -> Vec<String> {
        while matches!(self.model.page, Page::Waiting(_)) {
            let Ok(happening) = receiver.recv() else { break };
            if let Happening::Msg(msg @ Msg::Purchase { .. }) = happening {
                update(&mut self.model, msg);
            }
        }
        receipt(&self.model)
    }

    pub fn break_down_if_asked(&self) {
        let Some(at) = &self.break_down_at else { return };
        let is_waiting = at == "waiting" && matches!(self.model.page, Page::Waiting(_));
        let asked = is_waiting || *at == self.model.draft.server_name;
        assert!(!asked, "the interface broke down as a test asked for");
    }
}
