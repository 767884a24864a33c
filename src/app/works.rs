//! Which keys do something right now.

use crate::form::resource_of;
use crate::order::FieldId;

use super::bound::Bound;
use super::keymap::{Action, Context};
use super::model::{Model, Overlay, Page};
use super::setup::{Projects, Setup, Stage};
use super::shelf::{ShelfRow, shelf_rows};

/// The keys for the line at the bottom: those that do something right now.
pub fn foot_bindings(model: &Model) -> impl Iterator<Item = &Bound> {
    let context = model.context();
    model
        .keymap
        .rows()
        .iter()
        .filter(move |row| row.foot && row.contexts.contains(&context) && works(model, row.action))
}

/// Whether an action has an effect in the state that the program is in.
pub(super) fn works(model: &Model, action: Action) -> bool {
    match action {
        Action::Accept if matches!(model.overlay, Some(Overlay::Request { .. })) => model.request_field().is_some(),
        Action::Accept | Action::CopyCall if matches!(model.overlay, Some(Overlay::Inspector(_))) => {
            !model.calls.is_empty()
        }
        Action::Unfitting => {
            let has_misfits = matches!(model.focus, FieldId::PhoneFlavor | FieldId::Image);
            has_misfits
                && model
                    .pickers
                    .get(&model.focus)
                    .is_some_and(|picker| picker.pick.hidden > 0 || picker.filter.show_unfitting)
        }
        Action::Refresh => match &model.page {
            Page::Result(result) => result.follow.is_some() || model.next_search().is_some(),
            Page::Form if model.context() == Context::Text => model.focus == FieldId::Subnet,
            Page::Form => resource_of(model.focus).is_some_and(|resource| {
                model.lists.get(&resource).is_some_and(|state| state.loading_since().is_none())
            }),
            Page::Setup(setup) => matches!(setup.stage, Stage::Project(Projects::Ready(_) | Projects::Failed(_))),
            Page::Confirm(_) | Page::Waiting(_) => false,
        },
        Action::PlaceOrder => match &model.page {
            Page::Confirm(confirm) => {
                confirm.is_armed(model.now) && confirm.is_answered() && model.is_too_small_to_order().is_none()
            }
            Page::Form | Page::Waiting(_) | Page::Result(_) | Page::Setup(_) => false,
        },
        Action::Copy | Action::Up | Action::Down => match &model.page {
            Page::Result(result) => {
                if action == Action::Copy {
                    !result.ids.is_empty()
                } else {
                    result.ids.len() > 1
                }
            }
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => true,
        },
        Action::NextStep => model.step.next().is_some(),
        Action::Back if matches!(&model.page, Page::Setup(_)) => model.setup().is_some_and(Setup::leads_back),
        Action::Back => {
            let is_filtered = model.pickers.get(&model.focus).is_some_and(|picker| !picker.filter.text.is_empty());
            model.step.previous().is_some() || model.returns || is_filtered
        }
        Action::NewOrder => matches!(&model.page, Page::Result(result)
            if matches!(result.outcome, crate::purchase::Outcome::Accepted(_))),
        Action::Accept => match &model.page {
            Page::Result(result) => !matches!(result.outcome, crate::purchase::Outcome::Accepted(_)),
            Page::Setup(setup) => setup.context() == Context::SetupText || !setup.rows().is_empty(),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) => {
                !matches!(&model.overlay, Some(Overlay::Goto { typed, .. }) if model.palette(typed).is_empty())
                    && !matches!(&model.overlay, Some(Overlay::PastedPorts(rows)) if rows.iter().all(|row| !row.can_be_taken()))
                    && (model.context() != Context::Shelf || !shelf_rows(model).is_empty())
            }
        },
        Action::Export => model.order.is_some(),
        Action::Undo => model.history.can_undo(),
        Action::Redo => model.history.can_redo(),
        Action::Sort => model.pickers.get(&model.focus).is_some_and(|picker| picker.pick.listed > 1),
        Action::Remove => {
            let removable = |row: &ShelfRow| !matches!(row, ShelfRow::Order(_));
            matches!(&model.overlay, Some(Overlay::Shelf(page))
                if shelf_rows(model).get(page.cursor).is_some_and(removable))
        }
        _ => true,
    }
}
