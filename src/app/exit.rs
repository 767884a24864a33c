//! The outcomes of a run, and the exit code that tells of them.

use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;
use crate::exit_code::ExitCode;

/// What matters most of several outcomes of one run, first.
const BY_WEIGHT: [ExitCode; 5] =
    [ExitCode::NeedsAttention, ExitCode::Unknown, ExitCode::Success, ExitCode::Rejected, ExitCode::NotSent];

/// Lists every outcome of this run, the oldest first.
pub(in crate::app) fn outcomes(model: &Model) -> impl Iterator<Item = &ResultPage> {
    let shown = match &model.page {
        Page::Result(result) => Some(&**result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    };
    model.past_results.iter().chain(shown)
}

/// Returns the exit code of a run by what matters most of everything that happened; `Interrupted` if no order was confirmed.
#[must_use]
pub fn exit_code(model: &Model) -> ExitCode {
    let code = |result: &ResultPage| match result.outcome_kind(&model.journal) {
        _ if result.lost.is_some() => ExitCode::NeedsAttention,
        OutcomeKind::Conflict => ExitCode::NeedsAttention,
        OutcomeKind::Unknown | OutcomeKind::NotFound | OutcomeKind::NotPlaced => ExitCode::Unknown,
        OutcomeKind::Accepted | OutcomeKind::Found => ExitCode::Success,
        OutcomeKind::Rejected => ExitCode::Rejected,
        OutcomeKind::NotSent => ExitCode::NotSent,
    };
    let waiting = matches!(model.page, Page::Waiting(_)).then_some(ExitCode::Unknown);
    let codes: Vec<ExitCode> = outcomes(model).map(code).chain(waiting).collect();
    BY_WEIGHT.into_iter().find(|code| codes.contains(code)).unwrap_or(ExitCode::Interrupted)
}
