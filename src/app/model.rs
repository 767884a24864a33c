//! Everything the interactive program knows. What can be derived is derived here as questions.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Resource};
use crate::form::{Control, FIELDS, Field, Habits, PastedRow, Stake, Step, TextCursor, field, fields_of};
use crate::order::{Body, Draft, FieldId, Issue, Note, Order};
use crate::words::{self, phrase};

use super::account::{AccountLabel, Standing};
use super::bound::Keymap;
use super::buying::{Confirm, Waiting};
use super::history::History;
use super::inspector::{Calls, Inspecting};
use super::journal::{JournalView, Searches};
use super::keeping::Keeping;
use super::kept::{Basis, KeptDraft};
use super::lists::ListState;
use super::mouse::Mouse;
use super::msg::Millis;
use super::picking::Picker;
use super::ports::PortsCursor;
use super::result::ResultPage;
use super::setup::Setup;
use super::shelf::{Shelf, ShelfPage};

/// From this width on the request stands beside the form.
pub const WIDE: u16 = 100;

/// Where an answer came from. The name of a template or file is that of the model's basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Default,
    Typed,
    KeptDraft,
    Profile,
    Template,
    LastOrder,
    File,
    Flag,
}

impl Origin {
    #[must_use]
    pub fn word(self) -> &'static str {
        words::of(match self {
            Self::Default => phrase!("default"),
            Self::Typed => phrase!("typed"),
            Self::KeptDraft => phrase!("draft"),
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
    Goto {
        typed: String,
        cursor: usize,
    },
    /// Rows of a pasted list of ports, to be taken or left.
    PastedPorts(Vec<PastedRow>),
    /// A kept draft, to be continued or left.
    Resume(Box<KeptDraft>),
    /// Orders in doubt; what was there before comes after it.
    Unresolved {
        then: Option<Box<Overlay>>,
    },
    /// The whole request, over the page.
    Request {
        line: usize,
    },
    /// The calls of this run.
    Inspector(Inspecting),
    /// What was changed in this form.
    Changes {
        top: usize,
    },
    Introduction,
    /// Drafts, templates and orders to begin with.
    Shelf(ShelfPage),
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
pub(super) enum Wanted {
    Nothing,
    /// The confirmation, before the journal was there, and nothing else since.
    Confirmation,
}

/// An answer of the cloud that refused the order, until its field changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandedRefusal {
    pub field: Option<FieldId>,
    pub sentence: String,
    /// What to do, and the request id.
    pub advice: String,
}

#[derive(Debug)]
pub struct Model {
    pub account: AccountLabel,
    /// What the cloud says of the account.
    pub standing: Standing,
    pub width: u16,
    pub height: u16,
    pub now: Millis,
    pub draft: Draft,
    pub origins: BTreeMap<FieldId, Origin>,
    /// Fields whose problems are shown.
    pub accused: BTreeSet<FieldId>,
    pub visited: BTreeSet<Step>,
    pub issues: Vec<Issue>,
    pub notes: Vec<Note>,
    pub order: Option<(Order, Body)>,
    pub refusal: Option<LandedRefusal>,
    /// The journal of purchases, once it was read.
    pub journal: Option<JournalView>,
    pub journal_at: Millis,
    pub(super) wanted: Wanted,
    pub searches: Searches,
    pub catalogue: Catalogue,
    pub lists: BTreeMap<Resource, ListState>,
    pub pickers: BTreeMap<FieldId, Picker>,
    /// What the orders of the journal chose.
    pub habits: Habits,
    pub step: Step,
    pub focus: FieldId,
    pub cursor: TextCursor,
    /// The next digit typed into a stepper replaces its number.
    pub replaces: bool,
    pub ports: PortsCursor,
    pub review_cursor: usize,
    /// The field was reached from Review and leads back there.
    pub returns: bool,
    pub page: Page,
    /// Outcomes of this run whose pages were left.
    pub concluded: Vec<ResultPage>,
    pub overlay: Option<Overlay>,
    /// One line about what was just done.
    pub message: Option<String>,
    pub ticket: u64,
    /// The system asked for the end while the order was on its way: leave when it is known.
    pub ending: bool,
    /// Every call of this run that has ended.
    pub calls: Calls,
    pub keymap: Keymap,
    pub history: History,
    pub mouse: Mouse,
    /// What the form began with, if it was a template, an order or a file.
    pub basis: Option<Basis>,
    pub shelf: Shelf,
    pub(super) keeping: Keeping,
}

impl Model {
    /// The form before anything happened. `kept` is a draft that was left the last time.
    #[must_use]
    pub fn new(account: AccountLabel, kept: Option<KeptDraft>) -> Self {
        let mut model = Self {
            account,
            standing: Standing::NotAsked,
            width: 80,
            height: 24,
            now: 0,
            draft: Draft::default(),
            origins: BTreeMap::new(),
            accused: BTreeSet::new(),
            visited: BTreeSet::from([Step::Flavor]),
            issues: Vec::new(),
            notes: Vec::new(),
            order: None,
            refusal: None,
            journal: None,
            journal_at: 0,
            wanted: Wanted::Nothing,
            searches: Searches::new(),
            catalogue: Catalogue::default(),
            lists: BTreeMap::new(),
            pickers: FIELDS
                .iter()
                .filter(|row| matches!(row.control, Control::Picker { .. }))
                .map(|row| (row.id, Picker::default()))
                .collect(),
            habits: Habits::default(),
            step: Step::Flavor,
            focus: FieldId::ServerFlavor,
            cursor: TextCursor::default(),
            replaces: false,
            ports: PortsCursor::default(),
            review_cursor: 0,
            returns: false,
            page: Page::Form,
            concluded: Vec::new(),
            overlay: kept.map(|kept| Overlay::Resume(Box::new(kept))),
            message: None,
            ticket: 0,
            ending: false,
            calls: Calls::default(),
            keymap: Keymap::default(),
            history: History::default(),
            mouse: Mouse::Ours,
            basis: None,
            shelf: Shelf::default(),
            keeping: Keeping::default(),
        };
        model.recheck();
        model
    }

    /// Runs every rule again; called after each change of draft or catalogue.
    pub fn recheck(&mut self) {
        let under_cursor = self.row_in_review();
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
        self.notes = crate::order::notes(&self.draft, &self.catalogue);
        self.compare();
        self.refresh_pickers();
        self.return_to_row(under_cursor.as_ref());
    }

    /// A number for a request, so that a late answer to an older one can be told apart.
    pub fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    #[must_use]
    pub fn origin(&self, id: FieldId) -> Origin {
        self.origins.get(&id).copied().unwrap_or(Origin::Default)
    }

    /// Whether a person answered the field, now or in a kept draft.
    #[must_use]
    pub fn is_answered(&self, id: FieldId) -> bool {
        self.origin(id) != Origin::Default
    }

    /// Whether a person typed anything in this run.
    pub(super) fn has_typed(&self) -> bool {
        FieldId::ALL.into_iter().any(|id| self.origin(id) == Origin::Typed)
    }

    #[must_use]
    pub fn stake(&self) -> Stake {
        match &self.page {
            // What was confirmed does not change any more, whatever the lists say now.
            Page::Confirm(confirm) => confirm.stake,
            Page::Waiting(waiting) => waiting.stake,
            Page::Result(result) => result.stake,
            Page::Form | Page::Setup(_) => Stake::of(&self.draft, &self.catalogue),
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
        self.width >= WIDE && !matches!(self.page, Page::Setup(_))
    }
}
