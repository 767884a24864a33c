//! The outcomes of a run, and its exit code.

use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::result::ResultPage;
use crate::exit_code::ExitCode;

/// Exit codes in order of importance: the first one that applies to any outcome of a run is used.
const BY_WEIGHT: [ExitCode; 5] =
    [ExitCode::NeedsAttention, ExitCode::Unknown, ExitCode::Success, ExitCode::Rejected, ExitCode::NotSent];

/// Returns every outcome of this run, the oldest first.
pub(in crate::app) fn outcomes(model: &Model) -> impl Iterator<Item = &ResultPage> {
    let shown = match &model.page {
        Page::Result(result) => Some(&**result),
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => None,
    };
    model.past_results.iter().chain(shown)
}

/// Returns the exit code of the most important outcome of the run; `Interrupted` if no order was confirmed.
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
