//! `update`: one message in, the model changed, effects out. Everything that happens goes through
//! here, in the order in which it happened.

use crate::form::{Control, Edit, Step, field};
use crate::order::FieldId;
use crate::words::tr;

use super::account::{AccountLabel, Defaults};
use super::act::{act, leave, step_rows};
use super::kept::KeptDraft;
use super::key::Key;
use super::keymap::Context;
use super::model::{Model, Overlay, Page, Wanted};
use super::msg::{Effect, Millis, Msg, Target};

/// Works a message off.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let turn = model.turn_of(&msg);
    let was_plain = model.is_plain();
    let mut effects = work_off(model, msg);
    effects.extend(model.lend_mouse(was_plain));
    model.remember(turn);
    model.keep_quietly(effects)
}

#[expect(clippy::too_many_lines, reason = "a table: an arm for each message")]
fn work_off(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key { key, at } => {
            model.pass_time(at);
            if model.comes_too_early(key, at) {
                return Vec::new();
            }
            model.turn_to_the_person();
            press(model, key)
        }
        Msg::Typed { text, at } => {
            model.pass_time(at);
            if model.context().takes_letters() {
                model.turn_to_the_person();
                model.type_text(&text);
            }
            Vec::new()
        }
        Msg::Paste { text, at } => {
            model.pass_time(at);
            model.turn_to_the_person();
            paste(model, &text);
            Vec::new()
        }
        Msg::Click { target, at } => {
            model.pass_time(at);
            model.turn_to_the_person();
            click(model, target)
        }
        Msg::Wheel { rows, at } => {
            model.pass_time(at);
            model.turn_to_the_person();
            scroll(model, rows.try_into().unwrap_or(0));
            Vec::new()
        }
        Msg::Resize { width, height } => {
            model.resize(width, height);
            Vec::new()
        }
        Msg::Painted { at } => {
            model.pass_time(at);
            model.painted(at);
            Vec::new()
        }
        Msg::Tick { at } => {
            model.pass_time(at);
            model.follow_when_due().into_iter().chain(model.search_when_due()).collect()
        }
        Msg::Read { resource, ticket, result, stamp } => {
            model.take_list(resource, ticket, result, stamp);
            Vec::new()
        }
        Msg::ReadAgain { resource, ticket, words } => {
            model.hear_of_trouble(resource, ticket, words);
            Vec::new()
        }
        Msg::Purchase { event, at } => {
            model.pass_time(at);
            let mut effects = model.hear_purchase(event);
            if model.ending && !matches!(model.page, Page::Waiting(_)) {
                effects.extend(leave(model));
            }
            effects
        }
        Msg::Followed { ticket, result, at } => {
            model.pass_time(at);
            model.take_followed(ticket, result);
            Vec::new()
        }
        Msg::Journal { view, at } => {
            model.pass_time(at);
            model.take_journal(*view);
            model.begin_from_awaited()
        }
        Msg::Swept { id, swept, intents, at } => {
            model.pass_time(at);
            model.take_swept(id, &swept, intents);
            Vec::new()
        }
        Msg::Surveyed { survey } => {
            model.take_survey(survey);
            Vec::new()
        }
        Msg::Projects { ticket, result } => model.take_projects(ticket, result),
        Msg::Opened { account, kept, defaults } => model.begin(account, kept.map(|kept| *kept), *defaults),
        Msg::Asked { setup } => model.ask(*setup),
        Msg::NotOpened { why } => {
            model.not_opened(why);
            Vec::new()
        }
        Msg::Identified { ticket, result } => {
            model.take_standing(ticket, result);
            Vec::new()
        }
        Msg::DraftKept { result } => model.draft_kept(result),
        Msg::Terminate => terminate(model),
        Msg::StopAsked => vec![Effect::Suspend],
        Msg::Continued => vec![Effect::Resume],
        Msg::NotCopied(why) => model.not_copied(why),
        Msg::Called(call) => {
            model.calls.take(*call);
            Vec::new()
        }
        Msg::Shelved { shelved, said } => model.take_shelved(*shelved, said.as_deref()),
        Msg::Begin(begin) => model.begin_as_told(*begin),
        Msg::Exported { result } => {
            model.export_written(result);
            Vec::new()
        }
        Msg::NotKept { kept, why } => model.not_kept(*kept, &why),
    }
}

/// The first effects: the lists of the first step.
impl Model {
    pub fn start(&mut self) -> Vec<Effect> {
        if matches!(self.page, Page::Setup(_)) {
            return self.start_setup();
        }
        // Who orders is asked first: a key that is wrong is found out by one call.
        let mut effects = vec![Effect::OpenJournal, self.ask_for_standing()];
        effects.extend(self.load_near());
        effects
    }

    /// The form for an account, as at the start of the program.
    fn begin(&mut self, account: AccountLabel, kept: Option<KeptDraft>, defaults: Defaults) -> Vec<Effect> {
        let fresh = Self::new(account, kept);
        let mut before = std::mem::replace(self, fresh);
        (self.width, self.height) = (before.width, before.height);
        (self.now, self.ticket) = (before.now, before.ticket);
        self.calls = std::mem::take(&mut before.calls);
        (self.keymap, self.mouse) = (before.keymap.clone(), before.mouse);
        self.begin_with(defaults);
        self.number_after(&before.keeping);
        self.concluded = std::mem::take(&mut before.concluded);
        self.shelf.drafts = before.shelf.drafts.drain(..).filter(|draft| draft.is_unsaved).collect();
        // Another account for a form that was begun: nothing typed is lost.
        let mut effects = Vec::new();
        if before.has_typed() {
            effects = self.take_over(before.kept_draft());
            // What was chosen by itself came from the lists of the other account.
            self.fill_defaults(true);
            self.recheck();
            self.history = before.history;
            self.history.forget_defaults();
            self.message = None;
        }
        [self.start(), effects].concat()
    }

    /// What is done now replaces what was said and asked for before.
    fn turn_to_the_person(&mut self) {
        self.message = None;
        self.wanted = Wanted::Nothing;
        self.use_picker();
    }

    fn pass_time(&mut self, at: Millis) {
        self.now = self.now.max(at);
    }
}

pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    if let Some(effects) = model.leave_introduction(key) {
        return effects;
    }
    let context = model.context();
    if let Some(action) = model.keymap.lookup(context, key) {
        return act(model, context, action);
    }
    if let Some(c) = key.typed() {
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
        Context::Goto => {
            if let Some(Overlay::Goto { typed, cursor }) = &mut model.overlay {
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
        | Context::Shelf
        | Context::Plain
        | Context::Introduction => {}
        Context::ShelfName => model.edit_template_name(Edit::Insert(c)),
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
        | Context::Goto
        | Context::PastedPorts
        | Context::Resume
        | Context::Unresolved
        | Context::Request
        | Context::Inspector
        | Context::Call
        | Context::Changes
        | Context::Export
        | Context::Shelf
        | Context::ShelfName
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

fn click(model: &mut Model, target: Target) -> Vec<Effect> {
    if let Target::RequestLine(line) = target {
        return model.click_request(line);
    }
    if let Some(effects) = model.click_anew(target) {
        return effects;
    }
    if model.page != Page::Form || model.overlay.is_some() {
        return Vec::new();
    }
    match target {
        Target::Step(step) => model.go_to_step(step),
        Target::Field(id) | Target::Row(id, _) if field(id).step != model.step => Vec::new(),
        Target::Field(id) => {
            model.leave_field();
            model.focus_on(id);
            Vec::new()
        }
        Target::Row(id, row) => {
            if model.focus != id {
                model.leave_field();
                model.focus_on(id);
            }
            model.point_at_row(id, row);
            Vec::new()
        }
        Target::ReviewRow(row) if model.step == Step::Review => {
            model.review_cursor = 0;
            model.step_review(row.try_into().unwrap_or(0));
            Vec::new()
        }
        Target::ReviewRow(_) | Target::RequestLine(_) | Target::PortCell(..) | Target::Cover => Vec::new(),
    }
}

/// An order on its way is seen through to its answer before the program ends.
fn terminate(model: &mut Model) -> Vec<Effect> {
    if matches!(model.page, Page::Waiting(_)) {
        model.ending = true;
        return Vec::new();
    }
    let mut effects = leave(model);
    if !effects.contains(&Effect::Leave) {
        effects.push(Effect::Leave);
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
