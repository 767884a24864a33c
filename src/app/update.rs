//! Applies one message to the model and returns the effects to run. Everything that happens goes
//! through here, in the order in which it happened.

use crate::form::Edit;
use crate::i18n::tr;

use crate::app::account::{AccountLabel, ProfileDefaults};
use crate::app::draft::saved::SavedDraft;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::load_error::Millis;
use crate::app::model::{DeferredRequest, Model};
use crate::app::msg::{Effect, Effects, Msg};
use crate::app::overlay_actions::run_action;
use crate::app::overlays::export::written_text;
use crate::app::page::Page;
use crate::app::pages;

/// Applies one message to the model and returns the effects to run.
pub fn update(model: &mut Model, msg: Msg) -> Effects {
    let source = model.change_source(&msg);
    let was_plain = model.is_plain();
    let mut effects = dispatch(model, msg);
    model.open_conflict_panel();
    effects.extend(model.sync_mouse_capture(was_plain));
    model.form.record_change(source);
    model.take_form_notice();
    let is_shown = matches!(model.page, Page::Form | Page::Confirm(_));
    Effects(model.form.autosave(is_shown, effects))
}

#[expect(clippy::too_many_lines, reason = "a table: an arm for each message")]
fn dispatch(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Do { action, at } => {
            model.advance_clock(at);
            // Whoever leaves need not have read the confirmation.
            if action != Action::Quit && model.rejects_early_input(at) {
                return Vec::new();
            }
            model.clear_transient_state();
            run_action(model, action)
        }
        Msg::Typed { text, at } => {
            model.advance_clock(at);
            if model.rejects_early_input(at) {
                return Vec::new();
            }
            model.clear_transient_state();
            type_text(model, &text)
        }
        Msg::UnboundKey { at } => {
            model.advance_clock(at);
            if !model.rejects_early_input(at) {
                model.clear_transient_state();
            }
            model.close_introduction()
        }
        Msg::Paste { text, at } => {
            model.advance_clock(at);
            model.clear_transient_state();
            paste(model, &text);
            Vec::new()
        }
        Msg::Click { target, at } => {
            model.advance_clock(at);
            model.clear_transient_state();
            model.click(target)
        }
        Msg::Scrolled { rows, at } => {
            model.advance_clock(at);
            model.clear_transient_state();
            scroll(model, rows.try_into().unwrap_or(0));
            Vec::new()
        }
        Msg::Resize { width, height } => {
            model.resize(width, height);
            Vec::new()
        }
        Msg::Painted { at } => {
            model.advance_clock(at);
            model.painted(at);
            Vec::new()
        }
        Msg::Tick { at } => {
            model.advance_clock(at);
            model.poll_servers_when_due().into_iter().chain(model.search_when_due()).collect()
        }
        Msg::ListRead { resource, ticket, result, stamp } => {
            model.form.set_list(resource, ticket, result, stamp);
            model.close_confirmation_if_changed();
            Vec::new()
        }
        Msg::ListRetried { resource, ticket, words } => {
            model.form.note_list_retry(resource, ticket, words);
            Vec::new()
        }
        Msg::Purchase { event, at } => {
            model.advance_clock(at);
            let mut effects = model.handle_purchase_event(event);
            if model.is_terminating && !matches!(model.page, Page::Waiting(_)) {
                effects.extend(pages::handle(model, Action::Quit));
            }
            effects
        }
        Msg::ServersPolled { ticket, result, at } => {
            model.advance_clock(at);
            model.set_polled_servers(ticket, result);
            Vec::new()
        }
        Msg::Journal { view, at } => {
            model.advance_clock(at);
            model.set_journal(*view);
            model.resume_pending_start()
        }
        Msg::OrderReconciled { id, reconciled, intents, at } => {
            model.advance_clock(at);
            model.set_reconciled(id, &reconciled, intents)
        }
        Msg::AccountsDetected { survey } => {
            if let Some(setup) = model.setup_mut() {
                setup.set_detected_accounts(survey);
            }
            Vec::new()
        }
        Msg::Projects { ticket, result } => model.in_setup(|setup| setup.set_projects(ticket, result)),
        Msg::AccountOpened { account, saved, defaults } => {
            model.open_account(account, saved.map(|saved| *saved), *defaults)
        }
        Msg::SetupRequired { setup } => model.in_setup(|page| page.show(*setup)),
        Msg::AccountNotOpened { why } => {
            model.show_open_error(why);
            Vec::new()
        }
        Msg::Identified { ticket, result } => {
            if let Some(words) = model.account.set_identity(ticket, result) {
                model.append_message(&words);
            }
            Vec::new()
        }
        Msg::DraftSaved { result } => {
            model.draft_saved(result);
            Vec::new()
        }
        Msg::Terminate => terminate(model),
        Msg::SuspendRequested => vec![Effect::Suspend],
        Msg::Resumed => vec![Effect::Resume],
        Msg::CopyFailed(why) => {
            model.show_copy_error(why);
            Vec::new()
        }
        Msg::CallEnded(call) => {
            model.calls.take(*call);
            Vec::new()
        }
        Msg::LibraryRead { contents, said } => {
            model.set_library(*contents, said.as_deref());
            Vec::new()
        }
        Msg::Start(begin) => model.apply_start(*begin),
        Msg::Exported { result } => {
            model.say(written_text(result));
            Vec::new()
        }
        Msg::DraftNotSaved { saved, why } => {
            model.draft_not_saved(*saved, &why);
            Vec::new()
        }
    }
}

impl Model {
    /// Returns the first effects: those of the setup page if it is open. Otherwise they open the journal, request the
    /// identity, and read the lists of the first step.
    pub fn start(&mut self) -> Effects {
        Effects(self.start_effects())
    }

    fn start_effects(&mut self) -> Vec<Effect> {
        if matches!(self.page, Page::Setup(_)) {
            return self.start_setup();
        }
        // Who orders is asked first: a key that is wrong is found out by one call.
        let mut effects = vec![Effect::OpenJournal, Effect::Identify { ticket: self.account.request_identity() }];
        effects.extend(self.form.load_near());
        effects
    }

    /// Opens the form for an account, as at the start of the program. Nothing that was typed before is lost, and
    /// unsaved drafts, outcomes and calls of this run are kept.
    fn open_account(
        &mut self,
        account: AccountLabel,
        saved: Option<SavedDraft>,
        defaults: ProfileDefaults,
    ) -> Vec<Effect> {
        let fresh = Self::new(account, saved);
        let mut before = std::mem::replace(self, fresh);
        (self.width, self.height) = (before.width, before.height);
        (self.now, self.form.now) = (before.now, before.now);
        self.account.continue_numbering(&before.account);
        self.ticket = before.ticket;
        self.calls = std::mem::take(&mut before.calls);
        (self.keymap, self.mouse_capture) = (before.keymap.clone(), before.mouse_capture);
        self.form.apply_profile_defaults(defaults);
        self.form.continue_numbering(&before.form.autosave);
        self.past_results = std::mem::take(&mut before.past_results);
        self.library.drafts = before.library.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        // Another account for a form that was begun: nothing typed is lost.
        let mut effects = Vec::new();
        if before.form.has_typed() {
            effects = self.form.load_saved_form(before.form.saved_draft());
            // What was chosen by itself came from the lists of the other account.
            self.form.fill_defaults(true);
            self.form.recheck();
            self.form.history = before.form.history;
            self.form.history.forget_defaults();
            self.clear_message();
        }
        [self.start_effects(), effects].concat()
    }

    /// Clears the status line and any deferred request: a new user action supersedes both.
    fn clear_transient_state(&mut self) {
        self.clear_message();
        self.form.refuses_key = false;
        self.deferred = DeferredRequest::Nothing;
        if self.overlay.is_none() && self.page == Page::Form && self.form.context() == Context::Picker {
            self.form.mark_picker_in_use();
        }
    }

    fn advance_clock(&mut self, at: Millis) {
        self.now = self.now.max(at);
        self.form.now = self.now;
    }
}

fn type_text(model: &mut Model, text: &str) -> Vec<Effect> {
    let effects = model.close_introduction();
    if model.context().takes_letters() {
        model.form.type_text(text);
        return effects;
    }
    for letter in text.chars() {
        let edit = Edit::Insert(letter);
        if let Some(overlay) = &mut model.overlay {
            overlay.screen_mut().edit(edit);
            continue;
        }
        pages::type_char(model, letter);
    }
    effects
}

fn paste(model: &mut Model, text: &str) {
    if model.overlay.is_some() {
        model.say(tr!("A paste goes into text fields only"));
        return;
    }
    pages::paste(model, text);
}

fn scroll(model: &mut Model, rows: isize) {
    if let Some(mut overlay) = model.overlay.take() {
        overlay.screen_mut().scroll(rows, &model.surroundings());
        model.overlay = Some(overlay);
        return;
    }
    // The wheel changes no answer.
    if !matches!(model.context(), Context::Stepper | Context::Radio) {
        pages::scroll(model, rows);
    }
}

/// Ends the program. If an order is being sent, its outcome is awaited first.
fn terminate(model: &mut Model) -> Vec<Effect> {
    if matches!(model.page, Page::Waiting(_)) {
        model.is_terminating = true;
        return Vec::new();
    }
    let mut effects = pages::handle(model, Action::Quit);
    if !effects.contains(&Effect::Quit) {
        effects.push(Effect::Quit);
    }
    effects
}
