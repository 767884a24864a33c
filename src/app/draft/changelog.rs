//! The change log, and the sentence about a step that was undone or redone.

use std::collections::VecDeque;

use crate::catalogue::Catalogue;
use crate::form::{Control, field, value_text};
use crate::i18n::{self, phrase, tr};
use crate::order::{Draft, FieldId, PortDraft};
use crate::text::sanitize::brief;

use crate::app::load_error::Millis;

/// Maximum number of lines that are kept; the oldest are dropped.
const MOST_LINES: usize = 500;
/// Maximum number of characters of an answer in a sentence.
const BRIEF: usize = 40;

/// Kind of a change: an edit, an undo or a redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    Made,
    Undone,
    Redone,
}

/// A line of the change log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    pub at: Millis,
    pub field: FieldId,
    pub from: String,
    pub to: String,
    pub how: ChangeKind,
}

/// Changes made in this form, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeLog {
    lines: VecDeque<LogEntry>,
}

impl ChangeLog {
    /// Returns the lines, the newest first.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &LogEntry> {
        self.lines.iter().rev()
    }

    pub(in crate::app) fn write(&mut self, change: LogEntry) {
        self.lines.push_back(change);
        if self.lines.len() > MOST_LINES {
            self.lines.pop_front();
        }
    }

    /// Replaces the last edit of the same field with this line, or adds the line if there is none. Removes that edit if
    /// `came_to_nothing` is set: the answer is what it was before, which the shortened texts alone cannot show.
    pub(in crate::app) fn rewrite(&mut self, line: LogEntry, came_to_nothing: bool) {
        let same = |change: &LogEntry| change.field == line.field && change.how == ChangeKind::Made;
        match self.lines.iter().rposition(same) {
            Some(at) if came_to_nothing => drop(self.lines.remove(at)),
            Some(at) => self.lines[at] = line,
            None => self.write(line),
        }
    }
}

/// Returns whether two drafts have different answers to a field.
pub(in crate::app) fn differs(id: FieldId, a: &Draft, b: &Draft) -> bool {
    match field(id).control {
        Control::Picker { slot, .. } | Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
            (slot.read)(a) != (slot.read)(b)
        }
        Control::Radio { chosen, .. } => chosen(a) != chosen(b),
        Control::Ports => a.ports != b.ports,
        Control::Fixed { .. } => false,
    }
}

fn port_words(port: &PortDraft) -> String {
    let PortDraft { name, number, public } = port;
    let reached = if *public { tr!("{number} public", number) } else { tr!("{number} private", number) };
    format!("{name} {reached}")
}

/// Describes the change between two ports tables if it concerns a single row; `None` otherwise.
fn ports_words(from: &[PortDraft], to: &[PortDraft]) -> Option<(String, String)> {
    let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let behind = from[same..].iter().rev().zip(to[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    match (&from[same..from.len() - behind], &to[same..to.len() - behind]) {
        ([a], [b]) => Some((port_words(a), port_words(b))),
        ([a], []) => Some((port_words(a), tr!("deleted"))),
        ([], [b]) => Some((tr!("no row"), port_words(b))),
        _ => None,
    }
}

/// Formats an answer in at most [`BRIEF`] characters; `nothing` if it is empty.
fn short_value(id: FieldId, draft: &Draft, catalogue: &Catalogue) -> String {
    let words = value_text(id, draft, catalogue);
    if words.is_empty() { tr!("nothing") } else { brief(&words, BRIEF) }
}

/// Returns two answers to a field, each in at most [`BRIEF`] characters. For ports, only the row that differs.
pub(in crate::app) fn short_values(id: FieldId, from: &Draft, to: &Draft, catalogue: &Catalogue) -> (String, String) {
    let rows = (id == FieldId::Ports).then(|| ports_words(&from.ports, &to.ports)).flatten();
    let (from, to) = rows.unwrap_or_else(|| (short_value(id, from, catalogue), short_value(id, to, catalogue)));
    (brief(&from, BRIEF), brief(&to, BRIEF))
}

/// Returns the sentence about a step that was made, undone or redone: both answers for one field, else the number of
/// fields with the first three labels.
pub(in crate::app) fn change_sentence(
    changed: &[FieldId],
    (from, to): (&Draft, &Draft),
    how: ChangeKind,
    catalogue: &Catalogue,
) -> String {
    match changed {
        [id] => {
            let (from, to) = short_values(*id, from, to, catalogue);
            let label = id.label();
            match how {
                ChangeKind::Undone => tr!("Undone: {label} from {from} to {to}", label, from, to),
                ChangeKind::Redone => tr!("Redone: {label} from {from} to {to}", label, from, to),
                ChangeKind::Made => tr!("Changed: {label} {from} -> {to}", label, from, to),
            }
        }
        several => {
            let count = several.len();
            let labels: Vec<&str> = several.iter().take(3).map(|id| id.label()).collect();
            let labels = labels.join(i18n::t(phrase!(", ")));
            let labels = if count > 3 { tr!("{labels} and more", labels) } else { labels };
            match how {
                ChangeKind::Undone => tr!("Undone: {count} answers: {labels}", count, labels),
                ChangeKind::Redone => tr!("Redone: {count} answers: {labels}", count, labels),
                ChangeKind::Made => tr!("Changed: {count} answers: {labels}", count, labels),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(name: &str) -> PortDraft {
        PortDraft { name: name.into(), number: "20000".into(), public: false }
    }

    #[test]
    fn a_change_of_one_row_names_the_row() {
        let (a, b, c) = (port("a"), port("b"), port("c"));
        let words = |from: &[PortDraft], to: &[PortDraft]| ports_words(from, to);
        let gone = words(&[a.clone(), b.clone(), c.clone()], &[a.clone(), c.clone()]);
        assert_eq!(gone, Some(("b 20000 private".into(), tr!("deleted"))));
        let added = words(std::slice::from_ref(&a), &[a.clone(), b.clone()]);
        assert_eq!(added, Some(("no row".into(), "b 20000 private".into())));
        let public = PortDraft { public: true, ..a.clone() };
        let changed = words(std::slice::from_ref(&a), &[public]);
        assert_eq!(changed, Some(("a 20000 private".into(), "a 20000 public".into())));
        assert_eq!(words(&[], &[a, b]), None);
    }
}
