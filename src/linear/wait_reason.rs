//! The reasons for which the next question has to wait, as text.

use crate::app::{IdentityState, ListState, Millis, Model, Overlay, Page, Projects, SetupStage, lists_needed_by};
use crate::catalogue::Resource;
use crate::form::Step;
use crate::i18n::tr;

/// Shortest interval between two notices about a wait, in milliseconds.
pub const NOTICE_INTERVAL: Millis = 5_000;

/// Data that arrives without input from the user and that the next question needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitReason {
    /// The search for credentials on this machine.
    Survey,
    Projects,
    Form,
    Journal,
    Account,
    Lists,
    /// The response to the order.
    Answer,
    /// The result of reading something again, as the user asked for.
    News,
}

impl WaitReason {
    #[must_use]
    pub fn words(self, seconds: u64) -> String {
        match self {
            Self::Survey => tr!("Looking for credentials on this machine, {seconds} s", seconds),
            Self::Projects => tr!("Asking IAM for the projects, {seconds} s", seconds),
            Self::Form => tr!("Opening the form, {seconds} s", seconds),
            Self::Journal => tr!("Opening the journal of purchases, {seconds} s", seconds),
            Self::Account => tr!("Asking IAM who orders, {seconds} s", seconds),
            Self::Lists => tr!("Reading the lists of the cloud, {seconds} s", seconds),
            Self::Answer => tr!("Waiting for the answer, {seconds} s", seconds),
            Self::News => tr!("Looking, {seconds} s", seconds),
        }
    }
}

/// Returns the seconds to report in this notice, and the time of the next one. The interval grows with the wait: 5 s,
/// after 20 s 10 s, after a minute 30 s. Notices missed while the process was stopped are merged into one.
#[must_use]
pub fn next_notice(since: Millis, due: Millis, now: Millis) -> (u64, Millis) {
    let (mut noticed, mut next) = (due, due);
    while next <= now {
        noticed = next;
        next += match (noticed - since) / 1_000 {
            0..20 => NOTICE_INTERVAL,
            20..60 => 2 * NOTICE_INTERVAL,
            _ => 6 * NOTICE_INTERVAL,
        };
    }
    ((noticed - since) / 1_000, next)
}

/// Returns the data that the next question has to wait for. `is_new` is true if the current account has not been
/// printed yet.
#[must_use]
pub fn wait_reason(model: &Model, is_new: bool) -> Option<WaitReason> {
    match &model.page {
        Page::Setup(setup) => match &setup.stage {
            SetupStage::Choose | SetupStage::Region if setup.survey.is_none() => Some(WaitReason::Survey),
            SetupStage::Project(Projects::Loading { .. }) => Some(WaitReason::Projects),
            SetupStage::Opening => Some(WaitReason::Form),
            SetupStage::Choose
            | SetupStage::Region
            | SetupStage::Inputs { .. }
            | SetupStage::Project(Projects::Ready(_) | Projects::Failed(_)) => None,
        },
        Page::Waiting(_) => Some(WaitReason::Answer),
        Page::Confirm(_) | Page::Result(_) => None,
        Page::Form => in_form(model, is_new),
    }
}

fn in_form(model: &Model, is_new: bool) -> Option<WaitReason> {
    if model.journal.view.is_none() {
        return Some(WaitReason::Journal);
    }
    let is_on_review = model.form.step == Step::Review;
    if (is_new || is_on_review) && matches!(model.account.identity, IdentityState::Requested { .. }) {
        return Some(WaitReason::Account);
    }
    let is_covered = matches!(
        model.overlay,
        Some(Overlay::Resume(_) | Overlay::Library(_) | Overlay::PastedPorts(_) | Overlay::Unresolved { .. })
    );
    let is_loading = |resource: &&Resource| matches!(model.form.lists.get(*resource), Some(ListState::Loading { .. }));
    // Review speaks of everything as it is now; a field, of what was read once.
    let is_open = |resource: &&Resource| is_on_review || model.form.catalogue.count(**resource).is_none();
    let waits = lists_needed_by(model.form.step).iter().filter(is_loading).any(|resource| is_open(&resource));
    (waits && !is_covered).then_some(WaitReason::Lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_ever_less_often_and_once_after_a_stop() {
        let mut due = 1_000 + NOTICE_INTERVAL;
        let noticed: Vec<u64> = std::iter::repeat_with(|| {
            let (seconds, next) = next_notice(1_000, due, due);
            due = next;
            seconds
        })
        .take(8)
        .collect();
        assert_eq!(noticed, [5, 10, 15, 20, 30, 40, 50, 60]);
        let hour = 1_000 + 3_600_000;
        let (seconds, next) = next_notice(1_000, 1_000 + NOTICE_INTERVAL, hour + 10);
        assert_eq!(seconds, 3_600);
        assert!(next > hour + 10, "nothing more is due at once");
    }
}
