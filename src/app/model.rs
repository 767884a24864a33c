//! The model: everything the interactive program knows. What can be derived is derived by its methods.

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
use crate::app::overlays::screen::Surroundings;
use crate::app::page::Page;
use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::result::ResultPage;
use crate::app::screen_size::{COMPACT_BELOW, REQUEST_PANE_MIN_WIDTH};

/// What a person asked for that could not be had yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeferredRequest {
    Nothing,
    /// The confirmation, before the journal was there, and nothing else since.
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
    /// A search has found a conflict that was not shown yet.
    pub(super) has_new_conflict: bool,
    pub page: Page,
    /// Outcomes of this run whose pages were left.
    pub past_results: Vec<ResultPage>,
    pub overlay: Option<Overlay>,
    /// What comes after the orders in doubt were read.
    pub(super) covered: Option<Overlay>,
    /// One line about what was just done.
    pub message: Option<String>,
    pub ticket: u64,
    /// The system asked for the end while the order was on its way: leave when it is known.
    pub is_terminating: bool,
    /// Every call of this run that has ended.
    pub calls: Calls,
    pub keymap: Keymap,
    pub mouse_capture: MouseCapture,
    pub library: Library,
}

impl Model {
    /// The form before anything happened. `kept` is a draft that was left the last time.
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

    /// Returns a number for a request, so that a late answer to an older one can be told apart.
    pub(super) fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    /// Puts a sentence on the status line, in place of what the form has to say.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.form.take_notice();
        self.message = Some(words.into());
    }

    /// Takes the sentence off the status line, and what the form has to say.
    pub(super) fn take_message(&mut self) -> Option<String> {
        self.take_form_notice();
        self.message.take()
    }

    /// Empties the status line.
    pub(super) fn clear_message(&mut self) {
        drop(self.take_message());
    }

    /// Puts a sentence on the status line before anything has happened.
    pub fn greet(&mut self, words: String) {
        self.say(words);
    }

    /// Puts a sentence behind the one on the status line.
    pub(super) fn append_message(&mut self, words: &str) {
        self.take_form_notice();
        self.message = Some(match self.message.take() {
            Some(before) if before.contains(words) => before,
            Some(before) => tr!("{before}. {words}", before = before.trim_end_matches(['.', '。']), words),
            None => words.to_owned(),
        });
    }

    /// Puts what the form has to say on the status line.
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

    /// Whether the request stands beside the form.
    #[must_use]
    pub fn has_pane(&self) -> bool {
        self.width >= REQUEST_PANE_MIN_WIDTH && !matches!(self.page, Page::Setup(_))
    }

    /// Returns the rest of the program, as an overlay sees it.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'_> {
        let Self { page, form, account, journal, library, calls, keymap, width, height, now, .. } = self;
        Surroundings {
            page,
            form,
            account,
            journal,
            library,
            calls,
            keymap,
            width: *width,
            height: *height,
            now: *now,
            can_search: self.can_search_now(),
        }
    }

    /// Columns of the request beside the form, if it stands there.
    #[must_use]
    pub fn pane_width(&self) -> Option<u16> {
        (self.has_pane() && !self.is_compact()).then(|| (self.width * 11 / 25).min(60))
    }

    /// Columns of the form and of the pages in its place.
    #[must_use]
    pub fn form_width(&self) -> u16 {
        self.width.saturating_sub(self.pane_width().map_or(0, |width| width + 1))
    }

    /// Returns whether the screen has room for one field only.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        self.width < COMPACT_BELOW.0 || self.height < COMPACT_BELOW.1
    }
}
