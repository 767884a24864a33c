//! The model: the whole state of the interactive program. Its methods derive everything that can be derived.

use crate::form::OrderImpact;
use crate::i18n::tr;

use crate::app::account::{Account, AccountLabel};
use crate::app::calls::Calls;
use crate::app::draft::saved::SavedDraft;
use crate::app::form::state::Form;
use crate::app::keys::keymap::Keymap;
use crate::app::keys::mouse::MouseCapture;
use crate::app::library::Library;
use crate::app::load_error::Millis;
use crate::app::overlays::Overlay;
use crate::app::overlays::resume::ResumeOffer;
use crate::app::page::Page;
use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::result::ResultPage;
use crate::app::screen_size::{
    FORM_WIDTH_BESIDE_PANE, LEAST_PANE_WIDTH, REQUEST_PANE_MIN_WIDTH, WIDE_FROM, WIDEST_FORM, is_compact,
};

/// A request of the user that could not be fulfilled yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeferredRequest {
    Nothing,
    /// The confirmation, requested before the journal was read. Any later action of the user cancels it.
    Confirmation,
}

#[derive(Debug)]
pub struct Model {
    pub form: Form,
    pub account: Account,
    pub width: u16,
    pub height: u16,
    pub now: Millis,
    pub journal: OrderJournal,
    pub(super) deferred: DeferredRequest,
    /// Set when a search found a conflict that has not been shown yet.
    pub(super) has_new_conflict: bool,
    pub page: Page,
    /// Outcomes of this run whose pages were left.
    pub past_results: Vec<ResultPage>,
    pub overlay: Option<Overlay>,
    /// Overlay to show again once the one of orders that need attention is closed.
    pub(super) covered: Option<Overlay>,
    /// Text of the status line: the result of the last action.
    pub message: Option<String>,
    pub ticket: u64,
    /// Set when the system asked the program to end while an order is being sent. The program ends once the outcome is
    /// known.
    pub is_terminating: bool,
    /// Calls of this run that have ended.
    pub calls: Calls,
    pub keymap: Keymap,
    pub mouse_capture: MouseCapture,
    pub library: Library,
}

impl Model {
    /// Creates the model at the start of the program. `saved` is a draft from an earlier run, which is offered to the
    /// user.
    #[must_use]
    pub fn new(account: AccountLabel, saved: Option<SavedDraft>) -> Self {
        Self {
            form: Form::default(),
            account: Account::new(account),
            width: 80,
            height: 24,
            now: 0,
            journal: OrderJournal::default(),
            deferred: DeferredRequest::Nothing,
            has_new_conflict: false,
            page: Page::Form,
            past_results: Vec::new(),
            overlay: saved.map(|saved| Overlay::Resume(ResumeOffer(Box::new(saved)))),
            covered: None,
            message: None,
            ticket: 0,
            is_terminating: false,
            calls: Calls::default(),
            keymap: Keymap::default(),
            mouse_capture: MouseCapture::On,
            library: Library::default(),
        }
    }

    /// Returns the number for a new request. It distinguishes late responses to older requests.
    pub(super) fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    /// Sets the text of the status line and discards the message of the form.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.form.take_notice();
        self.message = Some(words.into());
    }

    /// Removes and returns the text of the status line. A message of the form takes precedence.
    pub(super) fn take_message(&mut self) -> Option<String> {
        self.take_form_notice();
        self.message.take()
    }

    /// Clears the status line, with the message of the form.
    pub(super) fn clear_message(&mut self) {
        drop(self.take_message());
    }

    /// Sets the text of the status line at the start of the program.
    pub fn greet(&mut self, words: String) {
        self.say(words);
    }

    /// Appends a sentence to the text of the status line, or replaces a text that already contains it.
    pub(super) fn append_message(&mut self, words: &str) {
        self.take_form_notice();
        self.message = Some(match self.message.take() {
            Some(before) if before.contains(words) => before,
            Some(before) => tr!("{before}. {words}", before = before.trim_end_matches(['.', '。']), words),
            None => words.to_owned(),
        });
    }

    /// Moves the message of the form, if there is one, to the status line.
    pub(super) fn take_form_notice(&mut self) {
        if let Some(words) = self.form.take_notice() {
            self.message = Some(words);
        }
    }

    #[must_use]
    pub fn impact(&self) -> OrderImpact {
        match &self.page {
            // What was confirmed does not change any more, whatever the lists say now.
            Page::Confirm(confirm) => confirm.impact,
            Page::Waiting(waiting) => waiting.impact,
            Page::Result(result) => result.impact,
            Page::Form | Page::Setup(_) => OrderImpact::new(&self.form.draft, &self.form.catalogue),
        }
    }

    /// Returns whether the screen is wide enough for the request beside the form. The setup page and the order sheet
    /// never show it.
    #[must_use]
    pub fn has_pane(&self) -> bool {
        self.width >= REQUEST_PANE_MIN_WIDTH && !matches!(self.page, Page::Setup(_) | Page::Confirm(_))
    }

    /// Returns the columns of the pane beside the form, with its border; `None` if it is not shown.
    #[must_use]
    pub fn pane_width(&self) -> Option<u16> {
        let form = (FORM_WIDTH_BESIDE_PANE + self.width.saturating_sub(WIDE_FROM)).min(WIDEST_FORM);
        let form = form.min(self.width.saturating_sub(LEAST_PANE_WIDTH));
        (self.has_pane() && !self.is_compact()).then(|| self.width.saturating_sub(form))
    }

    /// Returns the columns of the form, and of the pages in its place.
    #[must_use]
    pub fn form_width(&self) -> u16 {
        self.width.saturating_sub(self.pane_width().unwrap_or(0))
    }

    /// Returns whether the screen has room for one field only.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        is_compact(self.width, self.height)
    }
}
