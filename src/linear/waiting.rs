//! What a question has to wait for, in words.

use crate::app::{ListState, Model, Overlay, Page, Projects, Stage, Standing, needs};
use crate::catalogue::Resource;
use crate::form::Step;
use crate::words::tr;

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
