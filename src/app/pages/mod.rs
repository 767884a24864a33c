//! The pages. Each has a file with its context, its actions, typing, pasting and scrolling; this one finds the open page
//! and says what is the same on all of them.

mod confirm;
mod form;
mod result;
mod setup;
mod waiting;

use crate::form::Edit;
use crate::i18n::tr;

use crate::app::form::state::Form;
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
use crate::app::overlays::screen::Surroundings;
use crate::app::page::Page;

/// Returns the context in which keys are looked up on a page, regardless of any overlay.
pub(in crate::app) fn context(page: &Page, form: &Form) -> Context {
    match page {
        Page::Form => form.context(),
        Page::Confirm(confirm) => confirm.context(),
        Page::Waiting(_) => Context::Waiting,
        Page::Result(_) => Context::Result,
        Page::Setup(setup) => setup.context(),
    }
}

/// Returns whether an action has an effect on the page.
pub(in crate::app) fn is_enabled(action: Action, around: &Surroundings<'_>) -> bool {
    let of_page = match around.page {
        Page::Form => form::is_enabled(around.form, action),
        Page::Confirm(confirm) => confirm::is_enabled(confirm, action, around),
        Page::Waiting(_) => None,
        Page::Result(result) => result::is_enabled(result, action, around),
        Page::Setup(setup) => setup::is_enabled(setup, action),
    };
    of_page.unwrap_or_else(|| match action {
        Action::Export => around.form.order.is_some(),
        Action::Undo => around.form.history.can_undo(),
        Action::Redo => around.form.history.can_redo(),
        Action::PlaceOrder | Action::Refresh | Action::NewOrder | Action::ShowIncompatible | Action::Sort => false,
        Action::Accept
        | Action::Back
        | Action::NextStep
        | Action::Copy
        | Action::Up
        | Action::Down
        | Action::NextField
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
    })
}

/// Runs an action on the page, even if an overlay is open.
pub(in crate::app) fn handle(model: &mut Model, action: Action) -> Vec<Effect> {
    let of_page = match &model.page {
        Page::Form => form::handle(model, action),
        Page::Confirm(_) => confirm::handle(model, action),
        Page::Waiting(_) => waiting::handle(model, action),
        Page::Result(_) => result::handle(model, action),
        Page::Setup(_) => setup::handle(model, action),
    };
    of_page.unwrap_or_else(|| handle_everywhere(model, action))
}

/// Runs an action that is the same on every page. The actions of one page and of overlays have no effect on others.
fn handle_everywhere(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Palette => {
            let cursor = model.form.step.index();
            model.open(Overlay::Palette(PaletteView { typed: String::new(), cursor }))
        }
        Action::FieldHelp => model.open(Overlay::FieldHelp(FieldHelp(model.form.focus))),
        Action::Keys => model.open(Overlay::Keys(KeysView::default())),
        Action::Inspector => model.open(Overlay::Inspector(InspectorView::newest(&model.calls))),
        Action::Changelog => model.open(Overlay::Changelog(ChangelogView::default())),
        Action::Introduction => model.open(Overlay::Introduction(Introduction)),
        Action::PlainText => model.open(Overlay::PlainText(PlainTextView::default())),
        Action::RequestPane => model.open(Overlay::Request(RequestView::on_highlighted(&model.form))),
        Action::Library => {
            let opened = model.open(Overlay::Library(LibraryPage::default()));
            [opened, vec![Effect::ReadLibrary]].concat()
        }
        Action::Export if model.form.order.is_none() => {
            model.say(tr!("There is nothing to export yet: the form has open problems"));
            Vec::new()
        }
        Action::Export => model.open(Overlay::Export(ExportView::default())),
        Action::Copy => copy_request(model),
        Action::SaveDraft => vec![Effect::SaveDraft(Box::new(model.form.saved_draft()))],
        Action::Undo => model.form.undo(),
        Action::Redo => model.form.redo(),
        Action::ChooseAccount => model.open_account_setup(),
        Action::MouseCapture => model.toggle_mouse_capture(),
        Action::Redraw => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Quit => quit(model),
        Action::Accept
        | Action::Back
        | Action::Close
        | Action::NextField
        | Action::PreviousField
        | Action::NextStep
        | Action::PreviousStep
        | Action::Up
        | Action::Down
        | Action::PageUp
        | Action::PageDown
        | Action::First
        | Action::Last
        | Action::Edit(_)
        | Action::Toggle
        | Action::Refresh
        | Action::ShowIncompatible
        | Action::Sort
        | Action::DeleteRow
        | Action::MoveRowUp
        | Action::MoveRowDown
        | Action::NextFreePort
        | Action::PreviousFreePort
        | Action::PlaceOrder
        | Action::NewOrder
        | Action::CopyCall
        | Action::SaveTemplate
        | Action::Remove
        | Action::NextFormat
        | Action::PreviousFormat
        | Action::CopyExport
        | Action::WriteExport => Vec::new(),
    }
}

/// Types one letter into the focused text of the page. Pages without a text ignore it.
pub(in crate::app) fn type_char(model: &mut Model, letter: char) {
    match &mut model.page {
        Page::Form => model.form.type_char(letter),
        Page::Confirm(confirm) => confirm.edit(Edit::Insert(letter)),
        Page::Setup(setup) => setup.edit(Edit::Insert(letter)),
        Page::Waiting(_) | Page::Result(_) => {}
    }
}

/// Pastes a text into the page. A paste never confirms anything and never triggers a key.
pub(in crate::app) fn paste(model: &mut Model, text: &str) {
    match &mut model.page {
        Page::Form => form::paste(model, text),
        Page::Confirm(_) => model.say(tr!("A paste does not confirm: the keys have to be typed")),
        Page::Setup(setup) => setup.paste(text),
        Page::Waiting(_) | Page::Result(_) => model.say(tr!("A paste goes into text fields only")),
    }
}

/// Moves the cursor of the page by `by` rows; negative is up.
pub(in crate::app) fn scroll(model: &mut Model, by: isize) {
    match &mut model.page {
        Page::Form => model.form.step_rows(by),
        Page::Result(_) => model.step_result(by),
        Page::Setup(setup) => setup.step(by),
        Page::Confirm(_) => model.scroll_sheet(by),
        Page::Waiting(_) => {}
    }
}

impl Model {
    /// Returns the context in which keys are looked up: that of the open overlay, or else of the page.
    #[must_use]
    pub fn context(&self) -> Context {
        match &self.overlay {
            Some(overlay) => overlay.screen().context(),
            None => self.page_context(),
        }
    }

    /// Returns the context in which keys are looked up on the page below any overlay.
    pub(in crate::app) fn page_context(&self) -> Context {
        context(&self.page, &self.form)
    }

    /// Returns the parts of the model that an overlay can read.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'_> {
        let Self { page, form, account, journal, library, calls, keymap, width, height, now, .. } = self;
        Surroundings {
            page,
            page_context: self.page_context(),
            is_enabled_on_page: is_enabled,
            form,
            account,
            journal,
            library,
            calls,
            keymap,
            width: *width,
            height: *height,
            now: *now,
            can_search: self.can_search_now(),
        }
    }
}

/// Ends the program, and keeps the form as a draft unless it was ordered or may have been.
fn quit(model: &mut Model) -> Vec<Effect> {
    let is_draft = model.form.has_typed() && !model.is_ordered_already();
    let mut effects = model.retry_unsaved();
    if is_draft {
        effects.push(Effect::SaveDraft(Box::new(model.form.saved_draft())));
    }
    effects.push(Effect::Quit);
    effects
}

fn copy_request(model: &mut Model) -> Vec<Effect> {
    let Some((_, body)) = &model.form.order else {
        model.say(tr!("There is no request to copy yet: the form has open problems"));
        return Vec::new();
    };
    let text = body.text().to_owned();
    model.say_sent_to_clipboard(crate::i18n::t(crate::i18n::phrase!("Request")));
    vec![Effect::Copy(text)]
}

impl Model {
    /// Reports that a text was sent to the clipboard.
    fn say_sent_to_clipboard(&mut self, what: &str) {
        self.say(tr!("{what} sent to your terminal's clipboard", what));
    }
}
