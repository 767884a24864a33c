//! The status of steps and fields: what is complete, what has problems, and the line about a field.

use crate::catalogue::ServerFlavor;
use crate::form::{Step, field};
use crate::i18n::tr;
use crate::order::{FieldId, FieldPath, Issue, Warning};

use crate::app::form::state::Form;

/// Status of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    Untouched,
    Complete,
    /// Complete, with something to know before ordering.
    Warnings,
    Problems,
}

/// Status of a field, for the line below the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldStatus {
    Problem(String),
    Note(String),
    Fine,
}

impl Form {
    /// Returns the problems of a field that may be shown; none while it is not in `shown_errors`.
    pub fn shown_issues(&self, id: FieldId) -> impl Iterator<Item = &Issue> {
        let shown = self.shown_errors.contains(&id);
        self.issues.iter().filter(move |issue| shown && issue.field() == id)
    }

    /// Returns the most important status of a field: a rejection, then a problem, then a note. In the ports table, a
    /// problem of the cell or the row under the cursor comes first.
    #[must_use]
    pub fn field_status(&self, id: FieldId) -> FieldStatus {
        if let Some(refusal) = self.rejection.as_ref().filter(|refusal| refusal.field == Some(id)) {
            return FieldStatus::Problem(tr!("Refused: {why}", why = refusal.sentence));
        }
        let cell = |issue: &&Issue| {
            let FieldPath::Port { row, column } = issue.place() else { return false };
            row == self.ports.row && column == self.ports.column
        };
        let here = |issue: &&Issue| match issue.place() {
            FieldPath::Port { row, .. } => row == self.ports.row,
            FieldPath::Field(_) => true,
        };
        if let Some(words) = self.nothing_on_sale().filter(|_| id == FieldId::ServerFlavor) {
            return FieldStatus::Problem(words);
        }
        let issue = self
            .shown_issues(id)
            .find(cell)
            .or_else(|| self.shown_issues(id).find(here))
            .or_else(|| self.shown_issues(id).next());
        if let Some(issue) = issue {
            return FieldStatus::Problem(issue.to_string());
        }
        match self.warnings.iter().find(|note| note.field() == id) {
            Some(note) => FieldStatus::Note(note.to_string()),
            None => FieldStatus::Fine,
        }
    }

    #[must_use]
    pub fn step_status(&self, step: Step) -> StepStatus {
        if step == Step::Review {
            return if self.visited_steps.contains(&step) && self.order.is_some() {
                StepStatus::Complete
            } else {
                StepStatus::Untouched
            };
        }
        let has_refusal =
            self.rejection.as_ref().and_then(|refusal| refusal.field).is_some_and(|id| field(id).step == step);
        let shown_errors = self
            .issues
            .iter()
            .any(|issue| field(issue.field()).step == step && self.shown_errors.contains(&issue.field()));
        let has_nothing = step == Step::Flavor && self.nothing_on_sale().is_some();
        if shown_errors || has_refusal || has_nothing {
            return StepStatus::Problems;
        }
        let open = self.issues.iter().any(|issue| field(issue.field()).step == step);
        match (open || !self.visited_steps.contains(&step), self.has_warning(step)) {
            (true, _) => StepStatus::Untouched,
            (false, true) => StepStatus::Warnings,
            (false, false) => StepStatus::Complete,
        }
    }

    /// Returns whether a step has an answer to be warned about: a flavor that is sold out, a name that is taken, or a
    /// public port.
    fn has_warning(&self, step: Step) -> bool {
        let is_serious = |warning: &&Warning| match warning {
            Warning::ServerFlavorSoldOut | Warning::ServerNameTaken => true,
            Warning::ServerFlavorNotRead
            | Warning::PhoneFlavorNotRead
            | Warning::ImageNotListed
            | Warning::ImageNotRead
            | Warning::ImageFitNotStated
            | Warning::YearsAboveThree
            | Warning::ServerNameChinese
            | Warning::VncOnlyOneFlavor
            | Warning::KeyPairNotListed
            | Warning::BandwidthNotListed
            | Warning::SubnetsNotRead
            | Warning::SizeBelowFive
            | Warning::ServerFlavorSoldOutInPart => false,
        };
        let has_public_port = step == Step::Ports && self.draft.ports.iter().any(|port| port.public);
        has_public_port || self.warnings.iter().filter(is_serious).any(|warning| field(warning.field()).step == step)
    }

    /// Returns the sentence that no server flavor can be bought; `None` if one can, one is chosen, or a list is missing.
    fn nothing_on_sale(&self) -> Option<String> {
        let rows = self.catalogue.server_flavors.as_ref().filter(|_| self.draft.server_flavor.is_empty())?;
        let is_sold = |row: &ServerFlavor| self.catalogue.server_flavor_obstacle(&row.name).is_none();
        if rows.is_empty() || self.catalogue.phone_flavors.is_none() || rows.iter().any(is_sold) {
            return None;
        }
        Some(tr!("No server flavor is left: sold out or not on sale. Try another region"))
    }
}
