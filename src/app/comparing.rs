//! What is different from what the form began with, and from the last order.

use jiff::Timestamp;

use crate::form::{Change, Jump, changes, jumps};
use crate::order::{Draft, read_body};
use crate::purchase::intents::{Purchase, State};

use super::kept::{Basis, BasisKind};
use super::model::{Model, Origin};

/// How many orders of the journal can be begun with.
const MOST_ORDERS: usize = 9;

/// An order of the journal that was placed, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastOrder {
    pub server_name: String,
    pub at: Timestamp,
    /// In the words of the journal.
    pub state: &'static str,
    pub draft: Draft,
}

impl PastOrder {
    fn of(purchase: &Purchase) -> Option<Self> {
        let may_exist = match purchase.state() {
            State::Accepted(_) | State::Found { .. } | State::Conflict | State::Unknown(_) | State::Sending => true,
            State::Ready | State::Rejected(_) | State::NotSent(_) | State::NotFound | State::NotPlaced => false,
        };
        let intent = purchase.intent();
        let draft = read_body(intent.body.as_bytes()).ok().filter(|_| may_exist)?;
        Some(Self { server_name: intent.server_name.clone(), at: intent.at, state: purchase.state().name(), draft })
    }

    /// As the beginning of a form: without the name, since two orders of one name cannot be told
    /// apart.
    #[must_use]
    pub fn basis(&self) -> Basis {
        let draft = Draft { server_name: String::new(), ..self.draft.clone() };
        Basis { kind: BasisKind::LastOrder, name: self.server_name.clone(), draft }
    }
}

/// What Review says before anything else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Loud ones, each with what it is compared to.
    pub jumps: Vec<(Jump, String)>,
    /// All of them, against what the form began with.
    pub changes: Vec<Change>,
}

impl Model {
    /// Compares the form anew; after each change of draft, catalogue or journal.
    pub(super) fn compare(&mut self) {
        let (draft, catalogue) = (&self.draft, &self.catalogue);
        let mut found = Differences::default();
        if let Some(basis) = &self.basis {
            found.changes = changes(&basis.draft, draft, catalogue);
            let words = basis.words();
            found.jumps.extend(jumps(&basis.draft, draft, catalogue).into_iter().map(|jump| (jump, words.clone())));
        }
        if let Some(last) = self.shelf.orders.first() {
            for jump in jumps(&last.draft, draft, catalogue) {
                if !found.jumps.iter().any(|(other, _)| other.kind == jump.kind) {
                    found.jumps.push((jump, Origin::LastOrder.word().to_owned()));
                }
            }
        }
        self.shelf.differences = found;
    }

    /// Notes which orders the journal knows, the newest first, each kind of order once.
    pub(super) fn note_orders(&mut self) {
        let Some(journal) = &self.journal else { return };
        let mut orders: Vec<PastOrder> = Vec::new();
        for order in journal.intents.newest_first().filter_map(PastOrder::of) {
            if orders.len() < MOST_ORDERS && !orders.iter().any(|other| other.draft == order.draft) {
                orders.push(order);
            }
        }
        if orders != self.shelf.orders {
            self.shelf.orders = orders;
            self.recheck();
        }
    }
}
