//! What a question has to wait for, in words.

use crate::app::{ListState, Millis, Model, Overlay, Page, Projects, Stage, Standing, needs};
use crate::catalogue::Resource;
use crate::form::Step;
use crate::words::tr;

/// A line about what is awaited comes so often.
pub const PATIENCE: Millis = 5_000;

/// Something that comes by itself, before the next question makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// What is on the machine to order with.
    Survey,
    Projects,
    Form,
    Journal,
    Account,
    Lists,
    /// That of the order.
    Answer,
    /// What somebody asked to have looked at again.
    News,
}

impl Awaited {
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

/// The whole seconds to be told of a wait, and when the next line about it is due: who waits for long need not hear of
/// it so often, and who was stopped in between hears of it once.
#[must_use]
pub fn told_next(since: Millis, due: Millis, now: Millis) -> (u64, Millis) {
    let (mut told, mut next) = (due, due);
    while next <= now {
        told = next;
        next += match (told - since) / 1_000 {
            0..20 => PATIENCE,
            20..60 => 2 * PATIENCE,
            _ => 6 * PATIENCE,
        };
    }
    ((told - since) / 1_000, next)
}

/// What is awaited before the next question; `is_new`: nothing was said of this account yet.
#[must_use]
pub fn awaited(model: &Model, is_new: bool) -> Option<Awaited> {
    match &model.page {
        Page::Setup(setup) => match &setup.stage {
            Stage::Choose | Stage::Region if setup.survey.is_none() => Some(Awaited::Survey),
            Stage::Project(Projects::Loading { .. }) => Some(Awaited::Projects),
            Stage::Opening => Some(Awaited::Form),
            Stage::Choose
            | Stage::Region
            | Stage::Entries { .. }
            | Stage::Project(Projects::Ready(_) | Projects::Failed(_)) => None,
        },
        Page::Waiting(_) => Some(Awaited::Answer),
        Page::Confirm(_) | Page::Result(_) => None,
        Page::Form => in_form(model, is_new),
    }
}

fn in_form(model: &Model, is_new: bool) -> Option<Awaited> {
    if model.journal.is_none() {
        return Some(Awaited::Journal);
    }
    let is_on_review = model.step == Step::Review;
    if (is_new || is_on_review) && matches!(model.standing, Standing::Asking { .. }) {
        return Some(Awaited::Account);
    }
    let is_covered = matches!(
        model.overlay,
        Some(Overlay::Resume(_) | Overlay::Shelf(_) | Overlay::PastedPorts(_) | Overlay::Unresolved { .. })
    );
    let is_loading = |resource: &&Resource| matches!(model.lists.get(*resource), Some(ListState::Loading { .. }));
    // Review speaks of everything as it is now; a field, of what was read once.
    let is_open = |resource: &&Resource| is_on_review || model.catalogue.count(**resource).is_none();
    let waits = needs(model.step).iter().filter(is_loading).any(|resource| is_open(&resource));
    (waits && !is_covered).then_some(Awaited::Lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_ever_less_often_and_once_after_a_stop() {
        let mut due = 1_000 + PATIENCE;
        let told: Vec<u64> = std::iter::repeat_with(|| {
            let (seconds, next) = told_next(1_000, due, due);
            due = next;
            seconds
        })
        .take(8)
        .collect();
        assert_eq!(told, [5, 10, 15, 20, 30, 40, 50, 60]);
        let hour = 1_000 + 3_600_000;
        let (seconds, next) = told_next(1_000, 1_000 + PATIENCE, hour + 10);
        assert_eq!(seconds, 3_600);
        assert!(next > hour + 10, "nothing more is due at once");
    }
}
