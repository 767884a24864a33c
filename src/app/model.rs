//! The model: everything the interactive program knows. What can be derived is derived by its methods.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Resource};
use crate::form::{Control, FIELDS, Field, OrderImpact, PastedPort, Recents, Step, TextCursor, field, fields_of};
use crate::i18n::{self, phrase};
use crate::order::{Body, Draft, FieldId, Issue, Order, Warning};

use crate::app::account::{AccountLabel, IdentityState};
use crate::app::draft::autosave::Autosave;
use crate::app::draft::saved::{Basis, SavedDraft};
use crate::app::draft::undo::History;
use crate::app::form::lists::ListState;
use crate::app::form::picker::Picker;
use crate::app::form::ports::PortsCursor;
use crate::app::keys::keymap::Keymap;
use crate::app::keys::mouse::MouseCapture;
use crate::app::msg::Millis;
use crate::app::overlays::export::ExportView;
use crate::app::overlays::inspector::{Calls, InspectorView};
use crate::app::overlays::library::{Library, LibraryPage};
use crate::app::purchase::confirm::{Confirm, Waiting};
use crate::app::purchase::result::ResultPage;
use crate::app::purchase::unresolved::{JournalView, OrderSearches};
use crate::app::setup::Setup;

/// From this width on the request stands beside the form.
pub const REQUEST_PANE_MIN_WIDTH: u16 = 100;

/// Columns and rows below which there is room for one field only.
pub const COMPACT_BELOW: (u16, u16) = (60, 16);

/// Where an answer came from. The name of a template or file is that of the model's basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerOrigin {
    Default,
    Typed,
    #[serde(rename = "draft", alias = "kept_draft")]
    SavedDraft,
    Profile,
    Template,
    LastOrder,
    File,
    Flag,
}

impl AnswerOrigin {
    #[must_use]
    pub fn word(self) -> &'static str {
        i18n::t(match self {
            Self::Default => phrase!("default"),
            Self::Typed => phrase!("typed"),
            Self::SavedDraft => phrase!("draft"),
            Self::Profile => phrase!("profile"),
            Self::Template => phrase!("template"),
            Self::LastOrder => phrase!("last order"),
            Self::File => phrase!("file"),
            Self::Flag => phrase!("flag"),
        })
    }
}

/// What covers the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    Keys {
        top: usize,
    },
    FieldHelp(FieldId),
    Palette {
        typed: String,
        cursor: usize,
    },
    /// Rows of a pasted list of ports, to be taken or left.
    PastedPorts(Vec<PastedPort>),
    /// A kept draft, to be continued or left.
    Resume(Box<SavedDraft>),
    /// Orders in doubt; what was there before comes after it.
    Unresolved {
        then: Option<Box<Overlay>>,
    },
    /// The whole request, over the page.
    Request {
        line: usize,
    },
    /// The calls of this run.
    Inspector(InspectorView),
    /// What was changed in this form.
    Changes {
        top: usize,
    },
    Introduction,
    /// Lines for selecting with the mouse.
    Plain {
        top: usize,
    },
    /// Drafts, templates and orders to begin with.
    Library(LibraryPage),
    /// The order as a text for another tool.
    Export(ExportView),
}

/// What the screen is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Form,
    Confirm(Box<Confirm>),
    Waiting(Box<Waiting>),
    Result(Box<ResultPage>),
    /// Who orders, asked before the form.
    Setup(Box<Setup>),
}

/// What a person asked for that could not be had yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeferredRequest {
    Nothing,
    /// The confirmation, before the journal was there, and nothing else since.
    Confirmation,
}

/// An answer of the cloud that refused the order, until its field changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectionNotice {
    pub field: Option<FieldId>,
    pub sentence: String,
    /// What to do, and the request id.
    pub advice: String,
}

#[derive(Debug)]
pub struct Model {
    pub account: AccountLabel,
    /// What the cloud says of the account.
    pub identity: IdentityState,
    pub width: u16,
    pub height: u16,
    pub now: Millis,
    pub draft: Draft,
    pub origins: BTreeMap<FieldId, AnswerOrigin>,
    /// Fields whose problems are shown.
    pub shown_errors: BTreeSet<FieldId>,
    pub visited_steps: BTreeSet<Step>,
    pub issues: Vec<Issue>,
    pub notes: Vec<Warning>,
    pub order: Option<(Order, Body)>,
    pub refusal: Option<RejectionNotice>,
    /// The journal of purchases, once it was read.
    pub journal: Option<JournalView>,
    pub journal_at: Millis,
    pub(super) deferred: DeferredRequest,
    pub searches: OrderSearches,
    /// A search has found a conflict that was not shown yet.
    pub(super) has_new_conflict: bool,
    pub catalogue: Catalogue,
    pub lists: BTreeMap<Resource, ListState>,
    pub pickers: BTreeMap<FieldId, Picker>,
    /// What the orders of the journal chose.
    pub recents: Recents,
    pub step: Step,
    pub focus: FieldId,
    pub cursor: TextCursor,
    /// The next digit typed into a stepper replaces its number.
    pub overwrite_on_type: bool,
    pub ports: PortsCursor,
    pub review_cursor: usize,
    /// The field was reached from Review and leads back there.
    pub return_to_review: bool,
    pub page: Page,
    /// Outcomes of this run whose pages were left.
    pub past_results: Vec<ResultPage>,
    pub overlay: Option<Overlay>,
    /// One line about what was just done.
    pub message: Option<String>,
    pub ticket: u64,
    /// The system asked for the end while the order was on its way: leave when it is known.
    pub is_terminating: bool,
    /// Every call of this run that has ended.
    pub calls: Calls,
    pub keymap: Keymap,
    pub history: History,
    pub mouse_capture: MouseCapture,
    /// What the form began with, if it was a template, an order or a file.
    pub basis: Option<Basis>,
    pub library: Library,
    pub(super) autosave: Autosave,
}

impl Model {
    /// The form before anything happened. `kept` is a draft that was left the last time.
    #[must_use]
    pub fn new(account: AccountLabel, saved: Option<SavedDraft>) -> Self {
        let mut model = Self {
            account,
            identity: IdentityState::NotRequested,
            width: 80,
            height: 24,
            now: 0,
            draft: Draft::default(),
            origins: BTreeMap::new(),
            shown_errors: BTreeSet::new(),
            visited_steps: BTreeSet::from([Step::Flavor]),
            issues: Vec::new(),
            notes: Vec::new(),
            order: None,
            refusal: None,
            journal: None,
            journal_at: 0,
            deferred: DeferredRequest::Nothing,
            searches: OrderSearches::new(),
            has_new_conflict: false,
            catalogue: Catalogue::default(),
            lists: BTreeMap::new(),
            pickers: FIELDS
                .iter()
                .filter(|row| matches!(row.control, Control::Picker { .. }))
                .map(|row| (row.id, Picker::default()))
                .collect(),
            recents: Recents::default(),
            step: Step::Flavor,
            focus: FieldId::ServerFlavor,
            cursor: TextCursor::default(),
            overwrite_on_type: false,
            ports: PortsCursor::default(),
            review_cursor: 0,
            return_to_review: false,
            page: Page::Form,
            past_results: Vec::new(),
            overlay: saved.map(|saved| Overlay::Resume(Box::new(saved))),
            message: None,
            ticket: 0,
            is_terminating: false,
            calls: Calls::default(),
            keymap: Keymap::default(),
            history: History::default(),
            mouse_capture: MouseCapture::On,
            basis: None,
            library: Library::default(),
            autosave: Autosave::default(),
        };
        model.recheck();
        model
    }

    /// Runs every rule again; called after each change of draft or catalogue.
    pub fn recheck(&mut self) {
        let under_cursor = self.review_anchor();
        match Order::check(&self.draft, &self.catalogue) {
            Ok(order) => {
                let body = order.body();
                self.order = Some((order, body));
                self.issues = Vec::new();
            }
            Err(issues) => {
                self.order = None;
                self.issues = issues;
            }
        }
        self.notes = crate::order::warnings(&self.draft, &self.catalogue);
        self.compare();
        self.refresh_pickers();
        self.restore_review_anchor(under_cursor.as_ref());
    }

    /// A number for a request, so that a late answer to an older one can be told apart.
    pub fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    #[must_use]
    pub fn origin(&self, id: FieldId) -> AnswerOrigin {
        self.origins.get(&id).copied().unwrap_or(AnswerOrigin::Default)
    }

    /// Whether a person answered the field, now or in a kept draft.
    #[must_use]
    pub fn is_answered(&self, id: FieldId) -> bool {
        self.origin(id) != AnswerOrigin::Default
    }

    /// Whether a person typed anything in this run.
    pub(super) fn has_typed(&self) -> bool {
        FieldId::ALL.into_iter().any(|id| self.origin(id) == AnswerOrigin::Typed)
    }

    #[must_use]
    pub fn impact(&self) -> OrderImpact {
        match &self.page {
            // What was confirmed does not change any more, whatever the lists say now.
            Page::Confirm(confirm) => confirm.impact,
            Page::Waiting(waiting) => waiting.impact,
            Page::Result(result) => result.impact,
            Page::Form | Page::Setup(_) => OrderImpact::new(&self.draft, &self.catalogue),
        }
    }

    /// The row of the table that has the focus; none on Review.
    #[must_use]
    pub fn focused(&self) -> Option<&'static Field> {
        (self.step != Step::Review).then(|| field(self.focus))
    }

    /// Fields of the current step that the focus can stand on.
    #[must_use]
    pub fn stops(&self) -> Vec<&'static Field> {
        fields_of(self.step, &self.draft).filter(|row| row.control.can_focus()).collect()
    }

    /// Whether the request stands beside the form.
    #[must_use]
    pub fn has_pane(&self) -> bool {
        self.width >= REQUEST_PANE_MIN_WIDTH && !matches!(self.page, Page::Setup(_))
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

    /// Whether the screen has room for one field only.
    #[must_use]
    pub fn is_compact(&self) -> bool {
        self.width < COMPACT_BELOW.0 || self.height < COMPACT_BELOW.1
    }
}
