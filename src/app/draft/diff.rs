//! Compares the form with what it started from and with the last order.

use jiff::Timestamp;

use crate::form::{FieldChange, RiskyChange, field_changes, risky_changes};
use crate::order::{Draft, read_body};
use crate::purchase::intents::{OrderState, Purchase};

use crate::app::draft::saved::{Basis, BasisKind};
use crate::app::model::{AnswerOrigin, Model};

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
            OrderState::Accepted(_)
            | OrderState::Found { .. }
            | OrderState::Conflict
            | OrderState::Unknown(_)
            | OrderState::Sending => true,
            OrderState::Ready
            | OrderState::Rejected(_)
            | OrderState::NotSent(_)
            | OrderState::NotFound
            | OrderState::NotPlaced => false,
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
    pub risky_changes: Vec<(RiskyChange, String)>,
    /// All of them, against what the form began with.
    pub changes: Vec<FieldChange>,
}

impl Model {
    /// Compares the form anew; after each change of draft, catalogue or journal.
    pub(in crate::app) fn compare(&mut self) {
        let (draft, catalogue) = (&self.draft, &self.catalogue);
        let mut found = Differences::default();
        if let Some(basis) = &self.basis {
            found.changes = field_changes(&basis.draft, draft, catalogue);
            let words = basis.words();
            found
                .risky_changes
                .extend(risky_changes(&basis.draft, draft, catalogue).into_iter().map(|jump| (jump, words.clone())));
        }
        if let Some(last) = self.library.orders.first() {
            for jump in risky_changes(&last.draft, draft, catalogue) {
                if !found.risky_changes.iter().any(|(other, _)| other.kind == jump.kind) {
                    found.risky_changes.push((jump, AnswerOrigin::LastOrder.word().to_owned()));
                }
            }
        }
        self.library.differences = found;
    }

    /// Notes which orders the journal knows, the newest first, each kind of order once.
    pub(in crate::app) fn note_orders(&mut self) {
        let Some(journal) = &self.journal else { return };
        let mut orders: Vec<PastOrder> = Vec::new();
        for order in journal.intents.newest_first().filter_map(PastOrder::of) {
            if orders.len() < MOST_ORDERS && !orders.iter().any(|other| other.draft == order.draft) {
                orders.push(order);
            }
        }
        if orders != self.library.orders {
            self.library.orders = orders;
            self.recheck();
        }
    }
}
