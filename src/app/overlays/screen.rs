//! The interface of every overlay: its context, actions, typing and scrolling. An overlay owns its state, sees the rest
//! of the program through [`Surroundings`], and changes it through a [`Request`].

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
use crate::app::screen_size::is_compact;

/// The parts of the model that an overlay can read.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    pub page: &'a Page,
    /// Context in which keys are looked up on the page.
    pub page_context: Context,
    /// Function that returns whether an action has an effect on the page.
    pub is_enabled_on_page: fn(Action, &Surroundings<'_>) -> bool,
    pub form: &'a Form,
    pub account: &'a Account,
    pub journal: &'a OrderJournal,
    pub library: &'a Library,
    pub calls: &'a Calls,
    pub keymap: &'a Keymap,
    pub width: u16,
    pub height: u16,
    pub now: Millis,
    /// Set if a search for an order could start a reading now.
    pub can_search: bool,
}

impl Surroundings<'_> {
    /// Returns whether the screen has room for one field only.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        is_compact(self.width, self.height)
    }
}

/// A change that an overlay requests in the rest of the program. The overlay is closed first, unless its response keeps
/// it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    GoToStep(Step),
    GoToField(FieldId),
    /// Go to the field of a line of the request.
    FollowRequestLine(usize),
    /// Run an action on the page below.
    Run(Action),
    /// Start a form in place of the current one, which is saved first.
    StartFrom(Basis),
    Resume(SavedDraft),
    /// Continue a draft in place of the current form, which is saved first.
    SwitchTo(SavedDraft),
    TakePorts(Vec<PastedPort>),
    SaveTemplate(String),
    RemoveDraft(DraftId),
    RemoveTemplate(String),
}

/// The response of an overlay to an action.
#[must_use = "effects that are dropped are never run"]
#[derive(Debug, Default)]
pub struct Response {
    /// Set to close the overlay.
    pub closes: bool,
    pub message: Option<String>,
    pub effects: Vec<Effect>,
    pub request: Option<Request>,
}

impl Response {
    /// Creates a response that keeps the overlay open and does nothing else.
    pub fn stay() -> Self {
        Self::default()
    }

    /// Creates a response that closes the overlay.
    pub fn close() -> Self {
        Self { closes: true, ..Self::default() }
    }

    /// Creates a response that closes the overlay and makes a request.
    pub fn close_and(request: Request) -> Self {
        Self { closes: true, request: Some(request), ..Self::default() }
    }

    /// Creates a response that keeps the overlay open and makes a request.
    pub fn ask(request: Request) -> Self {
        Self { request: Some(request), ..Self::default() }
    }

    /// Creates a response that keeps the overlay open and shows a message.
    pub fn say(message: String) -> Self {
        Self { message: Some(message), ..Self::default() }
    }

    /// Adds an effect.
    pub fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// The interface of an overlay. An action that it does not handle is an action of the program, such as quitting.
pub trait OverlayScreen {
    /// Returns the context in which its keys are looked up.
    fn context(&self) -> Context;

    /// Handles Enter.
    fn accept(&mut self, _around: &Surroundings<'_>) -> Response {
        Response::stay()
    }

    /// Handles Esc, which closes the overlay by default.
    fn close(&mut self) -> Response {
        Response::close()
    }

    /// Handles an action of its own; `None` if the action is not its own.
    fn handle(&mut self, _action: Action, _around: &Surroundings<'_>) -> Option<Response> {
        None
    }

    /// Returns whether an action of its own has an effect now; `None` if the action is not its own.
    fn is_enabled(&self, _action: Action, _around: &Surroundings<'_>) -> Option<bool> {
        None
    }

    /// Applies an edit to the text that is typed into it.
    fn edit(&mut self, _edit: Edit) {}

    /// Moves its cursor or its first line by `rows`.
    fn scroll(&mut self, _rows: isize, _around: &Surroundings<'_>) {}
}

/// Returns the first line to show, so that at the end the last lines fill at least half of the screen.
pub fn scrolled(top: usize, by: isize, lines: usize, height: u16) -> usize {
    top.saturating_add_signed(by).min(lines.saturating_sub(usize::from(height) / 2))
}
