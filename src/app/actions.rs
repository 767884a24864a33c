//! What each action does to the model, whether a key, the palette or a command asked for it.

use crate::form::{Edit, Step, TextCursor};
use crate::i18n::{self, phrase, tr};
use crate::order::FieldId;

use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::{Model, Overlay, Page};
use crate::app::msg::Effect;
use crate::app::purchase::outcome_kind::OutcomeKind;

pub(super) fn run_action(model: &mut Model, context: Context, action: Action) -> Vec<Effect> {
    match action {
        Action::Accept => accept(model, context),
        Action::NextField if model.in_ports() => model.next_port_cell(),
        Action::PreviousField if model.in_ports() => model.previous_port_cell(),
        Action::NextField => model.next_field(),
        Action::PreviousField => model.previous_field(),
        Action::Back if context == Context::SetupList || context == Context::SetupText => {
            just(|| model.back_in_setup())
        }
        Action::Back => model.back(),
        Action::NextStep => model.step.next().map_or_else(Vec::new, |step| model.go_to_step(step)),
        Action::PreviousStep => model.step.previous().map_or_else(Vec::new, |step| model.go_to_step(step)),
        Action::Palette => just(|| model.open_palette()),
        Action::FieldHelp => just(|| model.overlay = Some(Overlay::FieldHelp(model.focus))),
        Action::Keys => just(|| model.overlay = Some(Overlay::Keys { top: 0 })),
        Action::SaveDraft => vec![Effect::SaveDraft(Box::new(model.saved_draft()))],
        Action::RequestPane => just(|| model.open_request()),
        Action::Copy => copy(model),
        Action::Redraw => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => leave(model),
        Action::Up => just(|| step_rows(model, context, -1)),
        Action::Down => just(|| step_rows(model, context, 1)),
        Action::PageUp if context == Context::PortNumber => just(|| model.step_port_number(100)),
        Action::PageDown if context == Context::PortNumber => just(|| model.step_port_number(-100)),
        Action::PageUp => just(|| step_rows(model, context, -10)),
        Action::PageDown => just(|| step_rows(model, context, 10)),
        Action::First => just(|| step_rows(model, context, -1_000_000)),
        Action::Last => just(|| step_rows(model, context, 1_000_000)),
        Action::Refresh => refresh(model),
        Action::ShowIncompatible => just(|| {
            model.filter_picker(model.focus, |filter| filter.show_incompatible = !filter.show_incompatible);
        }),
        Action::Toggle if context == Context::PortReach => just(|| model.toggle_port_reach()),
        Action::Toggle => just(|| model.toggle_switch()),
        Action::DeleteRow => just(|| model.delete_port()),
        Action::MoveRowUp => just(|| model.move_port(-1)),
        Action::MoveRowDown => just(|| model.move_port(1)),
        Action::Edit(edit) => just(|| apply_edit(model, context, edit)),
        Action::PlaceOrder => model.place_order(),
        Action::ChooseAccount => model.open_account_setup(),
        Action::Close => just(|| close(model)),
        Action::NewOrder => new_order(model),
        Action::Inspector => just(|| model.open_inspector()),
        Action::CopyCall => model.copy_call(),
        Action::Undo => model.undo(),
        Action::Redo => model.redo(),
        Action::Changelog => just(|| model.overlay = Some(Overlay::Changes { top: 0 })),
        Action::MouseCapture => model.toggle_mouse_capture(),
        Action::Introduction => just(|| model.overlay = Some(Overlay::Introduction)),
        Action::NextFreePort => just(|| model.step_port_number(1)),
        Action::PreviousFreePort => just(|| model.step_port_number(-1)),
        Action::Library => model.open_library(),
        Action::SaveTemplate => just(|| model.ask_template_name()),
        Action::Remove => model.remove_from_library(),
        Action::Sort => just(|| model.sort_picker()),
        Action::Export => just(|| model.open_export()),
        Action::NextFormat => just(|| model.switch_export_format(1)),
        Action::PreviousFormat => just(|| model.switch_export_format(-1)),
        Action::CopyExport => model.copy_export(),
        Action::WriteExport => model.write_export(),
        Action::PlainText => just(|| model.overlay = Some(Overlay::Plain { top: 0 })),
    }
}

fn just(change: impl FnOnce()) -> Vec<Effect> {
    change();
    Vec::new()
}

fn accept(model: &mut Model, context: Context) -> Vec<Effect> {
    match context {
        Context::Review => model.open_review_row(),
        Context::Palette => {
            let Some(Overlay::Palette { typed, cursor }) = model.overlay.take() else { return Vec::new() };
            model.run_palette_item(&typed, cursor)
        }
        Context::PastedPorts => {
            if let Some(Overlay::PastedPorts(rows)) = model.overlay.take() {
                model.take_pasted_ports(rows);
            }
            Vec::new()
        }
        Context::Resume => {
            let Some(Overlay::Resume(saved)) = model.overlay.take() else { return Vec::new() };
            model.resume(*saved)
        }
        Context::Result => leave_result(model),
        Context::SetupList | Context::SetupText => model.accept_setup(),
        Context::Library | Context::TemplateName => model.accept_library(),
        Context::Picker
        | Context::Text
        | Context::Stepper
        | Context::Radio
        | Context::Switch
        | Context::PortNew
        | Context::PortText
        | Context::PortReach
        | Context::PortNumber => model.accept(),
        Context::Request => model.open_request_line(),
        Context::Inspector => just(|| model.open_call()),
        Context::Confirm
        | Context::ConfirmWord
        | Context::Waiting
        | Context::Keys
        | Context::FieldHelp
        | Context::Unresolved
        | Context::Call
        | Context::Changes
        | Context::Export
        | Context::Plain
        | Context::Introduction => Vec::new(),
    }
}

/// From an outcome back to the form: to the field that was refused, else to Review.
fn leave_result(model: &mut Model) -> Vec<Effect> {
    let Page::Result(result) = &model.page else { return Vec::new() };
    let kind = result.outcome_kind(model);
    if kind == OutcomeKind::Accepted {
        return Vec::new();
    }
    // An order that exists all the same has nothing to be mended.
    let rejected_field = result.rejected_field.filter(|_| kind == OutcomeKind::Rejected);
    archive_result(model);
    match rejected_field {
        Some(id) => model.jump_to(id, None),
        None => model.go_to_step(Step::Review),
    }
}

/// Leaves the page of an outcome; it stays in the receipt.
fn archive_result(model: &mut Model) {
    if let Page::Result(result) = std::mem::replace(&mut model.page, Page::Form) {
        model.past_results.push(*result);
    }
}

/// The same form again, without the name: two orders with one name cannot be told apart.
fn new_order(model: &mut Model) -> Vec<Effect> {
    if !matches!(&model.page, Page::Result(result) if result.outcome_kind(model) == OutcomeKind::Accepted) {
        return Vec::new();
    }
    archive_result(model);
    model.draft.server_name.clear();
    model.origins.remove(&FieldId::ServerName);
    model.recheck();
    let mut effects = model.go_to_step(Step::Count);
    model.shown_errors.clear();
    // What was bought is not brought back by an undo.
    model.reset_history();
    effects.push(model.load(crate::catalogue::Resource::Servers));
    effects
}

pub(super) fn step_rows(model: &mut Model, context: Context, by: isize) {
    match context {
        Context::Picker => {
            if let Some(picker) = model.pickers.get_mut(&model.focus) {
                picker.step(by);
            }
        }
        Context::Stepper => model.step_number(-i64::try_from(by).unwrap_or(0)),
        Context::Radio => model.step_radio(by),
        Context::PortNew | Context::PortText | Context::PortReach | Context::PortNumber => model.step_port_row(by),
        Context::Review => model.step_review(by),
        Context::SetupList | Context::SetupText => {
            if let Some(setup) = model.setup_mut() {
                setup.step(by);
            }
        }
        Context::Result => model.step_result(by),
        Context::Keys | Context::Request | Context::Palette | Context::Changes => match &mut model.overlay {
            Some(Overlay::Keys { .. }) => model.step_keys(by),
            Some(Overlay::Request { .. }) => model.step_request(by),
            Some(Overlay::Palette { .. }) => model.step_palette(by),
            Some(Overlay::Changes { top }) => {
                *top = scrolled(*top, by, model.history.log.lines().len(), model.height);
            }
            Some(
                Overlay::FieldHelp(_)
                | Overlay::PastedPorts(_)
                | Overlay::Resume(_)
                | Overlay::Unresolved { .. }
                | Overlay::Inspector(_)
                | Overlay::Introduction
                | Overlay::Export(_)
                | Overlay::Plain { .. }
                | Overlay::Library(_),
            )
            | None => {}
        },
        Context::Inspector | Context::Call => model.step_inspector(by),
        Context::Library => model.step_library(by),
        Context::Export => model.step_export(by),
        Context::Plain => model.step_plain(by),
        Context::Text
        | Context::Switch
        | Context::Confirm
        | Context::ConfirmWord
        | Context::Waiting
        | Context::FieldHelp
        | Context::PastedPorts
        | Context::Resume
        | Context::TemplateName
        | Context::Unresolved
        | Context::Introduction => {}
    }
}

fn apply_edit(model: &mut Model, context: Context, edit: Edit) {
    match context {
        Context::Picker => model.filter_picker(model.focus, |filter| edit_at_end(&mut filter.text, edit)),
        Context::Palette => {
            if let Some(Overlay::Palette { typed, cursor }) = &mut model.overlay {
                edit_at_end(typed, edit);
                *cursor = 0;
            }
        }
        Context::PortText | Context::PortNumber => model.edit_port(edit),
        Context::ConfirmWord => model.edit_confirmation(edit),
        Context::SetupList | Context::SetupText => {
            if let Some(setup) = model.setup_mut() {
                setup.edit(edit);
            }
        }
        Context::Text | Context::Stepper => model.edit_text(edit),
        Context::Radio
        | Context::Switch
        | Context::PortNew
        | Context::PortReach
        | Context::Review
        | Context::Confirm
        | Context::Waiting
        | Context::Result
        | Context::Keys
        | Context::FieldHelp
        | Context::PastedPorts
        | Context::Resume
        | Context::Unresolved
        | Context::Request
        | Context::Inspector
        | Context::Call
        | Context::Changes
        | Context::Export
        | Context::Library
        | Context::Plain
        | Context::Introduction => {}
        Context::TemplateName => model.edit_template_name(edit),
    }
}

/// The first line to show, so that at the end the last lines fill the screen.
fn scrolled(top: usize, by: isize, lines: usize, height: u16) -> usize {
    let most = lines.saturating_sub(usize::from(height) / 2);
    top.saturating_add_signed(by).min(most)
}

fn edit_at_end(text: &mut String, edit: Edit) {
    TextCursor::at_end(text).edit(text, edit);
}

fn close(model: &mut Model) {
    if matches!(model.overlay, Some(Overlay::Library(_))) {
        return model.close_library();
    }
    match model.overlay.take() {
        Some(Overlay::Unresolved { then }) => model.overlay = then.map(|then| *then),
        Some(Overlay::Inspector(inspecting)) => model.overlay = inspecting.closed().map(Overlay::Inspector),
        None if matches!(model.page, Page::Confirm(_)) => model.page = Page::Form,
        Some(_) | None => {}
    }
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Page::Result(_) => model.poll_servers().into_iter().chain(model.search_now()).collect(),
        Page::Form if model.step == Step::Review => {
            let lists = crate::catalogue::Resource::ALL.into_iter().map(|resource| model.load(resource)).collect();
            [lists, vec![model.request_identity()]].concat()
        }
        Page::Setup(_) => model.refresh_setup(),
        Page::Form if model.context() == Context::Text && model.focus != FieldId::Subnet => Vec::new(),
        Page::Form => model.refresh_in_view(),
        Page::Confirm(_) | Page::Waiting(_) => Vec::new(),
    }
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let (what, text) = match &model.page {
        Page::Result(result) => match result.shown_ids(model).get(result.cursor) {
            Some((label, value)) => (i18n::t(label), value.clone()),
            None => return Vec::new(),
        },
        Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => match &model.order {
            Some((_, body)) => (i18n::t(phrase!("Request")), body.text().to_owned()),
            None => {
                model.message = Some(tr!("There is no request to copy yet: the form has open problems"));
                return Vec::new();
            }
        },
    };
    model.message = Some(tr!("{what} sent to your terminal's clipboard", what));
    vec![Effect::Copy(text)]
}

pub(super) fn leave(model: &mut Model) -> Vec<Effect> {
    // What was ordered, or may have been, is not offered once more.
    let is_draft = model.has_typed() && !model.is_ordered_already();
    match &mut model.page {
        Page::Waiting(waiting) if !waiting.leaving => {
            waiting.leaving = true;
            Vec::new()
        }
        Page::Waiting(_) => vec![Effect::Quit],
        Page::Result(_) | Page::Form | Page::Confirm(_) | Page::Setup(_) => {
            let mut effects = model.retry_unsaved();
            if is_draft {
                effects.push(Effect::SaveDraft(Box::new(model.saved_draft())));
            }
            effects.push(Effect::Quit);
            effects
        }
    }
}
