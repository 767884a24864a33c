//! What every overlay answers: its context, its actions, typing, scrolling. An overlay owns its state, sees the rest of
//! the program through [`Surroundings`], and asks for changes there by a [`Request`].

use crate::form::{Edit, PastedPort, Step};
use crate::order::FieldId;

use crate::app::account::Account;
use crate::app::calls::Calls;
use crate::app::draft::saved::{Basis, DraftId, SavedDraft};
use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::keymap::Keymap;
use crate::app::library::Library;
use crate::app::load_error::Millis;
use crate::app::msg::Effect;
use crate::app::page::Page;
use crate::app::purchase::journal::OrderJournal;
use crate::app::screen_size::COMPACT_BELOW;

/// The rest of the program, as an overlay sees it.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    pub page: &'a Page,
    pub form: &'a Form,
    pub account: &'a Account,
    pub journal: &'a OrderJournal,
    pub library: &'a Library,
    pub calls: &'a Calls,
    pub keymap: &'a Keymap,
    pub width: u16,
    pub height: u16,
    pub now: Millis,
    /// An order is searched for, and not being read right now.
    pub can_search: bool,
}

impl Surroundings<'_> {
    /// Returns whether the screen has room for one field only.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        self.width < COMPACT_BELOW.0 || self.height < COMPACT_BELOW.1
    }
}

/// What an overlay asks of the rest of the program. It is closed before this is done, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    GoToStep(Step),
    GoToField(FieldId),
    /// Go to the field behind a line of the request.
    FollowRequestLine(usize),
    /// Do this to the page below.
    Run(Action),
    /// Start a form in place of this one, which is saved before.
    StartFrom(Basis),
    Resume(SavedDraft),
    /// Continue a draft in place of the form, which is saved before.
    SwitchTo(SavedDraft),
    TakePorts(Vec<PastedPort>),
    SaveTemplate(String),
    RemoveDraft(DraftId),
    RemoveTemplate(String),
}

/// What an overlay answers to an action.
#[must_use = "effects that are dropped are never run"]
#[derive(Debug, Default)]
pub struct Response {
    /// It is closed.
    pub closes: bool,
    pub message: Option<String>,
    pub effects: Vec<Effect>,
    pub request: Option<Request>,
}

impl Response {
    /// The overlay stays, and nothing else happens.
    pub fn stay() -> Self {
        Self::default()
    }

    /// The overlay is closed.
    pub fn close() -> Self {
        Self { closes: true, ..Self::default() }
    }

    /// The overlay is closed, and this is done.
    pub fn close_and(request: Request) -> Self {
        Self { closes: true, request: Some(request), ..Self::default() }
    }

    /// The overlay stays, and this is done.
    pub fn ask(request: Request) -> Self {
        Self { request: Some(request), ..Self::default() }
    }

    /// The overlay stays, and this is said.
    pub fn say(message: String) -> Self {
        Self { message: Some(message), ..Self::default() }
    }

    /// Adds an effect.
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// An overlay. What it does not take up itself is an action of the program, such as leaving it.
pub trait OverlayScreen {
    /// Returns the context in which its keys are looked up.
    fn context(&self) -> Context;

    /// Takes up Enter.
    fn accept(&mut self, _around: &Surroundings<'_>) -> Response {
        Response::stay()
    }

    /// Takes up Esc.
    fn close(&mut self) -> Response {
        Response::close()
    }

    /// Takes up an action of its own; `None` if it is none.
    fn handle(&mut self, _action: Action, _around: &Surroundings<'_>) -> Option<Response> {
        None
    }

    /// Returns whether an action of its own has an effect now; `None` if it is none.
    fn is_enabled(&self, _action: Action, _around: &Surroundings<'_>) -> Option<bool> {
        None
    }

    /// Edits the text that is typed into it.
    fn edit(&mut self, _edit: Edit) {}

    /// Moves its cursor or its first line by so many rows.
    fn scroll(&mut self, _rows: isize, _around: &Surroundings<'_>) {}
}

/// Returns the first line to show, so that at the end the last lines fill at least half of the screen.
pub fn scrolled(top: usize, by: isize, lines: usize, height: u16) -> usize {
    top.saturating_add_signed(by).min(lines.saturating_sub(usize::from(height) / 2))
}
