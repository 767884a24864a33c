//! The context of a page, and whether an action has an effect on it.

use crate::form::{Step, resource_of};
use crate::order::FieldId;

use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::overlays::screen::Surroundings;
use crate::app::page::Page;
use crate::app::purchase::outcome_kind::OutcomeKind;
use crate::app::purchase::sheet_layout::SheetLayout;
use crate::app::setup::state::{Projects, Setup, SetupStage};

/// Returns the context in which keys are looked up on a page, regardless of any overlay.
pub fn page_context(page: &Page, form: &Form) -> Context {
    match page {
        Page::Confirm(confirm) => confirm.context(),
        Page::Waiting(_) => Context::Waiting,
        Page::Result(_) => Context::Result,
        Page::Setup(setup) => setup.context(),
        Page::Form => form.context(),
    }
}

/// Returns whether an action has an effect on the page.
pub fn is_enabled(action: Action, around: &Surroundings<'_>) -> bool {
    let (page, form) = (around.page, around.form);
    let picker = form.pickers.get(&form.focus);
    match action {
        Action::ShowIncompatible => {
            let has_misfits = matches!(form.focus, FieldId::PhoneFlavor | FieldId::Image);
            has_misfits && picker.is_some_and(|picker| picker.list.hidden > 0 || picker.filter.show_incompatible)
        }
        Action::Refresh => match page {
            Page::Result(result) => result.poll.is_some() || around.can_search,
            Page::Form if form.context() == Context::Text => form.focus == FieldId::Subnet,
            Page::Form => resource_of(form.focus)
                .is_some_and(|resource| form.lists.get(&resource).is_some_and(|state| state.loading_since().is_none())),
            Page::Setup(setup) => matches!(setup.stage, SetupStage::Project(Projects::Ready(_) | Projects::Failed(_))),
            Page::Confirm(_) | Page::Waiting(_) => false,
        },
        Action::PlaceOrder => match page {
            Page::Confirm(confirm) => {
                let size = (around.width, around.height);
                confirm.is_armed(around.now)
                    && confirm.is_answered()
                    && confirm.was_shown_to_end()
                    && SheetLayout::new(confirm, around.account, around.keymap, size).fits
            }
            Page::Form => form.step == Step::Review,
            Page::Waiting(_) | Page::Result(_) | Page::Setup(_) => false,
        },
        Action::Copy => match page {
            Page::Result(result) => !result.shown_ids(around.journal).is_empty(),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => true,
        },
        Action::Up | Action::Down => match page {
            Page::Result(result) => result.shown_ids(around.journal).len() > 1,
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => true,
        },
        Action::NextStep => form.step.next().is_some(),
        Action::Back => match page {
            Page::Setup(setup) => Setup::can_go_back(setup),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Result(_) => {
                let is_filtered = picker.is_some_and(|picker| !picker.filter.text.is_empty());
                form.step.previous().is_some() || form.return_to_review || is_filtered
            }
        },
        Action::NewOrder => match page {
            Page::Result(result) => result.outcome_kind(around.journal) == OutcomeKind::Accepted,
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => false,
        },
        Action::Accept => match page {
            Page::Result(result) => result.outcome_kind(around.journal) != OutcomeKind::Accepted,
            Page::Setup(setup) => setup.context() == Context::SetupText || !setup.rows().is_empty(),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) => true,
        },
        Action::Export => form.order.is_some(),
        Action::Undo => form.history.can_undo(),
        Action::Redo => form.history.can_redo(),
        Action::Sort => picker.is_some_and(|picker| picker.list.listed > 1),
        Action::NextField
        | Action::PreviousField
        | Action::PreviousStep
        | Action::Palette
        | Action::FieldHelp
        | Action::Keys
        | Action::SaveDraft
        | Action::RequestPane
        | Action::Redraw
        | Action::Suspend
        | Action::Quit
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last
        | Action::Toggle
        | Action::DeleteRow
        | Action::MoveRowUp
        | Action::MoveRowDown
        | Action::Edit(_)
        | Action::ChooseAccount
        | Action::Close
        | Action::Inspector
        | Action::CopyCall
        | Action::Changelog
        | Action::MouseCapture
        | Action::Introduction
        | Action::NextFreePort
        | Action::PreviousFreePort
        | Action::Library
        | Action::SaveTemplate
        | Action::Remove
        | Action::NextFormat
        | Action::PreviousFormat
        | Action::CopyExport
        | Action::WriteExport
        | Action::PlainText => true,
    }
}
