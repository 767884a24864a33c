//! How steps and fields stand: what is complete, what has problems, and what is to be said.

use crate::form::{Step, field};
use crate::order::{FieldId, Issue, Place};
use crate::words::tr;

use super::model::Model;

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

impl Model {
    /// Problems of a field that may be shown.
    pub fn problems_of(&self, id: FieldId) -> impl Iterator<Item = &Issue> {
        let shown = self.accused.contains(&id);
        self.issues.iter().filter(move |issue| shown && issue.field() == id)
    }

    /// What is to be said about a field, the most important first.
    #[must_use]
    pub fn state_of(&self, id: FieldId) -> FieldState {
        if let Some(refusal) = self.refusal.as_ref().filter(|refusal| refusal.field == Some(id)) {
            return FieldState::Problem(tr!("Refused: {why}", why = refusal.sentence));
        }
        let cell = |issue: &&Issue| {
            let Place::Port { row, column } = issue.place() else { return false };
            row == self.ports.row && column == self.ports.column
        };
        let here = |issue: &&Issue| match issue.place() {
            Place::Port { row, .. } => row == self.ports.row,
            Place::Field(_) => true,
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
}
