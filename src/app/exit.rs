//! The outcomes of a run, and the exit code that tells of them.

use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;

/// Every outcome of this run, the oldest first.
pub(in crate::app) fn outcomes(model: &Model) -> impl Iterator<Item = &ResultPage> {
    let shown = match &model.page {
        Page::Result(result) => Some(&**result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    };
    model.past_results.iter().chain(shown)
}

/// The exit code of the program, by what matters most of everything that happened: 7 a conflict, or the journal could not
/// keep an outcome; 6 unknown, 0 accepted, 4 refused, 5 not sent, 130 left before.
#[must_use]
pub fn exit_code(model: &Model) -> u8 {
    let code = |result: &ResultPage| match result.outcome_kind(&model.journal) {
        _ if result.lost.is_some() => 7,
        OutcomeKind::Conflict => 7,
        OutcomeKind::Unknown | OutcomeKind::NotFound | OutcomeKind::NotPlaced => 6,
        OutcomeKind::Accepted | OutcomeKind::Found => 0,
        OutcomeKind::Rejected => 4,
        OutcomeKind::NotSent => 5,
    };
    let waiting = matches!(model.page, Page::Waiting(_)).then_some(6);
    let codes: Vec<u8> = outcomes(model).map(code).chain(waiting).collect();
    [7, 6, 0, 4, 5].into_iter().find(|code| codes.contains(code)).unwrap_or(130)
}
