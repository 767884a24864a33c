//! Everything the interactive program knows. What can be derived is derived here as questions.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Resource};
use crate::form::{Control, FIELDS, Field, Stake, Step, TextCursor, field, fields_of};
use crate::order::{Body, Draft, FieldId, Issue, Note, Order, PortDraft};

use super::account::{AccountLabel, Standing};
use super::buying::{Confirm, Waiting};
use super::journal::{JournalView, Searches};
use super::keymap::Context;
use super::lists::ListState;
use super::msg::Millis;
use super::picking::Picker;
use super::ports::PortsCursor;
use super::result::ResultPage;
use super::setup::Setup;

/// From this width on the request stands beside the form.
pub const WIDE: u16 = 100;

/// Where an answer came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Default,
    Typed,
    KeptDraft,
    Profile,
}

impl Origin {
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Typed => "typed",
            Self::KeptDraft => "draft",
            Self::Profile => "profile",
        }
    }
}

/// A form that was left and can be continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptDraft {
    pub draft: Draft,
    /// JSON names of the fields that a person answered.
    pub typed: Vec<String>,
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
    PastedPorts(Vec<PortDraft>),
    /// A kept draft, to be continued or left.
    Resume(Box<KeptDraft>),
    /// Orders in doubt; what was there before comes after it.
    Unresolved {
        then: Option<Box<Overlay>>,
    },
    /// The whole request, over the page.
    Request {
        top: usize,
    },
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

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepMark {
    Untouched,
    Complete,
    Problems,
}

/// How a field stands, for the line below the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldState {
    Problem(String),
    Note(String),
    Fine,
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

    /// Problems of a field that may be shown.
    pub fn problems_of(&self, id: FieldId) -> impl Iterator<Item = &Issue> {
        let shown = self.accused.contains(&id);
        self.issues.iter().filter(move |issue| shown && issue.field() == id)
    }

    /// What is to be said about a field, the most important first.
    #[must_use]
    pub fn state_of(&self, id: FieldId) -> FieldState {
        if let Some(refusal) = self.refusal.as_ref().filter(|refusal| refusal.field == Some(id)) {
            return FieldState::Problem(format!("Refused: {}", refusal.sentence));
        }
        let cell = |issue: &&Issue| {
            let crate::order::Place::Port { row, column } = issue.place() else { return false };
            row == self.ports.row && column == self.ports.column
        };
        let here = |issue: &&Issue| match issue.place() {
            crate::order::Place::Port { row, .. } => row == self.ports.row,
            crate::order::Place::Field(_) => true,
        };
        let issue = self
            .problems_of(id)
            .find(cell)
            .or_else(|| self.problems_of(id).find(here))
            .or_else(|| self.problems_of(id).next());
        if let Some(issue) = issue {
            return FieldState::Problem(issue.to_string());
        }
        match self.notes.iter().find(|note| note.field() == id) {
            Some(note) => FieldState::Note(note.to_string()),
            None => FieldState::Fine,
        }
    }

    #[must_use]
    pub fn mark_of(&self, step: Step) -> StepMark {
        if step == Step::Review {
            return if self.visited.contains(&step) && self.order.is_some() {
                StepMark::Complete
            } else {
                StepMark::Untouched
            };
        }
        let has_refusal =
            self.refusal.as_ref().and_then(|refusal| refusal.field).is_some_and(|id| field(id).step == step);
        let accused =
            self.issues.iter().any(|issue| field(issue.field()).step == step && self.accused.contains(&issue.field()));
        if accused || has_refusal {
            return StepMark::Problems;
        }
        let open = self.issues.iter().any(|issue| field(issue.field()).step == step);
        if open || !self.visited.contains(&step) { StepMark::Untouched } else { StepMark::Complete }
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

    /// What a key means depends on this.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(Overlay::Keys { .. }) => return Context::Keys,
            Some(Overlay::FieldHelp(_)) => return Context::FieldHelp,
            Some(Overlay::Goto { .. }) => return Context::Goto,
            Some(Overlay::PastedPorts(_)) => return Context::PastedPorts,
            Some(Overlay::Resume(_)) => return Context::Resume,
            Some(Overlay::Unresolved { .. }) => return Context::Unresolved,
            Some(Overlay::Request { .. }) => return Context::Request,
            None => {}
        }
        match &self.page {
            Page::Confirm(confirm) => confirm.context(),
            Page::Waiting(_) => Context::Waiting,
            Page::Result(_) => Context::Result,
            Page::Setup(setup) => setup.context(),
            Page::Form => match self.focused() {
                None => Context::Review,
                Some(row) => match row.control {
                    Control::Picker { .. } => Context::Picker,
                    Control::Text { .. } => Context::Text,
                    Control::Stepper { .. } => Context::Stepper,
                    Control::Radio { .. } => Context::Radio,
                    Control::Switch { .. } | Control::Fixed { .. } => Context::Switch,
                    Control::Ports => self.ports_context(),
                },
            },
        }
    }

    /// When the program has to wake up although nothing happens, or `None`: nothing is awaited.
    #[must_use]
    pub fn next_wake(&self) -> Option<Millis> {
        let next_second = |since: Millis| since + (self.now.saturating_sub(since) / 1000 + 1) * 1000;
        let page = match &self.page {
            Page::Form => self.loading_in_view().map(next_second),
            Page::Confirm(confirm) => confirm.arms_at().filter(|at| *at > self.now),
            Page::Waiting(waiting) => Some(next_second(waiting.since)),
            Page::Result(result) => result.follow.as_ref().and_then(|follow| follow.next_at),
            Page::Setup(setup) => setup.awaits_since().map(next_second),
        };
        page.into_iter().chain(self.next_search()).min()
    }

    /// Since when a list that the page shows has been awaited.
    fn loading_in_view(&self) -> Option<Millis> {
        let shown = fields_of(self.step, &self.draft).filter_map(|row| crate::form::resource_of(row.id));
        shown.filter_map(|resource| self.lists.get(&resource)?.loading_since()).min()
    }

    /// The form as it can be continued later.
    #[must_use]
    pub fn kept_draft(&self) -> KeptDraft {
        let typed = FieldId::ALL.into_iter().filter(|id| self.is_answered(*id));
        KeptDraft { draft: self.draft.clone(), typed: typed.map(|id| id.json_name().to_owned()).collect() }
    }
}
