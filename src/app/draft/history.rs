//! The steps of a form that can be undone and redone.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::form::{Control, field};
use crate::order::{Draft, FieldId, PortColumn};

use crate::app::draft::changelog::ChangeLog;
use crate::app::draft::origin::AnswerOrigin;
use crate::app::draft::saved::{Basis, DraftId};

/// Maximum number of steps that can be undone.
const MOST_STEPS: usize = 500;
/// Maximum amount of text in all steps together, in bytes, so that a huge pasted text is not kept 500 times.
const MOST_BYTES: usize = 8 << 20;
/// The answers at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::app) struct Snapshot {
    pub(in crate::app) draft: Draft,
    pub(in crate::app) origins: BTreeMap<FieldId, AnswerOrigin>,
    pub(in crate::app) shown_errors: BTreeSet<FieldId>,
    /// Draft that the answers are saved as; `basis` is what they started from.
    pub(in crate::app) draft_id: DraftId,
    pub(in crate::app) basis: Option<Basis>,
}

/// Place of a burst of typing: a field, or a cell of the ports table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct EditLocation {
    pub(in crate::app) field: FieldId,
    pub(in crate::app) cell: Option<(usize, PortColumn)>,
}

/// Source of a change, which decides how the history records it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) enum ChangeSource {
    /// A key that edits the text under the cursor. It joins the step of the keys before it in the same place.
    Typing,
    /// Any other action of the user.
    UserAction,
    /// A message from outside, such as a list that was read. It is a step only if it brings answers, and otherwise does
    /// not end a burst of typing.
    External,
}

/// The steps that were made, those that were undone, and the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    pub(in crate::app) past: VecDeque<Snapshot>,
    pub(in crate::app) present: Snapshot,
    pub(in crate::app) future: Vec<Snapshot>,
    /// Place of the current burst of typing; `None` if there is none.
    pub(in crate::app) burst: Option<EditLocation>,
    pub log: ChangeLog,
}

impl History {
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    #[must_use]
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Returns the answers before the last step, which is where the current burst began.
    pub(in crate::app) fn start_of_burst(&self) -> Option<&Draft> {
        self.past.back().map(|start| &start.draft)
    }

    /// Clears the default choices that came from lists, in all steps: another account has other lists.
    pub(in crate::app) fn forget_defaults(&mut self) {
        for snapshot in self.past.iter_mut().chain(&mut self.future) {
            for id in FieldId::ALL {
                let is_default = snapshot.origins.get(&id).is_none_or(|origin| *origin == AnswerOrigin::Default);
                if let Control::Picker { slot, optional: false } = field(id).control
                    && is_default
                {
                    (slot.write)(&mut snapshot.draft).clear();
                }
            }
        }
    }

    pub(in crate::app) fn push(&mut self, before: Snapshot) {
        self.past.push_back(before);
        let mut bytes: usize = self.past.iter().map(weight).sum();
        while self.past.len() > MOST_STEPS || (bytes > MOST_BYTES && self.past.len() > 1) {
            bytes -= self.past.pop_front().as_ref().map_or(0, weight);
        }
    }
}

/// Returns the approximate number of bytes of text in a snapshot.
fn weight(snapshot: &Snapshot) -> usize {
    let draft = &snapshot.draft;
    let ports: usize = draft.ports.iter().map(|port| 64 + port.name.len() + port.number.len()).sum();
    let slots = FieldId::ALL.into_iter().filter_map(|id| field(id).control.slot());
    ports + slots.map(|slot| (slot.read)(draft).len()).sum::<usize>()
}

/// Returns whether two drafts differ at most in blanks around texts, which are trimmed when a field is left.
pub(in crate::app) fn differ_in_blanks_only(a: &Draft, b: &Draft) -> bool {
    let trimmed = |draft: &Draft| {
        let mut draft = draft.clone();
        for slot in FieldId::ALL.into_iter().filter_map(|id| field(id).control.slot()) {
            let text = (slot.write)(&mut draft);
            *text = text.trim().to_owned();
        }
        for port in &mut draft.ports {
            port.name = port.name.trim().to_owned();
            port.number = port.number.trim().to_owned();
        }
        draft
    };
    trimmed(a) == trimmed(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_history_is_bounded_in_steps_and_in_bytes() {
        let mut history = History::default();
        for at in 0..MOST_STEPS + 10 {
            let draft = Draft { count: at.to_string(), ..Draft::default() };
            history.push(Snapshot { draft, ..Snapshot::default() });
        }
        assert_eq!(history.past.len(), MOST_STEPS);
        assert_eq!(history.past.back().map(|step| step.draft.count.clone()), Some((MOST_STEPS + 9).to_string()));
        for _ in 0..40 {
            let draft = Draft { server_name: "x".repeat(1 << 20), ..Draft::default() };
            history.push(Snapshot { draft, ..Snapshot::default() });
        }
        assert!(history.past.len() <= 8 && !history.past.is_empty(), "{}", history.past.len());
    }

    #[test]
    fn blanks_around_a_text_are_no_step() {
        let draft = |name: &str| Draft { server_name: name.into(), ..Draft::default() };
        assert!(differ_in_blanks_only(&draft("web "), &draft("web")));
        assert!(!differ_in_blanks_only(&draft("web 1"), &draft("web1")));
    }
}
