//! Whether an action would do anything in the state that the program is in, and which keys the footer shows.

use crate::form::resource_of;
use crate::order::FieldId;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::keys::keymap::Binding;
use crate::app::model::{Model, Overlay, Page};
use crate::app::overlays::library::{LibraryRow, library_rows};
use crate::app::setup::{Projects, Setup, SetupStage};

/// The keys for the line at the bottom: those that do something right now.
pub fn footer_bindings(model: &Model) -> impl Iterator<Item = &Binding> {
    let context = model.context();
    model
        .keymap
        .rows()
        .iter()
        .filter(move |row| row.in_footer && row.contexts.contains(&context) && is_enabled(model, row.action))
}

/// Whether an action has an effect in the state that the program is in.
pub(super) fn is_enabled(model: &Model, action: Action) -> bool {
    match action {
        Action::Accept if matches!(model.overlay, Some(Overlay::Request { .. })) => model.request_field().is_some(),
        Action::Accept | Action::CopyCall if matches!(model.overlay, Some(Overlay::Inspector(_))) => {
            !model.calls.is_empty()
        }
        Action::ShowIncompatible => {
            let has_misfits = matches!(model.focus, FieldId::PhoneFlavor | FieldId::Image);
            has_misfits
                && model
                    .pickers
                    .get(&model.focus)
                    .is_some_and(|picker| picker.list.hidden > 0 || picker.filter.show_incompatible)
        }
        Action::Refresh => match &model.page {
            Page::Result(result) => result.poll.is_some() || model.can_search_now(),
            Page::Form if model.context() == Context::Text => model.focus == FieldId::Subnet,
            Page::Form => resource_of(model.focus).is_some_and(|resource| {
                model.lists.get(&resource).is_some_and(|state| state.loading_since().is_none())
            }),
            Page::Setup(setup) => matches!(setup.stage, SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))),
            Page::Confirm(_) | Page::Waiting(_) => false,
        },
        Action::PlaceOrder => match &model.page {
            Page::Confirm(confirm) => {
                confirm.is_armed(model.now) && confirm.is_answered() && model.too_small_to_order().is_none()
            }
            Page::Form | Page::Waiting(_) | Page::Result(_) | Page::Setup(_) => false,
        },
        Action::Copy | Action::Up | Action::Down => match &model.page {
            Page::Result(result) => {
                if action == Action::Copy {
                    !result.shown_ids(model).is_empty()
                } else {
                    result.shown_ids(model).len() > 1
                }
            }
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => true,
        },
        Action::NextStep => model.step.next().is_some(),
        Action::Back if matches!(&model.page, Page::Setup(_)) => model.setup().is_some_and(Setup::can_go_back),
        Action::Back => {
            let is_filtered = model.pickers.get(&model.focus).is_some_and(|picker| !picker.filter.text.is_empty());
            model.step.previous().is_some() || model.return_to_review || is_filtered
        }
        Action::NewOrder => matches!(&model.page, Page::Result(result)
            if matches!(result.outcome, crate::purchase::Outcome::Accepted(_))),
        Action::Accept => match &model.page {
            Page::Result(result) => !matches!(result.outcome, crate::purchase::Outcome::Accepted(_)),
            Page::Setup(setup) => setup.context() == Context::SetupText || !setup.rows().is_empty(),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) => {
                !matches!(&model.overlay, Some(Overlay::Palette { typed, .. }) if model.palette(typed).is_empty())
                    && !matches!(&model.overlay, Some(Overlay::PastedPorts(rows)) if rows.iter().all(|row| !row.is_valid()))
                    && (model.context() != Context::Library || !library_rows(model).is_empty())
            }
        },
        Action::Export => model.order.is_some(),
        Action::Undo => model.history.can_undo(),
        Action::Redo => model.history.can_redo(),
        Action::Sort => model.pickers.get(&model.focus).is_some_and(|picker| picker.list.listed > 1),
        Action::Remove => {
            let removable = |row: &LibraryRow| !matches!(row, LibraryRow::Order(_));
            matches!(&model.overlay, Some(Overlay::Library(page))
                if library_rows(model).get(page.cursor).is_some_and(removable))
        }
        _ => true,
    }
}
