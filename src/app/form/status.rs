//! The status of steps and fields: what is complete, what has problems, and the line about a field.

use crate::form::{Step, field};
use crate::i18n::tr;
use crate::order::{FieldId, FieldPath, Issue};

use crate::app::form::state::Form;

/// Status of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    Untouched,
    Complete,
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
        if shown_errors || has_refusal {
            return StepStatus::Problems;
        }
        let open = self.issues.iter().any(|issue| field(issue.field()).step == step);
        if open || !self.visited_steps.contains(&step) { StepStatus::Untouched } else { StepStatus::Complete }
    }
}
