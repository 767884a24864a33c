//! The stages of an order's life, and how far an order has come. Derived from what is known, never from what is expected.

use crate::app::page::Page;
use crate::app::purchase::journal::OrderJournal;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;
use crate::i18n::{self, phrase};

/// A stage of an order's life, from the confirmation to servers that are ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderStage {
    Sending,
    Response,
    Payment,
    Building,
    Ready,
}

impl OrderStage {
    pub const ALL: [Self; 5] = [Self::Sending, Self::Response, Self::Payment, Self::Building, Self::Ready];

    #[must_use]
    pub fn name(self) -> &'static str {
        i18n::t(match self {
            Self::Sending => phrase!("Sending"),
            Self::Response => phrase!("Response"),
            Self::Payment => phrase!("Payment"),
            Self::Building => phrase!("Building"),
            Self::Ready => phrase!("Ready"),
        })
    }
}

/// Stage that an order has reached; every stage before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderProgress {
    pub stage: OrderStage,
    pub state: StageState,
}

/// State of the stage that an order has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    Running,
    Done,
    Failed,
    /// Nobody knows how the stage ended.
    Unknown,
}

/// Returns how far the order of a page has come; `None` on pages without an order.
#[must_use]
pub fn order_progress(page: &Page, journal: &OrderJournal) -> Option<OrderProgress> {
    let (reached, state) = match page {
        Page::Form | Page::Confirm(_) | Page::Setup(_) => return None,
        Page::Waiting(waiting) if waiting.is_sending => (OrderStage::Response, StageState::Running),
        Page::Waiting(_) => (OrderStage::Sending, StageState::Running),
        Page::Result(result) => result_progress(result, journal),
    };
    Some(OrderProgress { stage: reached, state })
}

fn result_progress(result: &ResultPage, journal: &OrderJournal) -> (OrderStage, StageState) {
    match result.outcome_kind(journal) {
        OutcomeKind::Accepted => accepted_progress(result),
        // The order exists; the list of servers shows no unpaid order, so that more is not known.
        OutcomeKind::Found => (OrderStage::Payment, StageState::Unknown),
        OutcomeKind::Rejected | OutcomeKind::NotPlaced => (OrderStage::Response, StageState::Failed),
        OutcomeKind::NotSent => (OrderStage::Sending, StageState::Failed),
        OutcomeKind::Unknown | OutcomeKind::NotFound | OutcomeKind::Conflict => {
            (OrderStage::Response, StageState::Unknown)
        }
    }
}

/// Returns how far an accepted order has come, by the servers that are listed for it.
fn accepted_progress(result: &ResultPage) -> (OrderStage, StageState) {
    let listed = result.poll.as_ref().map_or(0, |poll| poll.servers.len());
    let wanted = result.impact.servers.and_then(|wanted| usize::try_from(wanted).ok()).unwrap_or(1);
    if listed == 0 {
        (OrderStage::Payment, StageState::Running)
    } else if result.ready() >= wanted {
        (OrderStage::Ready, StageState::Done)
    } else if result.is_settled() {
        (OrderStage::Building, StageState::Failed)
    } else {
        (OrderStage::Building, StageState::Running)
    }
}
