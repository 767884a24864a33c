//! The form: the answers, their problems, the cursor, and the lists that answers are chosen from. Nothing here depends
//! on the page or the overlay that shows the form.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::{Catalogue, Resource};
use crate::form::{Control, FIELDS, Field, FieldChange, Recents, Step, TextCursor, field, fields_of};
use crate::order::{Body, Draft, FieldId, Issue, Order, Warning};

use crate::app::account::ProfileDefaults;
use crate::app::draft::autosave::Autosave;
use crate::app::draft::history::History;
use crate::app::draft::origin::AnswerOrigin;
use crate::app::draft::past_orders::PastOrder;
use crate::app::draft::saved::Basis;
use crate::app::form::list_state::ListState;
use crate::app::form::picker::Picker;
use crate::app::form::ports_cursor::PortsCursor;
use crate::app::load_error::Millis;
use crate::app::purchase::order_warning::OrderWarning;

/// A rejection by the cloud, kept until the field that it concerns changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectionNotice {
    pub field: Option<FieldId>,
    pub sentence: String,
    /// Advice for the user, and the request id.
    pub advice: String,
}

#[derive(Debug)]
pub struct Form {
    pub draft: Draft,
    pub origins: BTreeMap<FieldId, AnswerOrigin>,
    /// The fields whose problems are shown.
    pub shown_errors: BTreeSet<FieldId>,
    pub visited_steps: BTreeSet<Step>,
    pub issues: Vec<Issue>,
    pub warnings: Vec<Warning>,
    pub order: Option<(Order, Body)>,
    pub rejection: Option<RejectionNotice>,
    pub catalogue: Catalogue,
    pub lists: BTreeMap<Resource, ListState>,
    pub pickers: BTreeMap<FieldId, Picker>,
    /// Choices of earlier orders, from the journal.
    pub recents: Recents,
    pub step: Step,
    pub focus: FieldId,
    pub cursor: TextCursor,
    /// Set when the next typed character replaces the focused number.
    pub overwrite_on_type: bool,
    /// Set while the last key or paste was refused by the focused number.
    pub refuses_key: bool,
    pub ports: PortsCursor,
    pub review_cursor: usize,
    /// Set when the field was opened from Review, so that Enter and Esc return there.
    pub return_to_review: bool,
    pub history: History,
    /// Template, order or file that the form started from, if any.
    pub basis: Option<Basis>,
    /// The orders of the journal that a form can start from, the newest first.
    pub past_orders: Vec<PastOrder>,
    /// Differences from what the form started from.
    pub changes: Vec<FieldChange>,
    /// Warnings about what the order does, except for duplicates.
    pub order_warnings: Vec<OrderWarning>,
    /// Answers that the account's profile gives.
    pub(in crate::app) defaults: ProfileDefaults,
    pub(in crate::app) autosave: Autosave,
    /// The number of the last request for a list.
    ticket: u64,
    pub(in crate::app) now: Millis,
    /// Message of the last change for the status line, until the model takes it.
    notice: Option<String>,
}

impl Default for Form {
    fn default() -> Self {
        let mut form = Self {
            draft: Draft::default(),
            origins: BTreeMap::new(),
            shown_errors: BTreeSet::new(),
            visited_steps: BTreeSet::from([Step::Flavor]),
            issues: Vec::new(),
            warnings: Vec::new(),
            order: None,
            rejection: None,
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
            refuses_key: false,
            ports: PortsCursor::default(),
            review_cursor: 0,
            return_to_review: false,
            history: History::default(),
            basis: None,
            past_orders: Vec::new(),
            changes: Vec::new(),
            order_warnings: Vec::new(),
            defaults: ProfileDefaults::default(),
            autosave: Autosave::default(),
            ticket: 0,
            now: 0,
            notice: None,
        };
        form.recheck();
        form
    }
}

impl Form {
    /// Returns the number for a new request. It distinguishes late responses to older requests.
    pub(in crate::app) fn next_ticket(&mut self) -> u64 {
        self.ticket += 1;
        self.ticket
    }

    /// Sets the message for the status line.
    pub(in crate::app) fn say(&mut self, words: impl Into<String>) {
        self.notice = Some(words.into());
    }

    /// Removes and returns the message for the status line.
    pub(in crate::app) fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    #[must_use]
    pub fn origin(&self, id: FieldId) -> AnswerOrigin {
        self.origins.get(&id).copied().unwrap_or(AnswerOrigin::Default)
    }

    /// Returns whether a field has an answer that is not a default of the form: typed, or taken from a draft, a
    /// profile, a template, an order, a file or a flag.
    #[must_use]
    pub fn is_answered(&self, id: FieldId) -> bool {
        self.origin(id) != AnswerOrigin::Default
    }

    /// Returns whether the form has an answer that the user typed in this run.
    pub(in crate::app) fn has_typed(&self) -> bool {
        FieldId::ALL.into_iter().any(|id| self.origin(id) == AnswerOrigin::Typed)
    }

    /// Returns the field that has the focus; `None` on Review.
    #[must_use]
    pub fn focused(&self) -> Option<&'static Field> {
        (self.step != Step::Review).then(|| field(self.focus))
    }

    /// Returns the fields of the current step that can have the focus.
    #[must_use]
    pub fn stops(&self) -> Vec<&'static Field> {
        fields_of(self.step, &self.draft).filter(|row| row.control.can_focus()).collect()
    }

    /// Returns whether the focus is in the ports table.
    pub(in crate::app) fn in_ports(&self) -> bool {
        self.step != Step::Review && matches!(field(self.focus).control, Control::Ports)
    }
}
