//! `update`: one message in, the model changed, effects out. Everything that happens goes through
//! here, in the order in which it happened.

use crate::form::{Control, Edit, Step, TextCursor, field};
use crate::order::FieldId;
use crate::purchase::Outcome;

use super::key::Key;
use super::keymap::{Action, Context, lookup};
use super::model::{Model, Origin, Overlay, Page};
use super::msg::{Effect, Millis, Msg, Target};

/// Works a message off.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Key { key, at } => {
            model.pass_time(at);
            if model.comes_too_early(key, at) {
                return Vec::new();
            }
            model.message = None;
            press(model, key)
        }
        Msg::Paste { text, at } => {
            model.pass_time(at);
            paste(model, &text);
            Vec::new()
        }
        Msg::Click { target, at } => {
            model.pass_time(at);
            click(model, target)
        }
        Msg::Wheel { rows, at } => {
            model.pass_time(at);
            scroll(model, rows.try_into().unwrap_or(0));
            Vec::new()
        }
        Msg::Resize { width, height } => {
            (model.width, model.height) = (width, height);
            Vec::new()
        }
        Msg::Painted { at } => {
            model.pass_time(at);
            model.painted(at);
            Vec::new()
        }
        Msg::Tick { at } => {
            model.pass_time(at);
            model.follow_when_due()
        }
        Msg::Read { resource, ticket, result, stamp } => {
            model.take_list(resource, ticket, result, stamp);
            Vec::new()
        }
        Msg::Purchase { event, at } => {
            model.pass_time(at);
            let mut effects = model.hear_purchase(event);
            if model.ending && !matches!(model.page, Page::Waiting(_)) {
                effects.push(Effect::Leave);
            }
            effects
        }
        Msg::Followed { ticket, result, at } => {
            model.pass_time(at);
            model.take_followed(ticket, result);
            Vec::new()
        }
        Msg::DraftKept { result } => {
            model.message = Some(match result {
                Ok(()) => "Draft kept; it is offered at the next start".into(),
                Err(why) => format!("Draft not kept: {why}"),
            });
            Vec::new()
        }
        Msg::Terminate => terminate(model),
    }
}

/// The first effects: the lists of the first step.
impl Model {
    pub fn start(&mut self) -> Vec<Effect> {
        self.load_near()
    }

    fn pass_time(&mut self, at: Millis) {
        self.now = self.now.max(at);
    }
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let context = model.context();
    if let Some(action) = lookup(context, key) {
        return act(model, context, action);
    }
    if let Some(c) = key.typed() {
        type_char(model, context, c);
    }
    Vec::new()
}

fn type_char(model: &mut Model, context: Context, c: char) {
    match context {
        Context::Picker => model.filter_picker(model.focus, |filter| filter.text.push(c)),
        Context::Text | Context::Stepper => model.edit_text(Edit::Insert(c)),
        Context::PortText => model.edit_port(Edit::Insert(c)),
        Context::PortNew if c != ' ' => model.add_port(&c.to_string()),
        Context::ConfirmName => model.edit_confirmation(Edit::Insert(c)),
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
        | Context::Request => {}
    }
}

fn paste(model: &mut Model, text: &str) {
    match model.context() {
        Context::PortNew | Context::PortText | Context::PortReach => {
            if !model.offer_pasted_ports(text) {
                model.paste(text);
            }
        }
        Context::Picker | Context::Text | Context::Stepper | Context::Radio | Context::Switch => model.paste(text),
        // A paste never confirms anything and never triggers a key.
        Context::Review
        | Context::Confirm
        | Context::ConfirmName
        | Context::Waiting
        | Context::Result
        | Context::Keys
        | Context::FieldHelp
        | Context::Goto
        | Context::PastedPorts
        | Context::Resume
        | Context::Request => model.message = Some("A paste goes into text fields only".into()),
    }
}

fn act(model: &mut Model, context: Context, action: Action) -> Vec<Effect> {
    match action {
        Action::Accept => accept(model, context),
        Action::NextField if model.in_ports() => model.next_port_cell(),
        Action::PreviousField if model.in_ports() => model.previous_port_cell(),
        Action::NextField => model.next_field(),
        Action::PreviousField => model.previous_field(),
        Action::Back => model.back(),
        Action::NextStep => model.step.next().map_or_else(Vec::new, |step| model.go_to_step(step)),
        Action::PreviousStep => model.step.previous().map_or_else(Vec::new, |step| model.go_to_step(step)),
        Action::Goto => just(|| model.open_goto()),
        Action::FieldHelp => just(|| model.overlay = Some(Overlay::FieldHelp(model.focus))),
        Action::Keys => just(|| model.overlay = Some(Overlay::Keys { top: 0 })),
        Action::KeepDraft => vec![Effect::KeepDraft(Box::new(model.kept_draft()))],
        Action::Pane => just(|| model.toggle_request()),
        Action::Copy => copy(model),
        Action::Repaint => vec![Effect::Repaint],
        Action::Suspend => vec![Effect::Suspend],
        Action::Leave => leave(model),
        Action::Up => just(|| step_rows(model, context, -1)),
        Action::Down => just(|| step_rows(model, context, 1)),
        Action::PageUp => just(|| step_rows(model, context, -10)),
        Action::PageDown => just(|| step_rows(model, context, 10)),
        Action::First => just(|| step_rows(model, context, -1_000_000)),
        Action::Last => just(|| step_rows(model, context, 1_000_000)),
        Action::Refresh => refresh(model),
        Action::Unfitting => just(|| {
            model.filter_picker(model.focus, |filter| filter.show_unfitting = !filter.show_unfitting);
        }),
        Action::Toggle if context == Context::PortReach => just(|| model.toggle_port_reach()),
        Action::Toggle => just(|| model.toggle_switch()),
        Action::DeleteRow => just(|| model.delete_port()),
        Action::RowUp => just(|| model.move_port(-1)),
        Action::RowDown => just(|| model.move_port(1)),
        Action::Edit(edit) => just(|| apply_edit(model, context, edit)),
        Action::PlaceOrder => model.place_order(),
        Action::Close => just(|| close(model)),
        Action::NewOrder => new_order(model),
    }
}

fn just(change: impl FnOnce()) -> Vec<Effect> {
    change();
    Vec::new()
}

fn accept(model: &mut Model, context: Context) -> Vec<Effect> {
    match context {
        Context::Review => model.open_review_row(),
        Context::Goto => {
            let Some(Overlay::Goto { typed, cursor }) = model.overlay.take() else { return Vec::new() };
            let choices = Model::goto_choices(&typed);
            match choices.get(cursor).or(choices.first()) {
                Some(step) => model.go_to_step(*step),
                None => Vec::new(),
            }
        }
        Context::PastedPorts => {
            if let Some(Overlay::PastedPorts(rows)) = model.overlay.take() {
                model.take_pasted_ports(rows);
            }
            Vec::new()
        }
        Context::Resume => {
            if let Some(Overlay::Resume(kept)) = model.overlay.take() {
                model.continue_draft(*kept);
            }
            Vec::new()
        }
        Context::Result => leave_result(model),
        Context::Picker
        | Context::Text
        | Context::Stepper
        | Context::Radio
        | Context::Switch
        | Context::PortNew
        | Context::PortText
        | Context::PortReach => model.accept(),
        Context::Confirm
        | Context::ConfirmName
        | Context::Waiting
        | Context::Keys
        | Context::FieldHelp
        | Context::Request => Vec::new(),
    }
}

/// From an outcome back to the form: to the field that was refused, else to Review.
fn leave_result(model: &mut Model) -> Vec<Effect> {
    let Page::Result(result) = &model.page else { return Vec::new() };
    let target = match &result.outcome {
        Outcome::Accepted(_) => return Vec::new(),
        Outcome::Refused(refusal) => {
            crate::purchase::field_of(&refusal.code).filter(|id| field(*id).control.can_focus())
        }
        Outcome::NotSent(_) | Outcome::Unknown(_) => None,
    };
    model.page = Page::Form;
    match target {
        Some(id) => model.jump_to(id, None),
        None => model.go_to_step(Step::Review),
    }
}

/// The same form again, without the name: two orders with one name cannot be told apart.
fn new_order(model: &mut Model) -> Vec<Effect> {
    if !matches!(&model.page, Page::Result(result) if matches!(result.outcome, Outcome::Accepted(_))) {
        return Vec::new();
    }
    model.page = Page::Form;
    model.draft.server_name.clear();
    model.origins.remove(&FieldId::ServerName);
    model.accused.clear();
    model.recheck();
    let mut effects = model.go_to_step(Step::Count);
    model.accused.clear();
    effects.push(model.load(crate::catalogue::Resource::Servers));
    effects
}

fn step_rows(model: &mut Model, context: Context, by: isize) {
    match context {
        Context::Picker => {
            if let Some(picker) = model.pickers.get_mut(&model.focus) {
                picker.step(by);
            }
        }
        Context::Stepper => model.step_number(-i64::try_from(by).unwrap_or(0)),
        Context::Radio => model.step_radio(by),
        Context::PortNew | Context::PortText | Context::PortReach => model.step_port_row(by),
        Context::Review => model.step_review(by),
        Context::Result => {
            if let Page::Result(result) = &mut model.page {
                result.cursor = result.cursor.saturating_add_signed(by).min(result.ids.len().saturating_sub(1));
            }
        }
        Context::Keys | Context::Request | Context::Goto => match &mut model.overlay {
            Some(Overlay::Keys { top } | Overlay::Request { top }) => *top = top.saturating_add_signed(by).min(10_000),
            Some(Overlay::Goto { typed, cursor }) => {
                let last = Model::goto_choices(typed).len().saturating_sub(1);
                *cursor = cursor.saturating_add_signed(by).min(last);
            }
            Some(Overlay::FieldHelp(_) | Overlay::PastedPorts(_) | Overlay::Resume(_)) | None => {}
        },
        Context::Text
        | Context::Switch
        | Context::Confirm
        | Context::ConfirmName
        | Context::Waiting
        | Context::FieldHelp
        | Context::PastedPorts
        | Context::Resume => {}
    }
}

fn scroll(model: &mut Model, rows: isize) {
    let context = model.context();
    if !matches!(context, Context::Stepper | Context::Radio) {
        step_rows(model, context, rows);
    }
}

fn click(model: &mut Model, target: Target) -> Vec<Effect> {
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
        Target::ReviewRow(_) => Vec::new(),
    }
}

fn apply_edit(model: &mut Model, context: Context, edit: Edit) {
    match context {
        Context::Picker => model.filter_picker(model.focus, |filter| edit_at_end(&mut filter.text, edit)),
        Context::Goto => {
            if let Some(Overlay::Goto { typed, cursor }) = &mut model.overlay {
                edit_at_end(typed, edit);
                *cursor = 0;
            }
        }
        Context::PortText => model.edit_port(edit),
        Context::ConfirmName => model.edit_confirmation(edit),
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
        | Context::Request => {}
    }
}

fn edit_at_end(text: &mut String, edit: Edit) {
    TextCursor::at_end(text).edit(text, edit);
}

fn close(model: &mut Model) {
    if model.overlay.take().is_none() && matches!(model.page, Page::Confirm(_)) {
        model.page = Page::Form;
    }
}

fn refresh(model: &mut Model) -> Vec<Effect> {
    match model.page {
        Page::Result(_) => model.follow_now(),
        Page::Form if model.step == Step::Review => {
            crate::catalogue::Resource::ALL.into_iter().map(|resource| model.load(resource)).collect()
        }
        Page::Form => model.refresh_in_view(),
        Page::Confirm(_) | Page::Waiting(_) => Vec::new(),
    }
}

fn copy(model: &mut Model) -> Vec<Effect> {
    let (what, text) = match &model.page {
        Page::Result(result) => match result.ids.get(result.cursor) {
            Some((label, value)) => ((*label).to_owned(), value.clone()),
            None => return Vec::new(),
        },
        Page::Form | Page::Confirm(_) | Page::Waiting(_) => match &model.order {
            Some((_, body)) => ("Request".to_owned(), body.text().to_owned()),
            None => {
                model.message = Some("There is no request to copy yet: the form has open problems".into());
                return Vec::new();
            }
        },
    };
    model.message = Some(format!("{what} sent to your terminal's clipboard"));
    vec![Effect::Copy(text)]
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

fn leave(model: &mut Model) -> Vec<Effect> {
    match &mut model.page {
        Page::Waiting(waiting) if !waiting.leaving => {
            waiting.leaving = true;
            Vec::new()
        }
        Page::Waiting(_) | Page::Result(_) => vec![Effect::Leave],
        Page::Form | Page::Confirm(_) => {
            let has_answers = FieldId::ALL.into_iter().any(|id| model.origin(id) == Origin::Typed);
            if has_answers {
                vec![Effect::KeepDraft(Box::new(model.kept_draft())), Effect::Leave]
            } else {
                vec![Effect::Leave]
            }
        }
    }
}

impl Model {
    fn in_ports(&self) -> bool {
        self.step != Step::Review && matches!(field(self.focus).control, Control::Ports)
    }

    fn toggle_request(&mut self) {
        if self.width >= super::model::WIDE {
            self.pane_toggled = !self.pane_toggled;
        } else {
            self.overlay = Some(Overlay::Request { top: 0 });
        }
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

    /// Takes a kept draft as the form.
    fn continue_draft(&mut self, kept: super::model::KeptDraft) {
        self.draft = kept.draft;
        let answered = FieldId::ALL.into_iter().filter(|id| kept.typed.iter().any(|name| name == id.json_name()));
        self.origins = answered.map(|id| (id, Origin::KeptDraft)).collect();
        self.accused = self.origins.keys().copied().collect();
        self.pickers.values_mut().for_each(|picker| picker.is_stale = true);
        self.fill_defaults();
        self.recheck();
        self.show_choices();
        self.focus_on(self.focus);
        self.message = Some("Your kept draft is back".into());
    }
}
