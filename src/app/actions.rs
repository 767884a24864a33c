//! Runs actions from keys, the palette and commands: on the open overlay, or else on the page.

use crate::form::{Edit, Step};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlays::Overlay;
use crate::app::overlays::changelog::ChangelogView;
use crate::app::overlays::export::ExportView;
use crate::app::overlays::field_help::FieldHelp;
use crate::app::overlays::inspector::InspectorView;
use crate::app::overlays::introduction::Introduction;
use crate::app::overlays::keys::KeysView;
use crate::app::overlays::library::LibraryPage;
use crate::app::overlays::palette::PaletteView;
use crate::app::overlays::plain_text::PlainTextView;
use crate::app::overlays::request::RequestView;
use crate::app::page::Page;
use crate::app::page_actions::page_context;
use crate::app::setup::state::Setup;

/// Runs an action on the overlay if it handles the action, else on the page. Any action closes an open introduction
/// first.
pub(super) fn run_action(model: &mut Model, action: Action) -> Vec<Effect> {
    if matches!(model.overlay, Some(Overlay::Introduction(_))) && action != Action::Close {
        return [model.close_introduction(), run_page_action(model, action)].concat();
    }
    match model.run_in_overlay(action) {
        Some(effects) => effects,
        None => run_page_action(model, action),
    }
}

/// Returns the number of rows that an action moves by, negative for up; `None` if it moves nothing.
pub(super) fn rows_of(action: Action) -> Option<isize> {
    match action {
        Action::Up => Some(-1),
        Action::Down => Some(1),
        Action::PageUp => Some(-10),
        Action::PageDown => Some(10),
        Action::First => Some(-1_000_000),
        Action::Last => Some(1_000_000),
        _ => None,
    }
}

/// Runs an action on the page, even if an overlay is open.
pub(super) fn run_page_action(model: &mut Model, action: Action) -> Vec<Effect> {
    let context = page_context(&model.page, &model.form);
    match action {
        Action::Accept => accept(model),
        Action::NextField if model.form.in_ports() => model.form.next_port_cell(),
        Action::PreviousField if model.form.in_ports() => model.form.previous_port_cell(),
        Action::NextField => model.form.next_field(),
        Action::PreviousField => model.form.previous_field(),
        Action::Back if matches!(model.page, Page::Setup(_)) => model.in_setup(Setup::back),
        Action::Back => {
            let quit_key = model.keymap.key_of(Action::Quit);
            model.form.back(&quit_key)
        }
        Action::NextStep => model.form.step.next().map_or_else(Vec::new, |step| model.form.go_to_step(step)),
        Action::PreviousStep => model.form.step.previous().map_or_else(Vec::new, |step| model.form.go_to_step(step)),
        Action::Palette => {
            let cursor = model.form.step.index();
            model.open(Overlay::Palette(PaletteView { typed: String::new(), cursor }))
        }
        Action::FieldHelp => model.open(Overlay::FieldHelp(FieldHelp(model.form.focus))),
        Action::Keys => model.open(Overlay::Keys(KeysView::default())),
        Action::SaveDraft => vec![Effect::SaveDraft(Box::new(model.form.saved_draft()))],
        Action::RequestPane => model.open(Overlay::Request(RequestView::on_highlighted(&model.form))),
        Action::Copy => copy(model),
        Action::Redraw => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => leave(model),
        Action::PageUp if context == Context::PortNumber => just(|| model.form.step_port_number(100)),
        Action::PageDown if context == Context::PortNumber => just(|| model.form.step_port_number(-100)),
        Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
            just(|| step_rows(model, rows_of(action).unwrap_or(0)))
        }
        Action::Refresh => refresh(model),
        Action::ShowIncompatible => just(|| {
            model.form.filter_picker(model.form.focus, |filter| filter.show_incompatible = !filter.show_incompatible);
        }),
        Action::Toggle if context == Context::PortReach => just(|| model.form.toggle_port_reach()),
        Action::Toggle => just(|| model.form.toggle_switch()),
        Action::DeleteRow => just(|| model.form.delete_port()),
        Action::MoveRowUp => just(|| model.form.move_port(-1)),
        Action::MoveRowDown => just(|| model.form.move_port(1)),
        Action::Edit(edit) => just(|| apply_edit(model, edit)),
        Action::PlaceOrder => model.place_order(),
        Action::ChooseAccount => model.open_account_setup(),
        Action::Close => just(|| close(model)),
        Action::NewOrder => model.new_order(),
        Action::Inspector => model.open(Overlay::Inspector(InspectorView::newest(&model.calls))),
        Action::Undo => model.form.undo(),
        Action::Redo => model.form.redo(),
        Action::Changelog => model.open(Overlay::Changelog(ChangelogView::default())),
        Action::MouseCapture => model.toggle_mouse_capture(),
        Action::Introduction => model.open(Overlay::Introduction(Introduction)),
        Action::NextFreePort => just(|| model.form.step_port_number(1)),
        Action::PreviousFreePort => just(|| model.form.step_port_number(-1)),
        Action::Library => {
            let opened = model.open(Overlay::Library(LibraryPage::default()));
            [opened, vec![Effect::ReadLibrary]].concat()
        }
        Action::Sort => just(|| model.form.sort_picker()),
        Action::Export if model.form.order.is_none() => {
            just(|| model.say(tr!("There is nothing to export yet: the form has open problems")))
        }
        Action::Export => model.open(Overlay::Export(ExportView::default())),
        Action::PlainText => model.open(Overlay::PlainText(PlainTextView::default())),
        // These belong to overlays.
        Action::CopyCall
        | Action::SaveTemplate
        | Action::Remove
        | Action::NextFormat
        | Action::PreviousFormat
        | Action::CopyExport
        | Action::WriteExport => Vec::new(),
    }
}

fn just(change: impl FnOnce()) -> Vec<Effect> {
    change();
    Vec::new()
}

fn accept(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Page::Form if model.form.step == Step::Review => model.open_review_row(),
        Page::Form => model.form.accept(),
        Page::Result(_) => model.leave_result(),
        Page::Setup(_) => model.in_setup(Setup::accept),
        Page::Confirm(_) | Page::Waiting(_) => Vec::new(),
    }
}

/// Moves the cursor of the page by `by` rows; negative is up.
pub(super) fn step_rows(model: &mut Model, by: isize) {
    match &mut model.page {
        Page::Form => model.form.step_rows(by),
        Page::Setup(setup) => setup.step(by),
        Page::Result(_) => model.step_result(by),
        Page::Confirm(_) => model.scroll_sheet(by),
        Page::Waiting(_) => {}
    }
}

/// Applies an edit to the focused text of the page. Pages without a text ignore it.
pub(super) fn apply_edit(model: &mut Model, edit: Edit) {
    match &mut model.page {
        Page::Form => model.form.apply_edit(edit),
        Page::Confirm(confirm) => confirm.edit(edit),
        Page::Setup(setup) => setup.edit(edit),
        Page::Waiting(_) | Page::Result(_) => {}
    }
}

fn close(model: &mut Model) {
    if matches!(model.page, Page::Confirm(_)) {
        model.page = Page::Form;
    }
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Page::Result(_) => model.poll_servers().into_iter().chain(model.search_now()).collect(),
        Page::Form if model.form.step == Step::Review => {
            let lists = crate::catalogue::Resource::ALL.into_iter().map(|resource| model.form.load(resource)).collect();
            [lists, vec![Effect::Identify { ticket: model.account.request_identity() }]].concat()
        }
        Page::Setup(_) => model.in_setup(|setup| setup.refresh()),
        Page::Form if model.form.context() == Context::Text && model.form.focus != FieldId::Subnet => Vec::new(),
        Page::Form => model.form.refresh_in_view(),
        Page::Confirm(_) | Page::Waiting(_) => Vec::new(),
    }
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let (what, text) = match &model.page {
        Page::Result(result) => match result.shown_ids(&model.journal).get(result.cursor) {
            Some((label, value)) => (i18n::t(label), value.clone()),
            None => return Vec::new(),
        },
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => match &model.form.order {
            Some((_, body)) => (i18n::t(phrase!("Request")), body.text().to_owned()),
            None => {
                model.say(tr!("There is no request to copy yet: the form has open problems"));
                return Vec::new();
            }
        },
    };
    model.say(tr!("{what} sent to your terminal's clipboard", what));
    vec![Effect::Copy(text)]
}

pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    // What was ordered, or may have been, is not offered once more.
    let is_draft = model.form.has_typed() && !model.is_ordered_already();
    match &mut model.page {
        Page::Waiting(waiting) if !waiting.leaving => {
            waiting.leaving = true;
            Vec::new()
        }
        Page::Waiting(_) => vec![Effect::Quit],
        Page::Result(_) | Page::Form | Page::Confirm(_) | Page::Setup(_) => {
            let mut effects = model.retry_unsaved();
            if is_draft {
                effects.push(Effect::SaveDraft(Box::new(model.form.saved_draft())));
            }
            effects.push(Effect::Quit);
            effects
        }
    }
}
