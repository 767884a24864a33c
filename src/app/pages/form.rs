//! The form page: its actions, and pasting. The state is [`Form`].

use crate::catalogue::Resource;
use crate::form::{Step, parse_ports, resource_of};
use crate::i18n::tr;
use crate::order::FieldId;

use crate::app::form::state::Form;
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlays::Overlay;
use crate::app::overlays::pasted_ports::PastedPorts;

/// Rows that a large step in a port number moves by.
const PORT_PAGE: i64 = 100;

/// Returns whether an action of the form has an effect; `None` if it is not an action of the form.
pub(super) fn is_enabled(form: &Form, action: Action) -> Option<bool> {
    let picker = form.pickers.get(&form.focus);
    Some(match action {
        Action::ShowIncompatible => {
            let has_misfits = matches!(form.focus, FieldId::PhoneFlavor | FieldId::Image);
            has_misfits && picker.is_some_and(|picker| picker.list.hidden > 0 || picker.filter.show_incompatible)
        }
        Action::Refresh if form.context() == Context::Text => form.focus == FieldId::Subnet,
        Action::Refresh => resource_of(form.focus)
            .is_some_and(|resource| form.lists.get(&resource).is_some_and(|state| state.loading_since().is_none())),
        Action::PlaceOrder => form.step == Step::Review,
        Action::NextStep => form.step.next().is_some(),
        Action::Back => {
            let is_filtered = picker.is_some_and(|picker| !picker.filter.text.is_empty());
            form.step.previous().is_some() || form.return_to_review || is_filtered
        }
        Action::Sort => picker.is_some_and(|picker| picker.list.listed > 1),
        _ => return None,
    })
}

/// Runs an action of the form; `None` if it is not an action of the form.
pub(super) fn handle(model: &mut Model, action: Action) -> Option<Vec<Effect>> {
    let form = &mut model.form;
    let context = form.context();
    match action {
        Action::Accept if form.step == Step::Review => return Some(model.open_review_row()),
        Action::Accept => return Some(form.accept()),
        Action::NextField if form.in_ports() => return Some(form.next_port_cell()),
        Action::PreviousField if form.in_ports() => return Some(form.previous_port_cell()),
        Action::NextField => return Some(form.next_field()),
        Action::PreviousField => return Some(form.previous_field()),
        Action::Back => {
            let quit_key = model.keymap.key_of(Action::Quit);
            return Some(form.back(&quit_key));
        }
        Action::NextStep => return Some(form.step.next().map_or_else(Vec::new, |step| form.go_to_step(step))),
        Action::PreviousStep => return Some(form.step.previous().map_or_else(Vec::new, |step| form.go_to_step(step))),
        Action::Refresh => return Some(refresh(model)),
        Action::PlaceOrder => return Some(model.place_order()),
        Action::PageUp if context == Context::PortNumber => form.step_port_number(PORT_PAGE),
        Action::PageDown if context == Context::PortNumber => form.step_port_number(-PORT_PAGE),
        Action::NextFreePort => form.step_port_number(1),
        Action::PreviousFreePort => form.step_port_number(-1),
        Action::ShowIncompatible => {
            form.filter_picker(form.focus, |filter| filter.show_incompatible = !filter.show_incompatible);
        }
        Action::Sort => form.sort_picker(),
        Action::Toggle => form.toggle_port_reach(),
        Action::DeleteRow => form.delete_port(),
        Action::MoveRowUp => form.move_port(-1),
        Action::MoveRowDown => form.move_port(1),
        Action::Edit(edit) => form.apply_edit(edit),
        _ => form.step_rows(action.rows()?),
    }
    Some(Vec::new())
}

/// Reads the lists in view again, on Review all of them.
fn refresh(model: &mut Model) -> Vec<Effect> {
    let form = &mut model.form;
    if form.step == Step::Review {
        let lists = Resource::ALL.into_iter().map(|resource| form.load(resource)).collect();
        return [lists, vec![Effect::Identify { ticket: model.account.request_identity() }]].concat();
    }
    if form.context() == Context::Text && form.focus != FieldId::Subnet {
        return Vec::new();
    }
    form.refresh_in_view()
}

/// Pastes a text into the focused field. Rows of ports are shown before they are taken.
pub(super) fn paste(model: &mut Model, text: &str) {
    if model.form.step == Step::Review {
        model.say(tr!("A paste does not confirm: the keys have to be typed"));
        return;
    }
    let ports = if model.form.in_ports() { parse_ports(text, &model.form.draft.ports) } else { None };
    match ports {
        Some(rows) => model.overlay = Some(Overlay::PastedPorts(PastedPorts(rows))),
        None => model.form.paste(text),
    }
}
