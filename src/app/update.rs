//! Applies one message to the model and returns the effects to run. Everything that happens goes
//! through here, in the order in which it happened.

use crate::form::{Control, Edit, Step, field};
use crate::i18n::tr;
use crate::order::FieldId;

use crate::app::account::{AccountLabel, ProfileDefaults};
use crate::app::actions::{leave, run_action, step_rows};
use crate::app::draft::saved::SavedDraft;
use crate::app::keys::context::Context;
use crate::app::keys::key::Key;
use crate::app::model::{DeferredRequest, Model, Overlay, Page};
use crate::app::msg::{ClickTarget, Effect, Millis, Msg};

/// Applies one message to the model and returns the effects to run.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let turn = model.change_source(&msg);
    let was_plain = model.is_plain();
    let mut effects = dispatch(model, msg);
    model.open_conflict_panel();
    effects.extend(model.sync_mouse_capture(was_plain));
    model.record_change(turn);
    model.autosave(effects)
}

#[expect(clippy::too_many_lines, reason = "a table: an arm for each message")]
fn dispatch(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key { key, at } => {
            model.advance_clock(at);
            if model.rejects_early_key(key, at) {
                return Vec::new();
            }
            model.clear_transient_state();
            handle_key(model, key)
        }
        Msg::Typed { text, at } => {
            model.advance_clock(at);
            if model.context().takes_letters() {
                model.clear_transient_state();
                model.type_text(&text);
            }
            Vec::new()
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
            click(model, target)
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
            model.set_list(resource, ticket, result, stamp);
            Vec::new()
        }
        Msg::ListRetried { resource, ticket, words } => {
            model.note_list_retry(resource, ticket, words);
            Vec::new()
        }
        Msg::Purchase { event, at } => {
            model.advance_clock(at);
            let mut effects = model.handle_purchase_event(event);
            if model.is_terminating && !matches!(model.page, Page::Waiting(_)) {
                effects.extend(leave(model));
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
            model.set_detected_accounts(survey);
            Vec::new()
        }
        Msg::Projects { ticket, result } => model.set_projects(ticket, result),
        Msg::AccountOpened { account, saved, defaults } => {
            model.open_account(account, saved.map(|saved| *saved), *defaults)
        }
        Msg::SetupRequired { setup } => model.show_setup(*setup),
        Msg::AccountNotOpened { why } => {
            model.show_open_error(why);
            Vec::new()
        }
        Msg::Identified { ticket, result } => {
            model.set_identity(ticket, result);
            Vec::new()
        }
        Msg::DraftSaved { result } => model.draft_saved(result),
        Msg::Terminate => terminate(model),
        Msg::SuspendRequested => vec![Effect::Suspend],
        Msg::Resumed => vec![Effect::Resume],
        Msg::CopyFailed(why) => model.show_copy_error(why),
        Msg::CallEnded(call) => {
            model.calls.take(*call);
            Vec::new()
        }
        Msg::LibraryRead { contents, said } => model.set_library(*contents, said.as_deref()),
        Msg::Start(begin) => model.apply_start(*begin),
        Msg::Exported { result } => {
            model.export_written(result);
            Vec::new()
        }
        Msg::DraftNotSaved { saved, why } => model.draft_not_saved(*saved, &why),
    }
}

/// The first effects: the lists of the first step.
impl Model {
    pub fn start(&mut self) -> Vec<Effect> {
        if matches!(self.page, Page::Setup(_)) {
            return self.start_setup();
        }
        // Who orders is asked first: a key that is wrong is found out by one call.
        let mut effects = vec![Effect::OpenJournal, self.request_identity()];
        effects.extend(self.load_near());
        effects
    }

    /// The form for an account, as at the start of the program.
    fn open_account(
        &mut self,
        account: AccountLabel,
        saved: Option<SavedDraft>,
        defaults: ProfileDefaults,
    ) -> Vec<Effect> {
        let fresh = Self::new(account, saved);
        let mut before = std::mem::replace(self, fresh);
        (self.width, self.height) = (before.width, before.height);
        (self.now, self.ticket) = (before.now, before.ticket);
        self.calls = std::mem::take(&mut before.calls);
        (self.keymap, self.mouse_capture) = (before.keymap.clone(), before.mouse_capture);
        self.apply_profile_defaults(defaults);
        self.continue_numbering(&before.autosave);
        self.past_results = std::mem::take(&mut before.past_results);
        self.library.drafts = before.library.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        // Another account for a form that was begun: nothing typed is lost.
        let mut effects = Vec::new();
        if before.has_typed() {
            effects = self.load_saved_form(before.saved_draft());
            // What was chosen by itself came from the lists of the other account.
            self.fill_defaults(true);
            self.recheck();
            self.history = before.history;
            self.history.forget_defaults();
            self.message = None;
        }
        [self.start(), effects].concat()
    }

    /// Clears the status line and any deferred request: a new user action supersedes both.
    fn clear_transient_state(&mut self) {
        self.message = None;
        self.deferred = DeferredRequest::Nothing;
        self.mark_picker_in_use();
    }

    fn advance_clock(&mut self, at: Millis) {
        self.now = self.now.max(at);
    }
}

pub(super) fn handle_key(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(effects) = model.leave_introduction(key) {
        return effects;
    }
    let context = model.context();
    if let Some(action) = model.keymap.lookup(context, key) {
        return run_action(model, context, action);
    }
    if let Some(c) = key.as_char() {
        type_char(model, context, c);
    }
    Vec::new()
}

fn type_char(model: &mut Model, context: Context, c: char) {
    match context {
        Context::Picker | Context::Text | Context::Stepper => model.type_text(c.encode_utf8(&mut [0; 4])),
        Context::PortText | Context::PortNumber => model.edit_port(Edit::Insert(c)),
        Context::PortNew if c != ' ' => model.add_port(&c.to_string()),
        Context::ConfirmWord => model.edit_confirmation(Edit::Insert(c)),
        Context::SetupList | Context::SetupText => {
            if let Some(setup) = model.setup_mut() {
                setup.edit(Edit::Insert(c));
            }
        }
        Context::Palette => {
            if let Some(Overlay::Palette { typed, cursor }) = &mut model.overlay {
                typed.push(c);
                *cursor = 0;
            }
        }
        Context::PortNew
        | Context::Radio
        | Context::Switch
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
        Context::TemplateName => model.edit_template_name(Edit::Insert(c)),
    }
}

fn paste(model: &mut Model, text: &str) {
    match model.context() {
        Context::PortNew | Context::PortText | Context::PortReach | Context::PortNumber => {
            if !model.offer_pasted_ports(text) {
                model.paste(text);
            }
        }
        Context::Picker | Context::Text | Context::Stepper | Context::Radio | Context::Switch => model.paste(text),
        Context::SetupList | Context::SetupText => {
            if let Some(setup) = model.setup_mut() {
                setup.paste(text);
            }
        }
        // A paste never confirms anything and never triggers a key.
        Context::Review | Context::Confirm | Context::ConfirmWord => {
            model.message = Some(tr!("A paste does not confirm: the keys have to be typed"));
        }
        Context::Waiting
        | Context::Result
        | Context::Keys
        | Context::FieldHelp
        | Context::Palette
        | Context::PastedPorts
        | Context::Resume
        | Context::Unresolved
        | Context::Request
        | Context::Inspector
        | Context::Call
        | Context::Changes
        | Context::Export
        | Context::Library
        | Context::TemplateName
        | Context::Plain
        | Context::Introduction => model.message = Some(tr!("A paste goes into text fields only")),
    }
}

fn scroll(model: &mut Model, rows: isize) {
    let context = model.context();
    if !matches!(context, Context::Stepper | Context::Radio) {
        step_rows(model, context, rows);
    }
}

fn click(model: &mut Model, target: ClickTarget) -> Vec<Effect> {
    if let ClickTarget::RequestLine(line) = target {
        return model.click_request(line);
    }
    if let Some(effects) = model.click_again(target) {
        return effects;
    }
    if model.page != Page::Form || model.overlay.is_some() {
        return Vec::new();
    }
    match target {
        ClickTarget::Step(step) => model.go_to_step(step),
        ClickTarget::Field(id) | ClickTarget::Row(id, _) if field(id).step != model.step => Vec::new(),
        ClickTarget::Field(id) => {
            model.leave_field();
            model.focus_on(id);
            Vec::new()
        }
        ClickTarget::Row(id, row) => {
            if model.focus != id {
                model.leave_field();
                model.focus_on(id);
            }
            model.point_at_row(id, row);
            Vec::new()
        }
        ClickTarget::ReviewRow(row) if model.step == Step::Review => {
            model.review_cursor = 0;
            model.step_review(row.try_into().unwrap_or(0));
            Vec::new()
        }
        ClickTarget::ReviewRow(_) | ClickTarget::RequestLine(_) | ClickTarget::PortCell(..) | ClickTarget::Overlay => {
            Vec::new()
        }
    }
}

/// An order on its way is seen through to its answer before the program ends.
fn terminate(model: &mut Model) -> Vec<Effect> {
    if matches!(model.page, Page::Waiting(_)) {
        model.is_terminating = true;
        return Vec::new();
    }
    let mut effects = leave(model);
    if !effects.contains(&Effect::Quit) {
        effects.push(Effect::Quit);
    }
    effects
}

impl Model {
    pub(super) fn in_ports(&self) -> bool {
        self.step != Step::Review && matches!(field(self.focus).control, Control::Ports)
    }

    fn point_at_row(&mut self, id: FieldId, row: usize) {
        match field(id).control {
            Control::Picker { .. } => {
                if let Some(picker) = self.pickers.get_mut(&id) {
                    picker.cursor = row;
                    picker.step(0);
                }
            }
            Control::Radio { choose, options, .. } if row < options.len() => {
                choose(&mut self.draft, row);
                self.answered(id);
            }
            Control::Ports => self.focus_port(row, crate::order::PortColumn::Name),
            Control::Radio { .. }
            | Control::Text { .. }
            | Control::Stepper { .. }
            | Control::Switch { .. }
            | Control::Fixed { .. } => {}
        }
    }
}
